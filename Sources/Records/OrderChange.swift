/// A change of an order, as one line of a POS's status file says it.
package struct OrderChange: Hashable, Sendable {
  /// A field of notifyOrderChange.
  package struct Field: Hashable, Sendable {
    /// Its name on the wire.
    package var name: String
    /// The contract's word for what it is, where it has one.
    package var role: String?
    /// Exact JSON text.
    package var json: String

    package init(name: String, role: String? = nil, json: String) {
      self.name = name
      self.role = role
      self.json = json
    }
  }

  /// The order's id as the POS knows it.
  package var order: String
  package var matchBy: MatchBy
  /// What is filled, in the contract's order, without requestId and requestOrderId; never empty.
  package var fields: [Field]
  /// The status that the order is to have; it stands among ``fields`` too.
  package var orderStatus: String?
  /// The refund as the POS counts it; it stands among ``fields`` too.
  package var refund: Amount?
  /// In milliseconds since 1970; nothing where the file does not say it.
  package var changedAt: Int64?
  /// File, line and record.
  package var place: Place

  package init(
    order: String, matchBy: MatchBy, fields: [Field], orderStatus: String? = nil,
    refund: Amount? = nil, changedAt: Int64? = nil, place: Place = Place()
  ) {
    self.order = order
    self.matchBy = matchBy
    self.fields = fields
    self.orderStatus = orderStatus
    self.refund = refund
    self.changedAt = changedAt
    self.place = place
  }

  /// Which order it is about, in the POS's words; equal for all changes that name it so.
  package var key: String { "\(matchBy.rawValue) \(order)" }

  /// Values and time as one text: two lines about one order say the same where these are equal.
  package var content: String {
    let values = fields.map { "\($0.name):\($0.json)" }.joined(separator: ",")
    return "{\(values)}@\(changedAt.map(String.init) ?? "-")"
  }
}
