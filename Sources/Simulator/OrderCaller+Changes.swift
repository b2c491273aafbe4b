import Contract
package import Records

extension OrderCaller {
  /// Changes an order as the channel does, and tells the merchant.
  ///
  /// Where the last change says the same and the merchant has not answered it yet, it goes again
  /// as it was.
  /// - Parameters:
  ///   - status: a word of the contract; nothing for a change that leaves the status.
  ///   - deliveryStatus: any word, as nobody documents them.
  ///   - isEdit: whether the last product is taken out, and its price given back.
  ///   - isForced: sends a step too that the journey does not allow the channel.
  /// - Throws: where nothing was sent: no such order, word or step.
  package func push(
    _ status: String?, deliveryStatus: String? = nil, isEdit: Bool = false, of id: String,
    isForced: Bool = false
  ) async throws(Problem) -> OrderCallEvent {
    let message = try contract.message(toPOS: .pushOrderChange)
    let words = message.field(.orderStatus)?.allowed ?? []
    var step = Step(
      message: message, deliveryStatus: deliveryStatus, isEdit: isEdit, isForced: isForced)
    if let status {
      step.status = try OrderWords.choice(status, of: words, number: 1, "order status")
    }
    let prepared = try orders.change(id) { (order) throws(Problem) in try prepare(step, &order) }
    guard let prepared else { throw Self.unknownOrder(id) }
    let reply = try await client.send(prepared.change.body, as: message)
    return try record(reply, prepared, of: id, message)
  }

  /// Cancels an order: gives it the status that the channel may give even a completed one.
  package func cancel(
    _ id: String, isForced: Bool = false
  ) async throws(Problem) -> OrderCallEvent {
    try await push(try cancellation(), of: id, isForced: isForced)
  }

  /// The word for it, which only the journey tells.
  func cancellation() throws(Problem) -> String {
    let words = try contract.message(toPOS: .pushOrderChange).field(.orderStatus)?.allowed ?? []
    let late = contract.journey.stops.values.flatMap(\.byChannel)
    if let word = words.first(where: late.contains) { return word }
    throw Problem(
      "order-word", "the contract names no status that the channel gives a completed order",
      remedy: "Name the status with --status.")
  }

  private struct Step {
    var message: Contract.Message
    var status: String?
    var deliveryStatus: String?
    var isEdit: Bool
    var isForced: Bool

    static let edit = "the last product less"

    var summary: String {
      let words = [
        status, deliveryStatus.map { "delivery \($0)" }, isEdit ? Self.edit : nil,
      ]
      return words.compactMap(\.self).joined(separator: ", ")
    }
  }

  private struct Prepared {
    var change: PlacedOrder.Change
    var isRepeat: Bool
  }

  private func prepare(_ step: Step, _ order: inout PlacedOrder) throws(Problem) -> Prepared {
    let earlier = order.changes.filter { $0.side == .channel }
    if let last = earlier.last, last.answer == .awaited, last.summary == step.summary {
      return Prepared(change: last, isRepeat: true)
    }
    if let status = step.status {
      guard
        step.isForced || contract.journey.allows(status, after: order.status, by: .channel)
      else { throw Self.notAllowed(status, order) }
      order.status = status
    }
    let edit = try step.isEdit ? edit(&order) : nil
    let requestId = "\(order.requestOrderId)-\(earlier.count + 1)"
    let body = ChangeBody(
      message: step.message, requestId: requestId, requestOrderId: order.requestOrderId,
      orderStatus: step.status, deliveryStatus: step.deliveryStatus, edit: edit,
      filler: filler(order))
    let change = PlacedOrder.Change(
      side: .channel, requestId: requestId, summary: step.summary, body: Array(body.json.utf8),
      answer: .awaited)
    order.changes.append(change)
    return Prepared(change: change, isRepeat: false)
  }

  private func edit(_ order: inout PlacedOrder) throws(Problem) -> OrderEdit {
    let isEdited = order.changes.contains { $0.summary.hasSuffix(Step.edit) }
    let message = try contract.message(toPOS: .createOrder)
    guard !isEdited, let edit = OrderEdit(order, message) else {
      throw Problem(
        "order-edit", value: order.requestOrderId,
        "the order has one product only, or was edited before",
        remedy: "Cancel it, or edit an order with more products.")
    }
    order.refunded += edit.refund.value
    return edit
  }

  private static func notAllowed(_ status: String, _ order: PlacedOrder) -> Problem {
    Problem(
      "order-step", value: status,
      "\(order.requestOrderId) is \(order.status), and the channel does not give such an order "
        + "this status",
      remedy: "With --force it is sent anyway.")
  }

  private func record(
    _ reply: MerchantClient.Reply, _ prepared: Prepared, of id: String, _ message: Contract.Message
  ) throws(Problem) -> OrderCallEvent {
    let order = try orders.change(id) { (order) -> PlacedOrder in
      let index = order.changes.firstIndex {
        $0.side == .channel && $0.requestId == prepared.change.requestId
      }
      if let index, reply.outcome != .unknown {
        order.changes[index].answer = reply.outcome == .accepted ? .accepted : .refused
      }
      return order
    }
    guard let order else { throw Self.unknownOrder(id) }
    var event = OrderCallEvent(message.name, order, summary: prepared.change.summary, reply)
    event.isRepeat = prepared.isRepeat
    return event
  }
}
