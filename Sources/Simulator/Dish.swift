import Records

/// Something that can stand on an order: a product of a menu, or an invented one.
struct Dish: Hashable, Sendable {
  var id: String
  var name: String
  /// Nothing where the menu names none, as for a modifier that costs nothing.
  var price: Amount?
}
