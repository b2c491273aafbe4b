import Contract
import Records
import Signing

/// Makes orders of one kind for one store.
struct OrderMaker {
  let wish: OrderWish
  let menu: Menu
  let contract: Contract
  let message: Contract.Message
  let configuration: CallingConfiguration

  /// Minutes from now until the food is expected.
  private static let notice: Int64 = 40

  /// - Throws: where the store's menu cannot be read.
  init(
    _ wish: OrderWish, menus: MenuStore, contract: Contract,
    _ configuration: CallingConfiguration
  ) throws(Problem) {
    self.wish = wish
    self.contract = contract
    self.configuration = configuration
    message = try contract.message(toPOS: .createOrder)
    menu =
      try Menu(menus, account: wish.account, store: wish.store, contract: contract)
      ?? Menu(inventedIn: wish.currency)
  }

  /// - Parameter number: from 1; equal numbers make equal orders, but for their times.
  /// - Throws: where the contract has not the word that is wished.
  func order(id: String, number: Int) throws(Problem) -> PlacedOrder {
    let words = OrderWords(message)
    let service = try OrderWords.choice(
      wish.service, of: words.services, number: number, "service")
    let channel = try OrderWords.choice(
      wish.channel, of: words.channels, number: number, "channel")
    let basket = Basket(menu, number: number, note: wish.note)
    var total = basket.total
    if wish.hasWrongTotal { total.value += 100 }
    let body = OrderBody(
      message: message, id: id, account: wish.account, store: wish.store, service: service,
      channel: channel, channelOrderId: [channel, id].compactMap(\.self).joined(separator: "-"),
      expectedTime: configuration.wireTime(after: Self.notice), basket: basket, total: total,
      buyer: Buyer(number: number))
    return PlacedOrder(
      requestOrderId: id, summary: summary([service, channel], basket, total), total: total,
      status: contract.journey.first, body: Array(body.json.utf8))
  }

  /// `0007`.
  static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private func summary(_ words: [String?], _ basket: Basket, _ total: Amount) -> String {
    let count = basket.lines.count
    let products = count == 1 ? "1 product" : "\(count) products"
    let money = "\(total.text) \(total.currency.code)"
    return (words.compactMap(\.self) + [wish.store, products, money]).joined(separator: ", ")
  }
}

extension CallingConfiguration {
  /// The time in so many minutes, as D-Store writes times.
  func wireTime(after minutes: Int64 = 0) -> String {
    WireTime.text(epochMilliseconds: now() + minutes * 60_000, zone: zone)
  }
}
