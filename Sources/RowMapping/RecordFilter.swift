import Records
import Templates

/// Which records count: `where` and `unless` of a mapping.
struct RecordFilter {
  let keep: [Condition]
  let drop: [Condition]

  /// Whether the record that the scope holds passes.
  ///
  /// - Throws: a problem that names the column, where it cannot be told.
  func admits(_ scope: RecordScope) throws(Problem) -> Bool {
    for condition in keep {
      scope.evaluator.startAfresh()
      if try !condition.holds(in: scope) { return false }
    }
    if drop.isEmpty { return true }
    for condition in drop {
      scope.evaluator.startAfresh()
      if try !condition.holds(in: scope) { return true }
    }
    return false
  }
}
