import Records
import Templates

/// One entry of `where`, `unless` or `when`.
struct Condition {
  let subject: Template
  let test: Test

  enum Test {
    case present
    case empty
    /// Equal to this, or to any text of the list that it gives.
    case equal(Template)
    case like(Wildcard)
    case compared(Comparison)
    /// Any of these holds.
    indirect case any([Test])
  }

  /// - Throws: a problem that names the column, where the value cannot be compared.
  func holds(in scope: RecordScope) throws(Problem) -> Bool {
    do throws(Problem) {
      if let isPresent = try presence(in: scope) { return isPresent }
      switch try scope.evaluator.value(subject, in: scope) {
      case .text(let text):
        return try Self.holds(
          test, for: scope.key(text.trimmed), isJSON: scope.isNumber(text.trimmed), in: scope)
      case .list(let items): return try Self.holds(test, forAnyOf: items, in: scope)
      }
    } catch {
      throw error.filled(from: Place(field: scope.name(of: subject)))
    }
  }

  /// The answer of `present` and `empty` for an object, or a list of objects, which is no text.
  private func presence(in scope: RecordScope) throws(Problem) -> Bool? {
    guard let slot = subject.onlySlot, let isFilled = try scope.holdsNested(in: slot) else {
      return nil
    }
    switch test {
    case .present: return isFilled
    case .empty: return !isFilled
    default: return nil
    }
  }

  private static func holds(
    _ test: Test, forAnyOf items: [Bytes], in scope: RecordScope
  ) throws(Problem) -> Bool {
    if case .empty = test { return items.allSatisfy(\.isEmpty) }
    for item in items where try holds(test, for: scope.key(item), isJSON: false, in: scope) {
      return true
    }
    return false
  }

  private static func holds(
    _ test: Test, for text: Bytes, isJSON: Bool, in scope: RecordScope
  ) throws(Problem) -> Bool {
    switch test {
    case .present: return !text.isEmpty
    case .empty: return text.isEmpty
    case .like(let wildcard): return wildcard.matches(text)
    case .compared(let comparison):
      return text.isEmpty
        ? false : comparison.holds(for: try scope.styles.numbers.decimal(text, isJSON: isJSON))
    case .equal(let template): return try equals(text, template, in: scope)
    case .any(let tests):
      for test in tests where try holds(test, for: text, isJSON: isJSON, in: scope) { return true }
      return false
    }
  }

  private static func equals(
    _ text: Bytes, _ template: Template, in scope: RecordScope
  ) throws(Problem) -> Bool {
    switch try scope.evaluator.value(template, in: scope) {
    case .text(let other): return text == scope.key(other.trimmed)
    case .list(let items): return items.contains { scope.key($0) == text }
    }
  }
}
