import Records

/// What is ordered, and what it costs.
struct Basket: Hashable, Sendable {
  struct Line: Hashable, Sendable {
    var dish: Dish
    var quantity: Int64
    var modifiers: [Dish] = []
    var note: String?
  }

  var lines: [Line]
  let currency: Currency

  /// One to three lines of the menu, the same for the same number.
  ///
  /// A line with a modifier has the quantity 1: nobody documents whether a modifier's price is
  /// for each piece or for the line.
  init(_ menu: Menu, number: Int, note: String?) {
    currency = menu.currency
    let count = min(menu.dishes.count, 1 + number % 3)
    lines = (0..<count).map { index in
      Line(
        dish: menu.dishes[(number * 3 + index) % menu.dishes.count],
        quantity: index == 0 ? 1 : Int64(1 + (number + index) % 3))
    }
    guard !lines.isEmpty else { return }
    if !menu.modifiers.isEmpty {
      lines[0].modifiers = [menu.modifiers[number % menu.modifiers.count]]
    }
    lines[0].note = note ?? Self.notes[number % Self.notes.count]
  }

  /// In the currency's smallest unit.
  var total: Amount {
    let sum = lines.reduce(Int64(0)) { sum, line in
      let modifiers = line.modifiers.reduce(Int64(0)) { $0 + ($1.price?.value ?? 0) }
      return sum + line.quantity * ((line.dish.price?.value ?? 0) + modifiers)
    }
    return Amount(value: sum, currency: currency)
  }

  private static let notes = ["No ice, please", "Less spicy", "Cut in half"]
}
