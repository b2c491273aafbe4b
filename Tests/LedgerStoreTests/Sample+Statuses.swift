import Digests
import Records
import Testing

@testable import LedgerStore

extension Sample {
  static func money(_ value: Int64) throws -> Amount {
    Amount(value: value, currency: try #require(Currency(code: "SGD")))
  }

  /// A change that says a status, a refund, or both.
  static func said(
    _ order: String, _ status: String? = nil, refund: Int64? = nil, changedAt: Int64? = nil,
    matchBy: MatchBy = .posOrderId, line: Int = 2
  ) throws -> OrderChange {
    let amount = try refund.map { try money($0) }
    var fields = status.map { [field("orderStatus", "\"\($0)\"")] } ?? []
    if let amount {
      fields.append(field("refundAmount", "{\"value\":\(amount.value),\"currency\":\"SGD\"}"))
    }
    return OrderChange(
      order: order, matchBy: matchBy, fields: fields, orderStatus: status, refund: amount,
      changedAt: changedAt,
      place: Place(file: "Inbox/status/day.csv", line: line, record: line - 1))
  }

  static func field(_ name: String, _ json: String) -> OrderChange.Field {
    OrderChange.Field(name: name, role: name, json: json)
  }

  static func draft(
    _ id: String, _ status: String? = nil, refund: Int64? = nil, number: String? = nil,
    changedAt: Int64? = nil, isFilledIn: Bool = false
  ) throws -> NotificationDraft {
    var fields = try said("", status, refund: refund).fields
    if let number { fields.append(field("shortOrderNumber", "\"\(number)\"")) }
    return NotificationDraft(
      requestId: id, body: Array("body-\(id)".utf8), fields: fields, orderStatus: status,
      refund: try refund.map { try money($0) }, isFilledIn: isFilledIn, shortOrderNumber: number,
      changedAt: changedAt)
  }

  /// News of an order's row, queued as one notification.
  static func news(
    _ id: String, of order: Int64, _ status: String? = nil, refund: Int64? = nil
  ) throws -> StatusNews {
    StatusNews(
      mapping: "pos", change: try said(PosOrderId.of("o\(order)"), status, refund: refund),
      order: order,
      seenCount: 1, outcome: .queued([try draft(id, status, refund: refund)]))
  }

  static let odd = Problem(
    "journey", at: Place(field: "orderStatus"), value: "READY", "it cannot follow",
    remedy: "Correct it.")
}

extension Ledger {
  /// Records news at a moment, for the orders' scope.
  @discardableResult
  func note(
    _ news: StatusNews..., scope: Scope = Sample.gateway, at now: Int64 = 6000
  ) throws -> Bool {
    try record(news, scope, at: now)
  }

  /// The requestIds of what can be sent at a moment.
  func due(
    _ scope: Scope = Sample.gateway, limit: Int = 100, at now: Int64 = 7000
  ) throws -> [String] {
    try notificationsDue(scope, limit: limit, at: now).map(\.requestId)
  }

  /// Records that D-Store accepted a notification, by a journey of four steps.
  func accept(notification id: String, _ delivery: Delivery, at now: Int64) throws {
    let journey = ["ACCEPTED", "PREPARING", "READY", "COMPLETED"]
    try accept(notification: id, delivery, at: now) { status, earlier in
      guard let new = journey.firstIndex(of: status), let old = journey.firstIndex(of: earlier)
      else { return false }
      return new >= old
    }
  }

  func changes(
    _ state: HeldStatusChange.State, _ scope: Scope = Sample.gateway
  ) throws -> [HeldStatusChange] {
    try statusChanges(scope, in: state, limit: 100)
  }
}
