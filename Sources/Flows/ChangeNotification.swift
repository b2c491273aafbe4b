package import Records

/// One notifyOrderChange that is to be queued.
package struct ChangeNotification: Hashable, Sendable {
  /// Without requestId and requestOrderId; never empty.
  package var fields: [OrderChange.Field]
  package var orderStatus: String?
  package var refund: Amount?
  /// The POS left this step of the journey out.
  package var isFilledIn: Bool

  package init(
    fields: [OrderChange.Field], orderStatus: String? = nil, refund: Amount? = nil,
    isFilledIn: Bool = false
  ) {
    self.fields = fields
    self.orderStatus = orderStatus
    self.refund = refund
    self.isFilledIn = isFilledIn
  }
}
