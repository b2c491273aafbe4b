import ExportReading
import Records

/// Files of separated values: what the survey says, and what the reader makes of them.
final class CSVTarget: FuzzTarget {
  static let name = "csv"
  static let separators = Array(",;\t|\n\r".utf8)
  static let words = [
    "\"", "\"\"", "\"\"\"", "'", "\"\n", ",\"", "\",", "\r\n", "\r", "\n\n", "\n,,\n", "\u{1A}",
    "sep=;\n", "sep=\t\r\n", "sep='\n", "\u{FEFF}", "é", "麺", "☕", "Ã©", "\\\"", "\\", "   ",
    "\u{A0}",
    "Price", "1,50", "END", "<html", "{\"", "\u{0}", "\u{C}", "\u{B}",
    "--------------------------------------------------------------",
  ]
  static let fixtures = [(folder: "exports", end: ".csv"), (folder: "status", end: ".csv")]

  private static let statements: [FormatStatement] = [
    FormatStatement(), FormatStatement(encoding: "utf-8"),
    FormatStatement(encoding: "utf-8", delimiter: 0x2C, quote: CSVDialect.noQuote),
    FormatStatement(delimiter: 0x3B, quote: 0x27, skipLines: 1),
    FormatStatement(encoding: "utf-8", escape: 0x5C),
    FormatStatement(hasHeader: false), FormatStatement(encoding: "windows-1252"),
    FormatStatement(encoding: "gbk", delimiter: 0x2C), FormatStatement(encoding: "shift-jis"),
    FormatStatement(encoding: "utf-16le"), FormatStatement(encoding: "iso-8859-1", skipLines: 0),
    FormatStatement(encoding: "utf-8", lastLine: "*END*"),
    FormatStatement(encoding: "utf-8", wantedHeaders: [["Price*", "Preis"], ["id"]]),
  ]
  static let variants = statements.count

  /// What is read from a file, for comparing one reading with another.
  private struct Table: Equatable {
    var records: [CSVReference.Record] = []
    var faults: [String] = []
    var end = ""
  }

  private let file: InputFile

  init() throws { file = try InputFile("menu.csv") }

  func check(_ input: [UInt8], variant: Int) throws {
    try file.hold(input)
    let statement = Self.statements[variant]
    // It takes as long as all the rest, and seldom has anything to do with so small a file.
    if input.count % 8 == 0 {
      _ = Surveyor.guess(path: file.path, name: "menu.csv", as: statement)
    }
    let survey: Survey
    do throws(Problem) {
      survey = try Surveyor.survey(path: file.path, name: "menu.csv", as: statement)
    } catch {
      return try judge(error, input)
    }
    let whole = try table(survey.layout, block: 1 << 16)
    for block in [1, [7, 64, 4096][input.count % 3]] {
      try expectEqual(try table(survey.layout, block: block), whole, "read in blocks of \(block)")
    }
    try judge(whole, survey, isCounted: statement.lastLine == nil)
    if statement.escape == nil, statement.lastLine == nil, let line = survey.headerLine {
      try compare(whole, survey, stated: statement.encoding, from: line)
    }
  }

  private func judge(_ problem: Problem, _ input: [UInt8]) throws(Finding) {
    try expect(!problem.message.isEmpty, "a problem without a message")
    try expect(problem.category == .content, "not content: \(problem.description)")
    let lines = 1 + input.count { $0 == 0x0A || $0 == 0x0D || $0 == 0x15 || $0 == 0x25 }
    try expect((problem.place.line ?? 1) <= lines, "no such line: \(problem.description)")
  }

  /// - Parameter isCounted: whether the survey knows how many records there are; the last line may be
  ///   one of a record's.
  private func judge(_ table: Table, _ survey: Survey, isCounted: Bool) throws(Finding) {
    try expectEqual(table.end, "", "a file that was surveyed is read to its end")
    var last = survey.headerLine ?? 0
    for record in table.records {
      try expect(record.line > last, "line \(record.line) comes after line \(last)")
      last = record.line
    }
    try expect(last <= max(survey.lines, 1), "line \(last) of \(survey.lines)")
    try expect(
      !isCounted || table.records.count <= survey.records,
      "\(table.records.count) records, and \(survey.records) were surveyed")
  }

  private func table(_ layout: TableLayout, block: Int) throws -> Table {
    var table = Table()
    do throws(Problem) {
      let reader = try CSVReader(
        path: file.path, name: "menu.csv", layout: layout, blockSize: block)
      while let row = try reader.next() {
        table.records.append(
          CSVReference.Record(line: row.line, cells: (0..<row.count).map { row[$0].array }))
        if row.record != table.records.count { table.end = "record \(row.record) is out of order" }
        if let fault = reader.fault { table.faults.append(fault.description) }
      }
    } catch {
      table.end = error.description
    }
    return table
  }

  private func compare(
    _ table: Table, _ survey: Survey, stated: String?, from line: Int
  ) throws {
    var text: [UInt8] = []
    let source = try TextSource(path: file.path, name: "menu.csv", stated: stated)
    while true {
      let piece = try [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
        count = try source.read(into: buffer)
      }
      if piece.isEmpty { break }
      text += piece
    }
    guard let records = CSVReference(text, survey.dialect, from: line).records else {
      throw Finding("a quote is never closed, and the reader did not see it")
    }
    let header = records.first?.cells.map { cell in
      CleanText.cleaned(String(decoding: cell, as: UTF8.self), keeping: .nothing)
    }
    try expectEqual(survey.header, header ?? [], "the header")
    let plain = records.dropFirst().map { CSVReference.Record(line: $0.line, cells: $0.cells) }
    try expectEqual(table.records, plain, "the records")
    let broken = records.dropFirst().count { $0.brokenCell != nil }
    try expect(table.faults.count >= broken, "\(broken) broken cells and \(table.faults)")
  }
}
