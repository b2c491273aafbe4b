/// A pushOrderChange whose signature was checked, read as far as the program needs it.
package struct ReceivedChange: Hashable, Sendable {
  /// The same one gets the same result.
  package var requestId: String
  package var requestOrderId: String
  /// The status that the channel gives the order; nothing where the change is about something else.
  package var orderStatus: String?
  /// The body exactly as it arrived.
  package var body: [UInt8]
  /// SHA-256 in hex of the body's JSON, white space and the order of keys aside.
  package var digest: String
  package var flags: [OrderFlag]
  /// In milliseconds since 1970.
  package var receivedAt: Int64

  package init(
    requestId: String, requestOrderId: String, orderStatus: String? = nil, body: [UInt8],
    digest: String, flags: [OrderFlag] = [], receivedAt: Int64
  ) {
    self.requestId = requestId
    self.requestOrderId = requestOrderId
    self.orderStatus = orderStatus
    self.body = body
    self.digest = digest
    self.flags = flags
    self.receivedAt = receivedAt
  }
}
