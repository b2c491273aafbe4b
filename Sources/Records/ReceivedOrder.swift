/// A createOrder whose signature was checked, read as far as the program needs it.
package struct ReceivedOrder: Hashable, Sendable {
  /// D-Store's id of the order: the same one gets the same result.
  package var requestOrderId: String
  package var account: String
  package var store: String
  package var channelOrderId: String?
  /// The body exactly as it arrived.
  package var body: [UInt8]
  /// SHA-256 in hex of the body's JSON, white space and the order of keys aside.
  package var digest: String
  package var flags: [OrderFlag]
  /// In milliseconds since 1970.
  package var receivedAt: Int64

  package init(
    requestOrderId: String, account: String, store: String, channelOrderId: String? = nil,
    body: [UInt8], digest: String, flags: [OrderFlag] = [], receivedAt: Int64
  ) {
    self.requestOrderId = requestOrderId
    self.account = account
    self.store = store
    self.channelOrderId = channelOrderId
    self.body = body
    self.digest = digest
    self.flags = flags
    self.receivedAt = receivedAt
  }
}
