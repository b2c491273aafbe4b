import Records

/// A whole file, or its beginning, read once with one kind of quotes.
struct Reading {
  let vote: DelimiterVote
  private let pass: TextPass
  private let trial: DialectTrial
  private let header: HeaderLine?
  private let name: String
  private let escape: UInt8?

  init(
    _ path: String, _ name: String, _ statement: FormatStatement, headOnly: Bool = false
  ) throws(Problem) {
    let pass = try TextPass(
      path: path, name: name, stated: statement.encoding, escape: statement.escape,
      quote: statement.quote, keepsTail: statement.lastLine != nil)
    if Self.looksLikeJSON(pass.head) { throw CSVFault.json(file: name) }
    var statement = statement
    if let separator = Self.separatorLine(pass.head) {
      statement.delimiter = statement.delimiter ?? separator
      if statement.skipLines == nil { try pass.skip(lines: 1) }
    }
    try pass.skip(lines: statement.skipLines ?? 0)
    escape = statement.escape
    var vote = DelimiterVote(statement, from: pass.begin)
    try pass.run(headOnly: headOnly) { vote.take($0) }
    (trial, header) = vote.winner(HeaderSearch(pass, statement))
    self.vote = vote
    self.pass = pass
    self.name = name
  }

  /// Whether this reading, which takes another quote, is better: its quotes close as they should,
  /// and they stand in many records or make their widths more equal.
  ///
  /// That the other reading ends inside of quotes is hardly a reason for this one: a file that is
  /// cut off there would seem to have other quotes, or none. Then every record must have some.
  func isMoreConvincing(than other: Reading) -> Bool {
    let (cells, records) = (trial.quotedCells, trial.records)
    if trial.isInside { return false }
    if other.trial.isInside {
      return trial.cleanCells == cells && cells >= records && cells > 4 * other.trial.cleanCells
    }
    let isFrequent = cells * 2 >= records
    return trial.cleanCells * 10 >= cells * 9
      && (isFrequent || trial.mode.share > other.trial.mode.share)
  }

  /// - Throws: whatever makes the file as a whole unusable.
  func survey(_ statement: FormatStatement) throws(Problem) -> Survey {
    let text = try pass.finish()
    if trial.isInside { throw CSVFault.unclosedQuote(file: name, line: trial.openedLine) }
    let end = try statement.lastLine.map { wanted throws(Problem) in try checkLastLine(wanted) }
    guard let header else {
      throw pass.headIsWhole ? TextPass.empty(name, isBlank: true) : CSVFault.noHeader(file: name)
    }
    let others = header.recordsAbove + (header.line == nil ? 0 : 1) + (end == nil ? 0 : 1)
    return Survey(
      text: text, layout: layout(header, end: end), records: max(0, trial.records - others))
  }

  /// The layout that the file has if the rest of it is like its beginning.
  ///
  /// - Returns: nothing where there is no rest, or it has to be seen.
  func guess() -> TableLayout? {
    guard let header, !pass.headIsWhole, !vote.suspectsApostrophes else { return nil }
    return layout(header, end: nil)
  }

  private func layout(_ header: HeaderLine, end: Int?) -> TableLayout {
    TableLayout(
      encoding: pass.encoding, dialect: trial.dialect, escape: escape, headerLine: header.line,
      header: header.cells, holdsBrokenCharacters: pass.holdsBrokenCharacters,
      bodyOffset: header.bodyOffset, bodyLine: header.bodyLine, bodyEnd: end)
  }

  /// - Returns: where the last line begins in the text.
  private func checkLastLine(_ wanted: String) throws(Problem) -> Int {
    let last = pass.lastLine
    if let last, Wildcard(wanted, ignoringCase: true).matches(last.text) { return last.offset }
    throw Problem(
      "last-line", at: Place(file: name), value: last?.text,
      "the last line is not \(Problem.shown(wanted)), as the mapping says it must be",
      remedy: "The file is probably not whole: export it again, or correct `lastLine`.")
  }

  /// The delimiter that a first line such as `sep=;` states, which spreadsheets write and read.
  private static func separatorLine(_ head: [UInt8]) -> UInt8? {
    let line = head.prefix(10).prefix { $0 != 0x0A && $0 != 0x0D }.filter { $0 != 0x22 }
    guard line.count == 5, line.count < head.count,
      line[..<4].map({ $0 | 0x20 }).elementsEqual("sep=".utf8.map { $0 | 0x20 })
    else { return nil }
    return line[4]
  }

  private static func looksLikeJSON(_ head: [UInt8]) -> Bool {
    let first = head.lazy.filter { !$0.isSpace }.prefix(2).map { Character(Unicode.Scalar($0)) }
    return ["{\"", "{}", "[{", "[[", "[]"].contains(String(Array(first)))
  }
}
