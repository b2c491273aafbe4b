package import Contract
package import Records

/// D-Store's calling side: places orders with a merchant, repeats them, asks for them, changes
/// them, and remembers all of it under the simulator's folder.
///
/// Whatever is sent is kept before the first byte leaves, so that it can be sent again as it was,
/// by another process too.
package struct OrderCaller: Sendable {
  let configuration: CallingConfiguration
  let contract: Contract
  let orders: OrderStore
  let menus: MenuStore
  let client: MerchantClient

  /// - Throws: where the simulator's folder cannot be used.
  package init(_ configuration: CallingConfiguration, contract: Contract) throws(Problem) {
    self.configuration = configuration
    self.contract = contract
    let folder = configuration.folder
    let keys = try SimulatorKeys(folder: folder)
    orders = try OrderStore(folder: folder + "/orders")
    menus = try MenuStore(folder: folder + "/menus")
    client = MerchantClient(configuration, keys: keys, contract: contract)
  }

  /// Places a new order; its id is `SIM-` and the next number.
  ///
  /// - Throws: where nothing was sent: a word that the contract has not, keys, folder.
  package func place(_ wish: OrderWish) async throws(Problem) -> OrderCallEvent {
    let maker = try OrderMaker(wish, menus: menus, contract: contract, configuration)
    let order = try orders.add { (number) throws(Problem) in
      try maker.order(id: "SIM-\(OrderMaker.padded(number))", number: number)
    }
    return try await send(order, isRepeat: false)
  }

  /// Sends an order that was placed once more, with the same bytes.
  package func placeAgain(_ id: String) async throws(Problem) -> OrderCallEvent {
    try await send(try known(id), isRepeat: true)
  }

  /// Asks what became of an order.
  package func inquire(_ id: String) async throws(Problem) -> OrderCallEvent {
    let order = try known(id)
    let message = try contract.message(toPOS: .inquireOrderDetail)
    let body = message.fields.json { field in
      field.role == .requestOrderId ? JSONWords.string(id) : filler(order).jsonIfRequired(field)
    }
    let reply = try await client.send(Array(body.utf8), as: message)
    var event = OrderCallEvent(message.name, order, summary: "", reply)
    event.posOrderId = reply.answer?.posOrderId
    event.orderStatus = reply.answer?.orderStatus
    if reply.outcome == .accepted, let status = event.orderStatus, status != order.status {
      event.oddity = event.oddity ?? "D-Store's side has \(order.status)"
    }
    return event
  }

  /// The status that D-Store's side has of an order; nothing where it has placed none of this id.
  package func status(of id: String) throws(Problem) -> String? { try orders.order(id)?.status }

  /// Ends the connections.
  package func close() async { await client.close() }

  func known(_ id: String) throws(Problem) -> PlacedOrder {
    guard let order = try orders.order(id) else { throw Self.unknownOrder(id) }
    return order
  }

  static func unknownOrder(_ id: String) -> Problem {
    Problem(
      "simulator-unknown-order", value: id, "the simulator has placed no order of this id",
      remedy: "dstore-connector simulator order places one, and says its id.")
  }

  func filler(_ order: PlacedOrder) -> Filler {
    Filler(time: configuration.wireTime(), currency: order.total.currency)
  }

  func send(_ order: PlacedOrder, isRepeat: Bool) async throws(Problem) -> OrderCallEvent {
    let message = try contract.message(toPOS: .createOrder)
    let reply = try await client.send(order.body, as: message)
    var event = OrderCallEvent(message.name, order, summary: order.summary, reply)
    event.isRepeat = isRepeat
    event.posOrderId = reply.answer?.posOrderId
    if let former = order.posOrderId, let now = event.posOrderId, former != now {
      event.oddity = "it was \(Problem.shown(former)) before"
    }
    let (outcome, posOrderId) = (reply.outcome, event.posOrderId)
    _ = try orders.change(order.requestOrderId) { order in
      if outcome != .unknown, order.answer != .accepted {
        order.answer = outcome == .accepted ? .accepted : .refused
      }
      order.posOrderId = order.posOrderId ?? posOrderId
    }
    return event
  }
}

extension OrderCallEvent {
  init(
    _ call: String, _ order: PlacedOrder, summary: String, _ reply: MerchantClient.Reply
  ) {
    self.init(
      call: call, requestOrderId: order.requestOrderId, summary: summary, outcome: reply.outcome,
      words: reply.words, resultCode: reply.answer?.code, tries: reply.tries,
      oddity: reply.outcome == .accepted ? reply.answer?.fault : nil)
  }
}
