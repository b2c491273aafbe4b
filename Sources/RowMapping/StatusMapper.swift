package import JSON
package import Records
import Templates

/// Takes the changes that a mapping makes, in their order.
package protocol ChangeSink: AnyObject {
  func append(_ change: OrderChange) throws(Problem)
}

/// Takes a status file record by record and gives its changes to a sink.
package final class StatusMapper: RecordTaker {
  private let mapping: StatusMapping
  private let displayName: String
  private let scope: RecordScope
  private let walk: ElementWalk?
  private let writer: ChangeWriter
  private let sink: any ChangeSink
  private var outcome = MappingOutcome()
  /// What the record being read makes.
  private var changes: [OrderChange] = []
  private var faults = UnitFaults()
  package let trailingRows: TrailingRows

  /// - Parameters:
  ///   - file: the file as templates see it (`file.name`) and as the user knows it.
  ///   - header: the cells of the header line; empty for JSON.
  ///   - isLenient: whether a column that is missing is just empty, as in tests of a mapping.
  /// - Throws: every column that is missing, or that several columns could be.
  package init(
    _ mapping: StatusMapping, file: (name: String, display: String), header: [String],
    sink: any ChangeSink, isLenient: Bool = false
  ) throws(Problems) {
    self.mapping = mapping
    displayName = file.display
    self.sink = sink
    let plan = mapping.plan
    let (binding, missing) = ColumnBinding.bind(
      plan.columns, to: header, file: file.display,
      isLenient: isLenient || plan.file.format.kind != .csv)
    let problems =
      missing
      + plan.names.columns.compactMap {
        binding.severalColumns($0, plan.columns, file: file.display)
      }
    guard problems.isEmpty else { throw Problems(problems) }
    scope = RecordScope(plan, file: file, binding: binding)
    walk = ElementWalk(plan, scope: scope)
    writer = ChangeWriter(mapping, scope: scope)
    trailingRows = TrailingRows(
      needed: plan.positions(readBy: [mapping.order] + mapping.change.texts, in: binding),
      mayBeAlone: false)
  }

  /// Takes a row of a table.
  ///
  /// - Parameter faults: what the reader found wrong with the row itself.
  /// - Throws: only what the sink throws.
  package func take(_ row: Row, faults: [Problem] = []) throws(Problem) {
    scope.row = row
    map(faults)
    try end([row])
  }

  /// Leaves out a row at the end of the table that is no record.
  package func leaveOut(_ row: Row) {
    scope.row = row
    if (try? mapping.plan.filter.admits(scope)) ?? true { outcome.leaveOut(row, at: scope.place) }
  }

  /// Takes an element of the outermost list of a JSON file.
  ///
  /// - Parameters:
  ///   - key: its name, where the list is an object keyed by name.
  ///   - line: where it begins.
  ///   - root: the fields beside the list.
  ///   - faults: what the reader found wrong with the element itself.
  /// - Throws: only what the sink throws.
  package func take(
    _ element: JSONValue, key: Bytes, line: Int, root: JSONValue?, faults: [Problem] = []
  ) throws(Problem) {
    var failure: Problem?
    let before = outcome.records
    do throws(Problem) {
      try walk?.forEachRow(of: element, key: key, line: line, root: root) {
        map(faults)
        do throws(Problem) { try end([]) } catch { failure = failure ?? error }
      }
    } catch {
      outcome.refuse(error.filled(from: Place(file: displayName, line: line)))
    }
    if let failure { throw failure }
    if let fault = faults.first, outcome.records == before {
      try take(brokenLine: line, fault)
    }
  }

  /// Takes a line of which nothing could be read, as a bad record.
  ///
  /// - Throws: only what the sink throws.
  package func take(brokenLine line: Int, _ fault: Problem) throws(Problem) {
    walk?.countUnread(line: line)
    outcome.records += 1
    faults.removeAll()
    faults.damage(fault.filled(from: scope.place), record: scope.place.record)
    outcome.note(faults, of: [])
  }

  /// Takes a file of which nothing is read but its name (`format: name-only`).
  ///
  /// - Throws: only what the sink throws.
  package func takeName() throws(Problem) {
    map([])
    try end([])
  }

  /// Ends the file.
  package func finish() -> MappingOutcome {
    guard let walk else { return outcome }
    for problem in walk.missingLists(in: displayName) { outcome.refuse(problem) }
    outcome.unmet = walk.unmet
    return outcome
  }

  /// Maps the record that the scope holds.
  private func map(_ damage: [Problem]) {
    outcome.records += 1
    changes.removeAll(keepingCapacity: true)
    faults.removeAll()
    for fault in damage {
      faults.damage(fault.filled(from: scope.place), record: scope.place.record)
    }
    do throws(Problem) {
      guard try mapping.plan.filter.admits(scope) else { return }
      try scope.forEach(mapping.change) { fault in
        if let fault { report(fault) }
        let (change, faults) = writer.write()
        for fault in faults { report(fault) }
        if let change { changes.append(change) }
      }
    } catch {
      report(error)
    }
  }

  /// Gives the record's changes on where nothing is wrong with it.
  private func end(_ rows: [Row]) throws(Problem) {
    guard faults.isEmpty else { return outcome.note(faults, of: rows) }
    for change in changes { try sink.append(change) }
  }

  private func report(_ problem: Problem) {
    let place = scope.place
    faults.add(problem.filled(from: place), record: place.record, atMost: Self.kept)
  }

  /// So many problems of one record are kept in words.
  private static let kept = 100
}
