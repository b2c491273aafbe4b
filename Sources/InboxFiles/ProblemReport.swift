import DurableFiles
package import Records

/// What is put beside a rejected file: why it was refused, for the person who fixes it.
///
/// `NAME.problem.txt` always tells all of it in sentences, equal problems once with their true
/// number. `NAME.problems.csv` is there as well where single rows are bad (``RejectedRows``).
package struct ProblemReport {
  static let textEnding = ".problem.txt"
  static let tableEnding = ".problems.csv"
  /// How much longer than the file's name a report's name is, in bytes.
  static let longestEnding = tableEnding.utf8.count

  /// What happened to which file, a sentence.
  package var headline: String
  package var problems: ProblemGroups
  package var rows: RejectedRows?
  /// What to do next, a sentence.
  package var next: String

  package init(
    headline: String, problems: ProblemGroups, rows: RejectedRows? = nil, next: String
  ) {
    self.headline = headline
    self.problems = problems
    self.rows = rows
    self.next = next
  }

  /// The text of `NAME.problem.txt`.
  ///
  /// - Parameter table: the name of the table of bad rows.
  func text(table: String) -> String {
    var lines = [headline, ""]
    if problems.total != 1 { lines += ["\(problems.total) problems:", ""] }
    lines += problems.groups.map { "- \($0.description)" }
    if problems.ungrouped > 0 { lines.append("- and \(problems.ungrouped) more of other kinds.") }
    lines.append("")
    if let rows, rows.count > 0 { lines += [Self.sentence(rows, table), ""] }
    lines.append(next)
    return lines.map { ShownText.line($0) + "\n" }.joined()
  }

  private static func sentence(_ rows: RejectedRows, _ table: String) -> String {
    let which =
      rows.shown == rows.count
      ? "All \(rows.count) bad rows" : "The first \(rows.shown) of \(rows.count) bad rows"
    return "\(rows.count == 1 ? "The bad row" : which): \(table)"
  }
}

extension Inbox {
  /// Writes the report beside a file, in place of an earlier one.
  ///
  /// - Parameter name: the file, relative to the inbox, such as `rejected/menu.csv`.
  /// - Returns: the report's name, relative to the inbox.
  @discardableResult
  package func write(_ report: ProblemReport, beside name: String) throws(Problem) -> String {
    let table = reportPath(beside: name, ending: ProblemReport.tableEnding)
    let text = reportPath(beside: name, ending: ProblemReport.textEnding)
    try DurableFile.makeFolder(table.folder)
    if let rows = report.rows, rows.count > 0 {
      try DurableFile.write(rows.bytes, to: table, replacing: true)
    } else {
      try explained { () throws(FileFault) in try DurableFile.remove(table) }
    }
    try Bytes.withBytes(of: report.text(table: table.name)) { (bytes) throws(Problem) in
      try DurableFile.write(bytes, to: text, replacing: true)
    }
    return "\(FilePath.split(name).folder)/\(text.name)"
  }

  /// The first problems of a report that was written; none where it cannot be read.
  ///
  /// - Parameter name: the report's, relative to the inbox.
  package func problems(inReport name: String, limit: Int) -> [String] {
    guard let file = try? OpenFile(reading: path(of: name)) else { return [] }
    var lines: [String] = []
    try? file.read { block in
      guard lines.isEmpty else { return }
      lines = block.text.split(separator: "\n").filter { $0.hasPrefix("- ") }.prefix(limit)
        .map { String($0.dropFirst(2)) }
    }
    return lines
  }

  /// Removes the reports beside a file that is taken up again; missing ones are no fault.
  package func removeReports(beside name: String) throws(Problem) {
    try explained { () throws(FileFault) in
      for ending in [ProblemReport.tableEnding, ProblemReport.textEnding] {
        try DurableFile.remove(reportPath(beside: name, ending: ending))
      }
    }
  }

  private func reportPath(beside name: String, ending: String) -> FilePath {
    let file = path(of: name)
    let room = FileName.limit - ProblemReport.longestEnding
    return file.folder.appending(FileName.shortened(file.name[...], to: room) + ending)
  }
}
