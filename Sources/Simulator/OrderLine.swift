import Contract
import Records

/// A product of an order, in the contract's fields.
struct OrderLine {
  let line: Basket.Line
  let filler: Filler

  func json(_ fields: [Contract.Field]) -> String {
    fields.json { field in
      switch field.role {
      case .lineModifiers:
        line.modifiers.isEmpty && !field.isRequired
          ? nil : JSONWords.list(line.modifiers.map { modifier($0, field, beside: fields) })
      case .lineNote: line.note.map(JSONWords.string)
      default: value(field.role, line.dish, line.quantity) ?? filler.jsonIfRequired(field)
      }
    }
  }

  private func value(_ role: Contract.Role?, _ dish: Dish, _ quantity: Int64) -> String? {
    switch role {
    case .lineProductId: JSONWords.string(dish.id)
    case .lineName: JSONWords.string(dish.name)
    case .lineQuantity, .modifierQuantity: String(quantity)
    case .linePrice, .modifierPrice: dish.price.map(JSONWords.amount)
    default: nil
    }
  }

  /// What has no role of its own has the name that it has in the product.
  private func modifier(
    _ dish: Dish, _ list: Contract.Field, beside fields: [Contract.Field]
  ) -> String {
    let known = fields.compactMap { field in
      value(field.role, dish, 1).map { (name: field.name, json: $0) }
    }
    guard !list.fields.isEmpty else { return JSONWords.object(known) }
    return list.fields.json { field in
      value(field.role, dish, 1) ?? known.first { $0.name == field.name }?.json
        ?? filler.jsonIfRequired(field)
    }
  }
}
