package import Records

/// A sheet as CSV (RFC 4180), in the dialect of the POS.
package struct CSVText: Hashable, Sendable {
  package enum Quotes: String, Sendable, CaseIterable {
    /// Where a cell needs them.
    case minimal
    case all
    /// Never: a delimiter or line end inside a cell becomes a space.
    case none
  }

  package var delimiter: UInt8
  package var quotes: Quotes
  package var newline: Newline
  /// Whether the names of the columns come first: of each kind of line before the first such line,
  /// once where kinds have the same columns.
  package var hasHeader: Bool

  package init(
    delimiter: UInt8 = UInt8(ascii: ","), quotes: Quotes = .minimal, newline: Newline = .lf,
    hasHeader: Bool = true
  ) {
    self.delimiter = delimiter
    self.quotes = quotes
    self.newline = newline
    self.hasHeader = hasHeader
  }

  /// The sheet's text in UTF-8, with the characters that the dialect cannot hold.
  package func text(of sheet: OrderSheet) -> EncodedText {
    var page = CSVPage(dialect: self, sheet: sheet)
    if sheet.lines.isEmpty { page.addHeader(of: 0) }
    for line in sheet.lines {
      page.addHeader(of: line.kind)
      page.add(line)
    }
    return page.text
  }
}

/// A sheet that is being written line by line.
private struct CSVPage {
  let dialect: CSVText
  let sheet: OrderSheet
  private let output = ByteOutput()
  private var headers: [[String]] = []
  private var replacements = EncodedText([], holder: "CSV without quotes")

  init(dialect: CSVText, sheet: OrderSheet) {
    self.dialect = dialect
    self.sheet = sheet
  }

  var text: EncodedText {
    var text = replacements
    text.bytes = output.bytes.array
    return text
  }

  mutating func addHeader(of kind: Int) {
    let names = columns(kind).map(\.name)
    guard dialect.hasHeader, !names.isEmpty, !headers.contains(names) else { return }
    headers.append(names)
    add(names)
  }

  mutating func add(_ line: OrderSheet.Line) {
    let columns = columns(line.kind)
    add(
      zip(line.cells.indices, line.cells).map { index, cell in
        index < columns.count ? Self.neutralised(cell, in: columns[index]) : cell
      })
  }

  private func columns(_ kind: Int) -> [OrderSheet.Column] {
    sheet.columns.indices.contains(kind) ? sheet.columns[kind] : []
  }

  private mutating func add(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { output.append(dialect.delimiter) }
      Bytes.withBytes(of: cell) { add($0) }
    }
    output.append(dialect.newline.bytes)
  }

  private mutating func add(_ cell: Bytes) {
    guard dialect.quotes == .none else {
      return output.appendCSV(
        cell: cell, delimiter: dialect.delimiter, isQuoted: dialect.quotes == .all)
    }
    for byte in cell.buffer {
      let breaks = byte == dialect.delimiter || byte == 0x0A || byte == 0x0D
      if breaks { replacements.add(String(UnicodeScalar(byte))) }
      output.append(breaks ? 0x20 : byte)
    }
  }

  /// People's text with an apostrophe before what a spreadsheet would take for a formula (OWASP,
  /// "CSV Injection": these characters, and their full-width forms). What nobody knows may be
  /// people's text, unless it looks like a number or a phone's.
  private static func neutralised(_ cell: String, in column: OrderSheet.Column) -> String {
    guard let first = cell.unicodeScalars.first, formulaStarts.contains(first),
      column.isFreeText || column.isUnknown && !isNumber(cell)
    else { return cell }
    return "'" + cell
  }

  private static func isNumber(_ cell: String) -> Bool {
    let digits = cell.utf8.first.map { $0 == 0x2B || $0 == 0x2D } == true ? 1 : 0
    let rest = cell.utf8.dropFirst(digits)
    return rest.contains { (0x30...0x39).contains($0) }
      && rest.allSatisfy { (0x30...0x39).contains($0) || " ().,-".utf8.contains($0) }
  }

  private static let formulaStarts: Set<UnicodeScalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]
}
