package import Records

/// What the ledger knows of an order when a status file speaks of it.
package struct OrderStanding: Hashable, Sendable {
  /// A line that was refused, and that a person has not seen to.
  package struct RefusedLine: Hashable, Sendable {
    /// The row of its change.
    package let change: Int64
    /// Why.
    package let message: String

    package init(change: Int64, message: String) {
      self.change = change
      self.message = message
    }
  }

  /// A notification that was queued.
  package struct Told: Hashable, Sendable {
    package let requestId: String
    package let body: [UInt8]

    package init(requestId: String, body: [UInt8]) {
      self.requestId = requestId
      self.body = body
    }
  }

  package let order: HeldOrder
  /// Of its last step; another one means that somebody has moved the order since.
  package let version: Int64
  /// What it had until now, whoever set it, and what is queued for it, in their order.
  package let steps: [OrderStep]
  /// What was queued last for a field of it, by the field's name: exact JSON.
  package let values: [String: String]
  /// What is queued as refund or was accepted as one, in the smallest unit of the currency.
  package let refunded: Int64
  /// The lines that were seen, and how often in one file, by ``Records/OrderChange/content``.
  package let seen: [String: Int]
  /// Those of them that were refused.
  package let refused: [String: RefusedLine]
  /// All of its notifications, oldest first.
  package let told: [Told]
  /// Whether refunds of it may have been sent of which the ledger knows nothing, because it was
  /// copied back from a backup since.
  package let mayHaveGap: Bool
  /// The refunds that lines have said, held ones too, refused ones not.
  package let refundsSaid: [Amount]
}
