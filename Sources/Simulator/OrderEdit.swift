import Contract
import JSON
import Records

/// An order without its last product, as a channel edits it: neither the total nor the number of
/// products rises (dstore-api, pushOrderChange).
struct OrderEdit {
  /// The products that are left, as they stand in the order: a list in JSON.
  let products: String
  /// What the buyer gets back.
  let refund: Amount

  /// - Returns: nothing where the order has fewer than two products.
  init?(_ order: PlacedOrder, _ message: Contract.Message) {
    guard let list = message.field(.orderProducts) else { return nil }
    func name(_ role: Contract.Role) -> String {
      list.fields.first { $0.role == role }?.name ?? ""
    }
    let document = JSONDocument()
    let lines = Bytes.withBytes(of: order.body) { body in
      (try? document.parse(body)).flatMap { document.root.at(list.path)?.elements }
    }
    guard let lines = lines.map(Array.init), lines.count > 1, let last = lines.last else {
      return nil
    }
    products = JSONWords.list(lines.dropLast().map(\.raw.text))
    let price = last[name(.linePrice)]?.amount?.value ?? 0
    let quantity = last[name(.lineQuantity)].flatMap { Int64($0.text) } ?? 1
    let (value, overflow) = price.multipliedReportingOverflow(by: quantity)
    let rest = order.total.value - order.refunded
    refund = Amount(value: overflow ? rest : min(value, rest), currency: order.total.currency)
  }
}
