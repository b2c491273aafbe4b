import Records

/// Finds the header line in the beginning of a text.
struct HeaderSearch {
  private static let recordsLookedAt = 50

  let head: [UInt8]
  let headIsWhole: Bool
  /// Where the search begins in the head, and on which line.
  let begin: Int
  let beginLine: Int
  let isFirstLine: Bool
  let hasHeader: Bool
  let wanted: [[Wildcard]]

  init(_ pass: TextPass, _ statement: FormatStatement) {
    head = pass.head
    headIsWhole = pass.headIsWhole
    begin = pass.begin
    beginLine = 1 + pass.skippedLines
    isFirstLine = statement.skipLines != nil
    hasHeader = statement.hasHeader
    wanted = statement.wantedHeaders.map { $0.map { Wildcard($0, ignoringCase: true) } }
  }

  /// The header line in a dialect: the record that holds most of the wanted headers, or else the
  /// first one that looks like the head of the table.
  ///
  /// - Returns: nothing where the beginning of the text holds no whole record.
  func find(in trial: DialectTrial) -> HeaderLine? {
    let width = trial.mode.width
    guard hasHeader else {
      return HeaderLine(
        cells: (1...width).map(String.init), line: nil, recordsAbove: 0, wantedFound: 0,
        bodyOffset: begin, bodyLine: beginLine)
    }
    let lines = records(trial.dialect)
    if isFirstLine { return lines.first }
    let best = lines.max { $0.wantedFound < $1.wantedFound }
    if let best, best.wantedFound > 0 {
      return lines.first { $0.wantedFound == best.wantedFound }
    }
    return tableHead(lines, width: width) ?? lines.first
  }

  /// The first record of the table's width of which more than half is filled. A narrower one comes
  /// before it if nothing in it looks like a number: rows may end with surplus delimiters that the
  /// header has not.
  private func tableHead(_ lines: [HeaderLine], width: Int) -> HeaderLine? {
    let full = lines.first { $0.cells.count == width && $0.filled * 2 > width }
    let narrow = lines.first { line in
      let isWide = line.filled * 4 >= width * 3 || (line.filled >= 3 && line.filled * 2 > width)
      return isWide && !line.holdsNumbers
    }
    guard let full else { return narrow }
    guard let narrow, narrow.recordsAbove < full.recordsAbove else { return full }
    return narrow
  }

  private func records(_ dialect: CSVDialect) -> [HeaderLine] {
    let reader = RecordReader(
      MemorySource(head), dialect: dialect, name: "", blockSize: head.count + 1)
    var lines: [HeaderLine] = []
    try? reader.skip(to: begin, line: beginLine)
    while lines.count < Self.recordsLookedAt, let row = try? reader.next() {
      guard headIsWhole || !reader.isUnended else { break }
      let cells = (0..<row.count).map { CleanText.cleaned(row[$0].text, keeping: .nothing) }
      lines.append(
        HeaderLine(
          cells: cells, line: row.line, recordsAbove: lines.count,
          wantedFound: wantedFound(in: cells), bodyOffset: reader.nextOffset,
          bodyLine: reader.line))
    }
    return lines
  }

  private func wantedFound(in cells: [String]) -> Int {
    wanted.count { aliases in
      aliases.contains { alias in cells.contains { alias.matches($0) } }
    }
  }
}

extension HeaderLine {
  fileprivate var filled: Int { cells.count { !$0.isEmpty } }

  /// Whether a cell has digits and no letters.
  fileprivate var holdsNumbers: Bool {
    cells.contains { cell in
      cell.contains(where: \.isNumber) && !cell.contains(where: \.isLetter)
    }
  }
}
