package import Records

/// A notifyOrderChange that is to be queued for an order.
package struct NotificationDraft: Hashable, Sendable {
  /// Every repeat carries the same one.
  package var requestId: String
  /// Every repeat sends the same bytes.
  package var body: [UInt8]
  /// What it says, without requestId and requestOrderId.
  package var fields: [OrderChange.Field]
  package var orderStatus: String?
  package var refund: Amount?
  /// The POS left this step of the journey out.
  package var isFilledIn: Bool
  package var shortOrderNumber: String?
  /// When the POS says that it happened, in milliseconds since 1970.
  package var changedAt: Int64?

  package init(
    requestId: String, body: [UInt8], fields: [OrderChange.Field], orderStatus: String? = nil,
    refund: Amount? = nil, isFilledIn: Bool = false, shortOrderNumber: String? = nil,
    changedAt: Int64? = nil
  ) {
    self.requestId = requestId
    self.body = body
    self.fields = fields
    self.orderStatus = orderStatus
    self.refund = refund
    self.isFilledIn = isFilledIn
    self.shortOrderNumber = shortOrderNumber
    self.changedAt = changedAt
  }
}
