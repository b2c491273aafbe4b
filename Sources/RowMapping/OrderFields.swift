import Contract
import Records

/// Which fields of D-Store's contract the words of an order mapping lead to.
struct OrderFields {
  /// A place in the body, as far as the contract knows it.
  struct Spot {
    /// Nothing for the body itself, for what the contract does not name, and for the parts of an
    /// amount.
    let field: Contract.Field?
    /// What the contract names below it.
    let fields: [Contract.Field]
    let isNamed: Bool
  }

  private var levels: [Int: Spot] = [:]

  /// - Parameter order: the level of the order that a change is about, with its message's fields.
  init(_ message: [Contract.Field], order: (level: Int, fields: [Contract.Field])? = nil) {
    levels[0] = Spot(field: nil, fields: message, isNamed: true)
    if let order { levels[order.level] = Spot(field: nil, fields: order.fields, isNamed: true) }
  }

  mutating func add(_ level: EachLevel) {
    guard case .json(let above, let path) = level.source else { return }
    levels[level.level] = spot(above, path)
  }

  /// - Returns: nothing below a level that is no part of a body.
  func spot(_ level: Int, _ path: [String]) -> Spot? { along(level, path).last }

  /// Every place on the way, the level itself first.
  func along(_ level: Int, _ path: [String]) -> [Spot] {
    guard let start = levels[level] else { return [] }
    return path.reduce(into: [start]) { spots, name in
      spots.append(below(spots[spots.count - 1], name))
    }
  }

  private func below(_ spot: Spot, _ name: String) -> Spot {
    if let field = spot.fields.first(where: { $0.name == name }) {
      return Spot(field: field, fields: field.fields, isNamed: true)
    }
    // What the buyer pays in all is an amount, or an object of amounts.
    let isAmount = spot.field?.type == .amount || spot.field?.role == .orderAmount
    let isPart = isAmount && ["value", "currency"].contains(name)
    return Spot(field: nil, fields: [], isNamed: isPart)
  }
}
