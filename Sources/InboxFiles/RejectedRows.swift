package import Records

/// The bad rows of an export as a table: their own cells first, then what is wrong with them.
///
/// It is read by a person in a spreadsheet, fixed there and dropped in again. So it is UTF-8 with
/// a byte order mark, without which Excel shows other letters; it has the export's own delimiter,
/// without which its mapping could not read it; and the cells stay as they were, also those that
/// begin with `=` or `+` and that a spreadsheet takes for a formula: to change them would change
/// the product. Only signs that nobody sees are taken out of them, as whoever reads the export takes
/// them out too, so that none reaches a terminal. One row of the table is one bad row, with all its problems; cells beyond the
/// header stand behind them. RFC 4180, at most ``limit`` rows
/// and ``byteLimit`` bytes.
package final class RejectedRows {
  package static let limit = 1000
  package static let byteLimit = 16 << 20

  private static let ownColumns = ["line", "record", "column", "code", "message"]

  /// How many bad rows there were, those beyond the limits too.
  package private(set) var count = 0
  /// How many of them the table holds.
  package private(set) var shown = 0

  /// The export's own columns.
  private let columns: Int
  /// The export's columns with those that an earlier table added.
  private let headerCount: Int
  private let delimiter: UInt8
  private let output = ByteOutput(capacity: 4096)

  /// - Parameters:
  ///   - header: the export's own; empty where the records have no cells (JSON). Columns that an
  ///     earlier table added at its end are not repeated.
  ///   - delimiter: the export's own.
  package init(header: [String], delimiter: UInt8 = UInt8(ascii: ",")) {
    let isFixed = header.suffix(Self.ownColumns.count).elementsEqual(Self.ownColumns)
    headerCount = header.count
    columns = header.count - (isFixed ? Self.ownColumns.count : 0)
    self.delimiter = delimiter
    output.append("\u{FEFF}")
    for name in header.prefix(columns) { Bytes.withBytes(of: name) { append(own: $0) } }
    for name in Self.ownColumns { append(text: name) }
    endRow()
  }

  /// The table so far; valid until the next row.
  package var bytes: Bytes { output.bytes }

  /// Adds a row of a table-like export.
  package func add(_ row: Row, _ problems: [Problem]) {
    guard takesAnother() else { return }
    for column in 0..<columns { append(own: row[column]) }
    append(problems, line: row.line, record: row.record)
    for column in headerCount..<max(headerCount, row.count) { append(own: row[column]) }
    endRow()
  }

  /// Adds a record that has no cells.
  package func add(line: Int, record: Int, _ problems: [Problem]) {
    guard takesAnother() else { return }
    for _ in 0..<columns { append(.empty) }
    append(problems, line: line, record: record)
    endRow()
  }

  private func takesAnother() -> Bool {
    count += 1
    guard shown < Self.limit, output.bytes.count < Self.byteLimit else { return false }
    shown += 1
    return true
  }

  private func append(_ problems: [Problem], line: Int, record: Int) {
    append(text: String(line))
    append(text: String(record))
    Bytes.withBytes(of: Self.distinct(problems.map { $0.place.field ?? "" })) { append(own: $0) }
    append(text: Self.distinct(problems.map(\.code)))
    append(text: ShownText.line(problems.map(Self.sentence).joined(separator: " ")))
  }

  /// What is wrong and what to do; the place stands in the columns beside it.
  private static func sentence(_ problem: Problem) -> String {
    let field = Place(field: problem.place.field)
    return Problem(
      problem.code, at: field, value: problem.value, problem.message, remedy: problem.remedy
    ).description
  }

  private static func distinct(_ words: [String]) -> String {
    var seen: [String] = []
    for word in words where !word.isEmpty && !seen.contains(word) { seen.append(word) }
    return seen.joined(separator: "; ")
  }

  /// A cell of the export.
  private func append(own cell: Bytes) {
    guard let clean = CleanText.cleaned(cell, keeping: .all) else { return append(cell) }
    append(text: clean)
  }

  private func append(text: String) { Bytes.withBytes(of: text) { append($0) } }

  /// Each cell ends with the delimiter; ``endRow()`` turns the last one into the end of the row.
  private func append(_ cell: Bytes) {
    output.appendCSV(cell: cell, delimiter: delimiter)
    output.append(delimiter)
  }

  private func endRow() {
    output.truncate(to: output.count - 1)
    output.append("\r\n")
  }
}
