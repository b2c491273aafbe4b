import Records
import Templates

/// A part of `body:`, a JSON value as templates make it.
indirect enum OrderBody {
  case text(OrderText)
  /// JSON that is the same for every order.
  case constant(String)
  /// A field of the order as it came, a number as a number.
  case field(Int)
  /// What a template that ends with the filter `number` gives.
  case number(OrderText)
  case object([Member])
  case list([Entry])

  struct Member {
    let name: String
    let entry: Entry
  }

  /// A value, as often as its levels have elements for which its conditions hold.
  struct Entry {
    let place: Place
    let each: [EachLevel]
    let when: [Condition]
    let body: OrderBody
  }
}
