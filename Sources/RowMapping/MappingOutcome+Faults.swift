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

  /// Takes what makes the file one that cannot be sent, whatever becomes of bad rows.
  mutating func refuse(_ problem: Problem) {
    isWhole = false
    problemCount += 1
    if problems.count < Self.kept { problems.append(problem) }
  }
}
