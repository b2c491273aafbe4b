import Templates

/// How the records of an export are read: what a mapping says before it says what becomes of them.
/// Every kind of mapping that reads exports has one.
package struct RecordPlan {
  package let file: MappingFile
  let names: NameTable
  /// How many levels may be open at once, the row included.
  let frameCount: Int
  let columns: [ColumnDefinition]
  /// The columns of the files that belong to the main one, by the file's place in `files`.
  let joined: [[ColumnDefinition]]
  /// The JSON lists that levels walk, as the mapping writes them, by level.
  let lists: [Int: String]
  let values: [Template]
  let rows: RowShape
  let filter: RecordFilter

  /// Where the list stands that a JSON export is read by, as keys from the root; `*` walks an
  /// object keyed by name.
  package var listPath: [String] {
    if case .nested(let levels) = rows { levels[0].path } else { [] }
  }

  /// Whether a template reads fields of the root, which may stand behind the list.
  package var readsRoot: Bool { names.readsRoot }

  /// The columns of the file that templates read. Columns of patterns, which differ between records,
  /// are not among them.
  func positions(readBy templates: [Template], in binding: ColumnBinding) -> [Int] {
    let positions = binding.positions(following: nil)
    return Set(templates.flatMap(mappedColumns)).map { positions[$0] }.filter { $0 >= 0 }.sorted()
  }

  private func mappedColumns(readBy template: Template) -> [Int] {
    template.slots.flatMap { slot -> [Int] in
      switch names.references[slot] {
      case .column(let column): [column]
      case .value(let value): mappedColumns(readBy: values[value])
      default: []
      }
    }
  }

  /// The headers that the main file must have, each with its aliases; to find the header line.
  package var wantedHeaders: [[String]] { columns.filter { !$0.isOptional }.map(\.headers) }
}
