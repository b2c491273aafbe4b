import Contract
package import Records

extension OrderCaller {
  /// Places one order of each service, the channels in turn, for the first of `stores` that have
  /// a menu: `DEMO-0001`, `DEMO-0002`, …, only once in this simulator's folder.
  ///
  /// One that the merchant has not answered yet goes again in the next call, with the same bytes.
  /// - Returns: what came of those that were sent: nothing once all are answered, and nothing
  ///   where no store has a menu.
  package func placeDemoOrders(
    in stores: [(account: String, store: String)], currency: Currency
  ) async throws(Problem) -> [OrderCallEvent] {
    let count = OrderWords(try contract.message(toPOS: .createOrder)).services.count
    var known: [PlacedOrder?] = []
    for number in 1...max(count, 1) { known.append(try orders.order(Self.demoId(number))) }
    guard known.contains(where: { $0?.answer ?? .awaited == .awaited }) else { return [] }
    let open = try storesWithMenu(among: stores)
    var events: [OrderCallEvent] = []
    for (index, order) in known.enumerated() where order?.answer ?? .awaited == .awaited {
      if let order {
        events.append(try await send(order, isRepeat: true))
      } else if let order = try newDemoOrder(index + 1, for: open, currency) {
        events.append(try await send(order, isRepeat: false))
      }
    }
    return events
  }

  /// Cancels a demonstration order, only once: one that the merchant has not answered yet goes
  /// again in the next call.
  /// - Returns: nothing where there is nothing to do: no such order, one that cannot be cancelled
  ///   any more, or a cancellation that was answered.
  package func cancelDemoOrder(_ number: Int) async throws(Problem) -> OrderCallEvent? {
    let id = Self.demoId(number)
    guard let order = try orders.order(id) else { return nil }
    let word = try cancellation()
    let isOpen = order.changes.last { $0.side == .channel }?.answer == .awaited
    guard isOpen || contract.journey.allows(word, after: order.status, by: .channel) else {
      return nil
    }
    return try await push(word, of: id)
  }

  /// The id of the demonstration order of that number, from 1.
  package static func demoId(_ number: Int) -> String { "DEMO-\(OrderMaker.padded(number))" }

  /// Those stores whose menu was synced and has something that can be ordered now.
  package func storesWithMenu(
    among stores: [(account: String, store: String)]
  ) throws(Problem) -> [(account: String, store: String)] {
    var found: [(account: String, store: String)] = []
    for store in stores {
      let menu = try Menu(menus, account: store.account, store: store.store, contract: contract)
      if menu != nil { found.append(store) }
    }
    return found
  }

  private func newDemoOrder(
    _ number: Int, for stores: [(account: String, store: String)], _ currency: Currency
  ) throws(Problem) -> PlacedOrder? {
    guard !stores.isEmpty else { return nil }
    let store = stores[(number - 1) % stores.count]
    let wish = OrderWish(account: store.account, store: store.store, currency: currency)
    let maker = try OrderMaker(wish, menus: menus, contract: contract, configuration)
    let id = Self.demoId(number)
    return try orders.keep(id) { () throws(Problem) in try maker.order(id: id, number: number) }
  }
}
