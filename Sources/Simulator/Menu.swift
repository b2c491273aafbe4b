import Contract
import JSON
import Records

/// What can be ordered at a store: dishes with a price, and modifiers.
struct Menu: Hashable, Sendable {
  /// All of one currency; never empty.
  var dishes: [Dish]
  var modifiers: [Dish]
  let currency: Currency

  /// What was synced to the store.
  /// - Returns: nothing where nothing was, or nothing of it has a price and can be ordered now.
  init?(
    _ menus: MenuStore, account: String, store: String, contract: Contract
  ) throws(Problem) {
    let path = menus.path(account: account, store: store)
    guard let bytes = try StateFile.read(path) else { return nil }
    let document = JSONDocument()
    do throws(JSONFault) {
      try Bytes.withBytes(of: bytes) { (view) throws(JSONFault) in try document.parse(view) }
    } catch {
      throw error.problem(file: path)
    }
    guard let products = document.root["products"],
      let shape = contract.messages.values.lazy.compactMap({ $0.field(.products) }).first
    else { return nil }
    self.init(products, shape, contract)
  }

  private init?(_ products: JSONValue, _ shape: Contract.Field, _ contract: Contract) {
    func text(_ product: JSONValue, _ role: Contract.Role) -> String {
      shape.fields.first { $0.role == role }.flatMap { product[$0.name] }?.text ?? ""
    }
    let priceName = shape.fields.first { $0.role == .productPrice }?.name ?? ""
    let simple = Set(contract.productTypes.filter { !$0.hasChildren }.map(\.name))
    var (dishes, modifiers): ([Dish], [Dish]) = ([], [])
    for product in products.elements
    where text(product, .productStatus) == contract.availableStatus {
      let type = text(product, .productType)
      let dish = Dish(
        id: text(product, .productId), name: text(product, .productName),
        price: product[priceName]?.amount)
      guard simple.contains(type) else { continue }
      if type == Self.modifierType {
        modifiers.append(dish)
      } else if dish.price.map({ $0.value > 0 }) == true {
        dishes.append(dish)
      }
    }
    guard let currency = dishes.first?.price?.currency else { return nil }
    self.currency = currency
    self.dishes = dishes.filter { $0.price?.currency == currency }
    self.modifiers = modifiers.filter { $0.price.map { $0.currency == currency } ?? true }
  }

  /// Of a store that was never synced.
  init(inventedIn currency: Currency) {
    func dish(_ id: String, _ name: String, _ hundredths: Int64) -> Dish {
      let unit = (0..<currency.exponent).reduce(Int64(1)) { unit, _ in unit * 10 }
      return Dish(
        id: id, name: name,
        price: Amount(value: max(hundredths * unit / 100, 1), currency: currency))
    }
    self.currency = currency
    dishes = [
      dish("SIM-P1", "Chicken rice", 650), dish("SIM-P2", "Laksa", 720),
      dish("SIM-P3", "Kaya toast", 280), dish("SIM-P4", "Iced lemon tea", 350),
    ]
    modifiers = [dish("SIM-M1", "Extra chilli", 50)]
  }

  /// The one type whose products stand only inside others; the contract cannot say so.
  private static let modifierType = "MODIFIER"
}
