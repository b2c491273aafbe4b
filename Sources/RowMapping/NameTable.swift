import Records
import Templates

/// What a slot of a template reads.
enum Reference: Hashable {
  /// A column of the row, by its place among the mapping's columns.
  case column(Int)
  /// A column of another file's row.
  case joined(level: Int, file: Int, column: Int)
  /// What the `*` of a pattern stood for in the header.
  case match(level: Int)
  /// The cell of the column that a pattern matched.
  case cell(level: Int)
  /// A field below an element of a JSON list; no path is the element itself.
  case json(level: Int, path: [String])
  /// The name under which an element stands in an object.
  case key(level: Int)
  case value(Int)
  case fileName
}

/// Every slot of a mapping, with the words that lead to it.
struct NameTable {
  private(set) var references: [Reference] = []
  private(set) var words: [String] = []
  private var slots: [Reference: Int] = [:]

  mutating func slot(for reference: Reference, word: String) -> Int {
    if let slot = slots[reference] { return slot }
    references.append(reference)
    words.append(word)
    slots[reference] = references.count - 1
    return references.count - 1
  }

  /// The columns of the mapping that templates and conditions read as one column.
  var columns: [Int] {
    references.compactMap { if case .column(let column) = $0 { column } else { nil } }
  }

  /// Whether a slot reads the root of a JSON export.
  var readsRoot: Bool {
    references.contains { if case .json(0, _) = $0 { true } else { false } }
  }
}
