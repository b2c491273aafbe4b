package import LedgerStore
package import Records

/// What the ledger knows of an order when a status file speaks of it.
package struct KnownOrder: Hashable, Sendable {
  /// A status that it has had.
  package struct Past: Hashable, Sendable {
    package var status: String
    /// When the POS says that it was set, in milliseconds since 1970.
    package var changedAt: Int64?

    package init(_ status: String, changedAt: Int64? = nil) {
      self.status = status
      self.changedAt = changedAt
    }
  }

  /// What it had until now, whoever set it, and what is queued for it, in their order; never empty.
  package var statuses: [Past]
  /// What was sent or is queued last for a field, by its name: exact JSON.
  package var values: [String: String]
  /// What the buyer paid; nothing where nobody knows it any more.
  package var total: Amount?
  /// What was refunded or is queued as refund, in the smallest unit of ``total``.
  package var refunded: Int64
  /// The lines that were seen, and how often in one file: ``OrderChange/content``.
  package var seen: [String: Int]
  /// Those of them that were refused.
  package var refused: [String: OrderStanding.RefusedLine]
  /// The refunds that lines have said, held ones too, refused ones not.
  package var refundsSaid: Set<Amount>
  /// In milliseconds since 1970.
  package var receivedAt: Int64
  /// Whether refunds of it may have been sent of which the ledger knows nothing, because it was
  /// copied back from a backup since.
  package var mayHaveGap: Bool

  package init(
    statuses: [Past], values: [String: String] = [:], total: Amount?, refunded: Int64 = 0,
    seen: [String: Int] = [:], refused: [String: OrderStanding.RefusedLine] = [:],
    refundsSaid: Set<Amount> = [], receivedAt: Int64, mayHaveGap: Bool = false
  ) {
    self.statuses = statuses
    self.values = values
    self.total = total
    self.refunded = refunded
    self.seen = seen
    self.refused = refused
    self.refundsSaid = refundsSaid
    self.receivedAt = receivedAt
    self.mayHaveGap = mayHaveGap
  }
}
