import Contract
import JSON
import Records

/// The call notifyOrderChange: what the POS says about an order that was placed.
struct NotifyOrderChangeCall {
  let contract: Contract
  let orders: OrderStore

  /// Takes all of the change, or nothing of it.
  ///
  /// A change whose request id the order has already had is done: its result was lost on the way.
  func carryOut(
    _ body: JSONValue, _ message: Contract.Message, requestId: String
  ) throws(Problem) -> Outcome {
    let id = text(.requestOrderId, body, message) ?? ""
    let raw = body.raw.array
    let outcome = try orders.change(id) { (order) throws(Problem) -> Outcome in
      let known = order.changes.first { $0.side == .pos && $0.requestId == requestId }
      if let known { return known.body == raw ? .done(.repeated) : .refused(.inconsistent) }
      var changed = order
      if let refusal = apply(body, message, to: &changed) { return .refused(refusal) }
      let words = told(body, message)
      changed.changes.append(
        .init(
          side: .pos, requestId: requestId, summary: words.joined(separator: ", "), body: raw,
          answer: .accepted))
      order = changed
      return .done(.orderChanged(order: id, to: words))
    }
    return outcome
      ?? .refused(Refusal("PROCESS_FAIL", "the order \(Problem.shown(id)) is unknown"))
  }

  /// Why the change cannot be, if so; the order is then of no use.
  private func apply(
    _ body: JSONValue, _ message: Contract.Message, to order: inout PlacedOrder
  ) -> Refusal? {
    if order.answer == .refused {
      return Refusal("PROCESS_FAIL", "the POS has refused this order, so it has no journey")
    }
    if let status = text(.orderStatus, body, message) {
      guard contract.journey.allows(status, after: order.status, by: .pos) else {
        return Refusal("PROCESS_FAIL", "\(status) cannot follow \(order.status)")
      }
      order.status = status
    }
    guard let refund = value(.refundAmount, body, message)?.amount else { return nil }
    guard refund.currency == order.total.currency else {
      return Refusal(
        "PROCESS_FAIL", "the order was paid in \(order.total.currency.code)")
    }
    let (sum, overflow) = order.refunded.addingReportingOverflow(refund.value)
    guard !overflow, sum <= order.total.value else {
      return Refusal(
        "PROCESS_FAIL",
        "refunds of \(order.refunded) and \(refund.value) are more than the \(order.total.value) "
          + "that were paid")
    }
    order.refunded = sum
    return nil
  }

  /// What the change says, for people: `ACCEPTED`, `refund 2.00 SGD`.
  private func told(_ body: JSONValue, _ message: Contract.Message) -> [String] {
    var words: [String] = []
    func add(_ role: Contract.Role, _ label: String) {
      if let text = text(role, body, message) { words.append(label + Self.plain(text)) }
    }
    add(.orderStatus, "")
    add(.shortOrderNumber, "number ")
    add(.deliveryStatus, "delivery ")
    add(.readyTime, "ready at ")
    if let refund = value(.refundAmount, body, message)?.amount {
      words.append("refund \(refund.text) \(refund.currency.code)")
    }
    return words
  }

  private func value(
    _ role: Contract.Role, _ body: JSONValue, _ message: Contract.Message
  ) -> JSONValue? {
    message.field(role).flatMap { body.at($0.path) }.flatMap { $0.kind == .null ? nil : $0 }
  }

  private func text(
    _ role: Contract.Role, _ body: JSONValue, _ message: Contract.Message
  ) -> String? { value(role, body, message)?.text }

  /// Fit for a terminal, without quotes.
  private static func plain(_ text: String) -> String {
    String(Problem.shown(text).dropFirst().dropLast())
  }
}
