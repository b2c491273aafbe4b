package import Records

/// The rows of a surveyed file of separated values, one at a time, each a view into a block that
/// is used again; no row costs an allocation.
///
/// Cells are handed out unquoted and otherwise as they stand. A row with fewer cells than the
/// header reads as empty where they are missing. Blank lines are left out and not counted. Lines
/// are those of the file, whatever line breaks stand in cells.
package final class CSVReader {
  /// The header's cells, trimmed; an unnamed column is empty, and names may come twice.
  package let header: [String]
  /// What is wrong with the row that was given last: a byte that is not UTF-8, text behind a
  /// closing quote, more cells than the header has, a file that ends inside the row, or a row that is
  /// longer than any may be, of which long cells are cut.
  package var fault: Problem? { faults.first }

  /// ``fault`` as a list of none or one: to hand an optional problem on for each row would cost
  /// more than to find its cells.
  package private(set) var faults: [Problem] = []
  private let file: FileSource
  private let records: RecordReader
  private let layout: TableLayout
  private let name: String
  private let end: Int

  /// - Parameters:
  ///   - name: the path as the user knows it, for messages.
  ///   - layout: what ``Surveyor`` found out about this very file.
  /// - Throws: a problem where the file cannot be read.
  package init(
    path: String, name: String, layout: TableLayout, blockSize: Int = 256 << 10
  ) throws(Problem) {
    file = try FileSource(path: path, name: name)
    let text = try TextSource(file, name: name, stated: layout.encoding)
    let source: any ByteSource =
      layout.escape.map { EscapedSource(text, sign: $0, quote: layout.dialect.quote) } ?? text
    records = RecordReader(source, dialect: layout.dialect, name: name, blockSize: blockSize)
    try records.skip(to: layout.bodyOffset, line: layout.bodyLine)
    header = layout.header
    end = layout.bodyEnd ?? .max
    self.layout = layout
    self.name = name
  }

  /// The file's bytes, when it was opened.
  package var size: Int { file.size }

  /// How many bytes of the file have been read.
  package var bytesRead: Int { file.bytesRead }

  /// The next row, valid until the one after it.
  ///
  /// - Returns: nothing at the end.
  /// - Throws: a file that changed since it was surveyed, or cannot be read on.
  package func next() throws(Problem) -> Row? {
    guard let row = try records.next(), records.offset < end else { return nil }
    let isSuspect =
      row.count > header.count || records.isUnended || records.brokenCell != nil
      || layout.holdsBrokenCharacters || records.isTooLong
    if !faults.isEmpty { faults = [] }
    if isSuspect, let fault = findFault(in: row) { faults = [fault] }
    return row
  }

  private func findFault(in row: Row) -> Problem? {
    if records.isTooLong { return CSVFault.longRow(place(row)) }
    return textBehindQuote(in: row) ?? brokenCharacter(in: row) ?? surplusCell(in: row)
      ?? cutOff(row)
  }

  private func place(_ row: Row, column: Int? = nil) -> Place {
    var place = Place(file: name, line: row.line, record: row.record)
    if let column { place.field = column < header.count ? header[column] : "\(column + 1)" }
    return place
  }

  private func textBehindQuote(in row: Row) -> Problem? {
    guard let column = records.brokenCell, column < row.count else { return nil }
    if row[column].firstIndex(of: UInt8(ascii: "\\")) != nil {
      return Problem(
        "text-after-quote", at: place(row, column: column), value: row[column].text,
        "the cell goes on behind its closing quote",
        remedy: """
          If the POS writes a backslash before quotes that belong to a cell, write \
          `format: {type: csv, escape: "\\\\"}` in the mapping.
          """)
    }
    return Problem(
      "text-after-quote", at: place(row, column: column), value: row[column].text,
      "the cell goes on behind its closing quote",
      remedy: """
        Quotes inside a quoted cell must be doubled. If the file's cells are not enclosed in \
        quotes at all, write `quote: none` in the mapping's `format`.
        """)
  }

  private func brokenCharacter(in row: Row) -> Problem? {
    guard layout.holdsBrokenCharacters else { return nil }
    for column in 0..<row.count {
      guard let index = UTF8Check.firstFault(in: row[column]) else { continue }
      if records.isUnended, column == row.count - 1, UTF8Check.isCut(row[column]) {
        return Problem(
          "cut-off", at: place(row, column: column), value: row[column].text,
          "the file ends inside a character of this cell",
          remedy: "The file was probably not written to its end: export it again.")
      }
      return Problem(
        "bad-byte", at: place(row, column: column), value: row[column].text,
        "the byte \(row[column][index].hex) in this cell is not UTF-8",
        remedy: "Type the text again in the POS, or have it export UTF-8.")
    }
    return nil
  }

  private func surplusCell(in row: Row) -> Problem? {
    guard row.count > header.count else { return nil }
    let surplus = (header.count..<row.count).first { !row[$0].trimmed.isEmpty }
    guard let surplus else { return nil }
    return Problem(
      "too-many-cells", at: place(row), value: row[surplus].text,
      "the record has \(row.count) cells, the header \(header.count)",
      remedy: """
        Probably a cell before this value holds a \(layout.dialect.delimiterName) without being \
        enclosed in quotes.
        """)
  }

  private func cutOff(_ row: Row) -> Problem? {
    guard records.isUnended, row.count < header.count else { return nil }
    return Problem(
      "cut-off", at: place(row), value: row.count > 0 ? row[row.count - 1].text : nil,
      "the file ends inside this record, after \(row.count) of \(header.count) cells",
      remedy: "The file was probably not written to its end: export it again.")
  }
}
