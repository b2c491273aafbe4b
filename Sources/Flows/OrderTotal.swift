import Contract
import JSON
import LedgerStore
import Records

/// Reads what a buyer paid: what is refunded may not come to more.
struct OrderTotal {
  private let path: [String]

  /// - Returns: nothing where the contract does not say where the amount stands.
  init?(_ contract: Contract) {
    guard let field = contract.messages["createOrder"]?.field(.orderAmount) else { return nil }
    path = field.path.split(separator: ".").map(String.init)
  }

  /// The amount; of several the greatest, since no refund can come to more than that. Nothing where
  /// there is none, or the order's data was purged.
  func amount(of order: HeldOrder) -> Amount? {
    guard let body = order.body else { return nil }
    let document = JSONDocument()
    guard Bytes.withBytes(of: body, { try? document.parseTolerant($0) }) != nil else { return nil }
    var value: JSONValue? = document.root
    for name in path { value = value?[name] }
    guard let value else { return nil }
    if let amount = Self.amount(value) { return amount }
    let amounts = value.members.compactMap { Self.amount($0.value) }
    guard Set(amounts.map(\.currency.code)).count == 1 else { return nil }
    return amounts.max { $0.value < $1.value }
  }

  private static func amount(_ value: JSONValue) -> Amount? {
    guard let number = value["value"].flatMap({ Int64($0.text) }),
      let currency = value["currency"].flatMap({ Currency(code: $0.text) })
    else { return nil }
    return Amount(value: number, currency: currency)
  }
}
