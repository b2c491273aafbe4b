import Records

extension MappingOutcome {
  /// Takes what is wrong with a unit.
  ///
  /// - Parameter rows: the unit's; none for an element.
  mutating func note(_ faults: UnitFaults, of rows: [Row]) {
    badRecords += faults.records.count
    problemCount += faults.count
    let room = Self.kept - problems.count
    guard room > 0 else { return }
    problems += faults.problems.prefix(room)
    guard !rows.isEmpty else {
      return badRows.append(BadRow(cells: [], problems: faults.problems))
    }
    for row in rows where faults.records.contains(row.record) {
      let problems = faults.problems.filter { $0.place.record == row.record }
      if problems.isEmpty { continue }
      let cells = (0..<row.count).map { row[$0].array }
      badRows.append(BadRow(cells: cells, problems: problems))
    }
  }

  /// Takes a row at the end of a table that is no record.
  mutating func leaveOut(_ row: Row, at place: Place) {
    guard leftOut.count < Self.kept else { return }
    let cells = (0..<row.count).map { row[$0].trimmed.text }
    let first = cells.first { !$0.isEmpty } ?? ""
    leftOut.append(
      Problem(
        "trailing-row", at: Place(file: place.file, line: place.line),
        value: cells.joined(separator: " | "), "this line is no record and was left out",
        remedy:
          "Say so in the mapping: lastLine: \(Problem.shown(first + "*")) where it is always the "
          + "last line, or leave such rows out with unless:."))
  }

  /// Takes what makes the file one that cannot be sent, whatever becomes of bad rows.
  mutating func refuse(_ problem: Problem) {
    isWhole = false
    problemCount += 1
    if problems.count < Self.kept { problems.append(problem) }
  }
}
