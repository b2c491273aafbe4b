package import Records

/// A change of an order as the ledger keeps it.
package struct HeldChange: Hashable, Sendable {
  package let id: Int64
  package let requestId: String
  /// The status that it gives the order, whether or not the order's journey allowed it; nothing
  /// where it is about something else.
  package let orderStatus: String?
  package let flags: [OrderFlag]
  /// As it arrived; nothing once it was purged.
  package let body: [UInt8]?
  /// In milliseconds since 1970.
  package let receivedAt: Int64
}
