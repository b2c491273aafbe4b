import JSON
import Records

/// Goes from an element of the outermost list of a JSON export down to the rows in it.
final class ElementWalk {
  private let plan: RecordPlan
  private let levels: [NestedLevel]
  private let scope: RecordScope
  private var cursor = LineCursor()
  /// How many rows it came to so far.
  private(set) var count = 0

  /// - Returns: nothing where the export is a table.
  init?(_ plan: RecordPlan, scope: RecordScope) {
    guard case .nested(let levels) = plan.rows else { return nil }
    self.plan = plan
    self.levels = levels
    self.scope = scope
  }

  /// Runs `body` for every row in the element, with the levels above it open in the scope.
  ///
  /// - Parameters:
  ///   - key: its name, where the list is an object keyed by name.
  ///   - line: where it begins.
  ///   - root: the fields beside the list.
  /// - Throws: a problem where something else stands in the place of a list.
  func forEachRow(
    of element: JSONValue, key: Bytes, line: Int, root: JSONValue?, _ body: () -> Void
  ) throws(Problem) {
    if let root { scope.frames[0] = .json(root, key: .empty) }
    scope.frames[levels[0].level] = .json(element, key: key)
    cursor.begin(element, line: line)
    try descend(levels.dropFirst(), element, below: levels[0].level, body)
  }

  private func descend(
    _ levels: ArraySlice<NestedLevel>, _ value: JSONValue, below above: Int, _ body: () -> Void
  ) throws(Problem) {
    guard let level = levels.first else {
      count += 1
      scope.element = (cursor.line(of: value), count)
      return body()
    }
    do throws(Problem) {
      try scope.forEachElement(of: level.path, below: above, as: level.level) {
        element throws(Problem) in
        try descend(levels.dropFirst(), element, below: level.level, body)
      }
    } catch {
      throw error.filled(from: Place(line: cursor.line(of: value)))
    }
  }

  /// Counts an element in which no row can be found, and makes it the scope's.
  func countUnread(line: Int) {
    count += 1
    scope.element = (line, count)
  }

  /// The lists of `rows:` that no element had, each as a problem.
  ///
  /// - Parameter file: the export as the user knows it.
  func missingLists(in file: String) -> [Problem] {
    levels.dropFirst().filter { scope.sightings.isMissed(level: $0.level) }.map { level in
      Problem(
        "missing-list", at: Place(file: file, field: plan.lists[level.level] ?? ""),
        "no element of the export has this list, which the mapping's rows: names",
        remedy: "Compare rows: in \(plan.file.path) with the export.")
    }
  }

  /// Paths other than those lists that were looked for and never found.
  var unmet: [String] { scope.sightings.missed(in: plan, rows: levels) }
}
