package import Records

/// A part of a template that needs nothing but the row.
///
/// It holds no reference that would have to be counted: such templates run for every row.
package enum Step {
  case literal(Bytes)
  case slot(Int)
  /// The value of a slot, looked up.
  case search(Int, Unmanaged<LookupTable>)

  /// - Returns: nothing where the expression does more; a literal and a table hold as long as it.
  init?(_ expression: Expression) {
    switch (expression.operand, expression.filters.count) {
    case (.literal(let text), 0): self = .literal(text.bytes)
    case (.slot(let slot), 0): self = .slot(slot)
    case (.slot(let slot), 1):
      guard case .lookup(let table, nil) = expression.filters[0] else { return nil }
      self = .search(slot, Unmanaged.passUnretained(table))
    default: return nil
    }
  }
}
