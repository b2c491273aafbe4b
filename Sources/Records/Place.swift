/// Where something stands, as exactly as it is known.
package struct Place: Hashable, Sendable {
  /// The path as the user knows it, relative to the workspace.
  package var file: String?
  /// From 1.
  package var line: Int?
  /// The position in the line, from 1; for files that people write.
  package var column: Int?
  /// The record of an export, from 1.
  package var record: Int?
  /// The column's header, the key or the path of a field.
  package var field: String?

  package init(
    file: String? = nil, line: Int? = nil, column: Int? = nil, record: Int? = nil,
    field: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.record = record
    self.field = field
  }

  /// `Inbox/products/menu.csv, line 12, record 11, column "Price"`; empty where nothing is known.
  package var description: String {
    var parts: [String] = []
    if let file { parts.append(ShownText.line(file, limit: 400)) }
    if let line { parts.append("line \(line)") }
    if let column { parts.append("position \(column)") }
    if let record { parts.append("record \(record)") }
    if let field { parts.append(Problem.shown(field)) }
    return parts.joined(separator: ", ")
  }
}
