package import Records

/// An order as the ledger keeps it.
package struct HeldOrder: Hashable, Sendable {
  package let id: Int64
  package let account: String
  package let store: String
  /// D-Store's id of it.
  package let requestOrderId: String
  /// The channel's own id of it.
  package let channelOrderId: String?
  /// Our id of it.
  package let posOrderId: String
  /// The number that the POS calls out, once the POS has said it.
  package let shortOrderNumber: String?
  package let status: String
  package let flags: [OrderFlag]
  /// As it arrived; nothing once it was purged.
  package let body: [UInt8]?
  /// In milliseconds since 1970.
  package let receivedAt: Int64
  /// In milliseconds since 1970.
  package let purgedAt: Int64?
}
