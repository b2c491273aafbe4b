import Contract
import JSON
import Records

/// Whether an order's amounts add up: prices times quantities, with what was chosen, against what
/// the buyer has paid.
struct OrderReview: Sendable {
  /// Where a product, or what was chosen with one, says its price and how many.
  private struct Routes {
    let price: FieldRoute?
    let quantity: FieldRoute?
  }

  private let lines: FieldRoute
  private let product: Routes
  private let choice: Routes
  private let choices: FieldRoute?
  private let total: FieldRoute

  /// - Returns: nothing where the contract names no products, prices or amount of an order.
  init?(_ message: Contract.Message) {
    let list = message.field(.orderProducts)
    guard let list, let lines = FieldRoute(list),
      let total = FieldRoute(message.field(.orderAmount)),
      let price = FieldRoute(message.field(.linePrice), inElementsOf: list)
    else { return nil }
    self.lines = lines
    self.total = total
    let modifiers = message.field(.lineModifiers)
    choices = FieldRoute(modifiers, inElementsOf: list)
    product = Routes(
      price: price, quantity: FieldRoute(message.field(.lineQuantity), inElementsOf: list))
    choice = Routes(
      price: FieldRoute(message.field(.modifierPrice), inElementsOf: modifiers),
      quantity: FieldRoute(message.field(.modifierQuantity), inElementsOf: modifiers))
  }

  /// What is odd; nothing where no product has a price, since there is nothing to add up.
  func flags(of order: JSONValue) -> [OrderFlag] {
    guard let list = lines.value(in: order), let total = total.value(in: order) else { return [] }
    var sum = OrderSum()
    for line in list.elements { sum.add(self.sum(of: line, product)) }
    guard sum.isPriced else { return [] }
    let totals = amounts(of: total)
    let codes = sum.currencies.union(totals.map(\.currency.code)).sorted()
    guard codes.count < 2 else {
      return [
        OrderFlag(
          "currencies-differ", field: self.total.path,
          "the order's amounts are in \(codes.joined(separator: " and "))")
      ]
    }
    return difference(sum, totals).map { [$0] } ?? []
  }

  private func difference(_ sum: OrderSum, _ totals: [Amount]) -> OrderFlag? {
    guard !sum.isTooLarge else {
      return flag("the products' prices are too large to be added up")
    }
    guard !totals.contains(where: { sum.isPossible($0.value) }) else { return nil }
    let said =
      switch totals.count {
      case 0: "the order says no amount"
      case 1: "the order says \(totals[0].words)"
      default: "none of the order's amounts says so"
      }
    return flag("the products add up to \(sum.words), and \(said)")
  }

  private func flag(_ message: String) -> OrderFlag {
    OrderFlag("amounts-differ", field: total.path, message)
  }

  /// An amount itself, or the amounts that an object holds.
  private func amounts(of value: JSONValue) -> [Amount] {
    if let amount = Amount(value) { return [amount] }
    return value.members.compactMap { Amount($0.value) }
  }

  /// Of a product or of what was chosen with it. It calls itself as deep as choices stand in each
  /// other, which the parser's limit bounds.
  private func sum(of line: JSONValue, _ routes: Routes) -> OrderSum {
    var chosen = OrderSum()
    if let choices = choices?.value(in: line) {
      for choice in choices.elements { chosen.add(sum(of: choice, self.choice)) }
    }
    let quantity = routes.quantity?.text(in: line).flatMap { Int64($0) }
    return chosen.line(
      price: routes.price?.value(in: line).flatMap { Amount($0) }, quantity: quantity ?? 1)
  }
}

extension Amount {
  /// As people write it: `12.50 SGD`.
  var words: String { "\(text) \(currency.code)" }

  /// Reads `{value, currency}` (dstore-api, shared types); nothing where it is none.
  fileprivate init?(_ value: JSONValue) {
    guard let number = value["value"], number.kind == .number || number.kind == .string,
      let units = Int64(number.text), let currency = Currency(code: value["currency"]?.text ?? "")
    else { return nil }
    self.init(value: units, currency: currency)
  }
}
