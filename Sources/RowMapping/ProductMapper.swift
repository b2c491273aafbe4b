package import JSON
package import Records
import Templates

/// Takes an export record by record and gives its products to a sink.
package final class ProductMapper: RecordTaker {
  private let mapping: ProductMapping
  private let displayName: String
  private let scope: RecordScope
  private let records: RecordMapper
  private let passes: [StorePass]
  @exclusivity(unchecked) private var outcome = MappingOutcome()
  private let group = RowGroup()
  /// Whether the rows of a group are good or bad together.
  private let isGroupWhole: Bool
  /// What rows are grouped by, if they are.
  private let groupSlot: Int?
  private var seenGroups: Set<UInt64> = []
  private let walk: ElementWalk?
  package let trailingRows: TrailingRows

  /// - Parameters:
  ///   - file: the export as templates see it (`file.name`) and as the user knows it.
  ///   - header: the cells of the header line; empty for JSON.
  ///   - joined: the files that belong to the main one, in the mapping's order.
  ///   - stores: the posStoreIds of the settings.
  ///   - isLenient: whether a column that is missing is just empty, as in tests of a mapping.
  /// - Throws: every column that is missing, every store that nobody knows.
  package init(
    _ mapping: ProductMapping, file: (name: String, display: String), header: [String],
    joined: [JoinedFile] = [], stores: [String], sink: any ProductSink, isLenient: Bool = false
  ) throws(Problems) {
    self.mapping = mapping
    displayName = file.display
    let main = ColumnBinding.bind(
      mapping.plan.columns, to: header, file: file.display,
      isLenient: isLenient || mapping.file.format.kind.isJSON)
    let others = zip(joined, mapping.plan.joined).map { file, columns in
      ColumnBinding.bind(columns, to: file.header, file: file.display, isLenient: isLenient)
    }
    let problems = main.problems + others.flatMap(\.problems)
    guard problems.isEmpty else { throw Problems(problems) }
    scope = RecordScope(
      mapping.plan, file: file, binding: main.binding,
      joined: zip(others, joined).map { ($0.binding, $1.rows) })
    passes = try StorePasses(
      mapping: mapping, binding: main.binding, scope: scope, stores: stores, file: file.display,
      isLenient: isLenient
    ).passes()
    records = RecordMapper(mapping, scope: scope, stores: stores, sink: sink)
    walk = ElementWalk(mapping.plan, scope: scope)
    groupSlot = if case .grouped(let slot, _) = mapping.plan.rows { slot } else { nil }
    isGroupWhole = mapping.templates.contains(where: \.needsWholeGroup)
    trailingRows = TrailingRows(
      needed: mapping.plan.positions(readBy: mapping.templates.flatMap(\.needed), in: main.binding),
      mayBeAlone: groupSlot == nil)
  }

  /// Whether the file is refused for what was found so far; going on finds the other problems.
  package var isRefused: Bool {
    !outcome.isWhole || (outcome.problemCount > 0 && !mapping.badRows.skips)
  }

  /// Takes a row of a table.
  ///
  /// - Parameter faults: what the reader found wrong with the row itself.
  /// - Throws: only what the sink throws.
  package func take(_ row: Row, faults: [Problem] = []) throws(Problem) {
    outcome.records += 1
    if let groupSlot {
      collect(row, faults, groupSlot)
    } else {
      map(row, faults)
    }
    try records.throwIfFailed()
  }

  /// Leaves out a row at the end of the table that is no record.
  package func leaveOut(_ row: Row) {
    scope.row = row
    records.begin()
    let isWanted = passes.contains { pass in
      scope.look(through: pass)
      return records.isWanted()
    }
    if isWanted { outcome.leaveOut(row, at: scope.place) }
  }

  /// Takes an element of the outermost list of a JSON export.
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
    let before = outcome.records
    do throws(Problem) {
      try walk?.forEachRow(of: element, key: key, line: line, root: root) { mapElement(faults) }
      if let fault = faults.first, outcome.records == before { noteUnread(fault, line: line) }
    } catch {
      outcome.refuse(error.filled(from: Place(file: displayName, line: line)))
    }
    try records.throwIfFailed()
  }

  /// Takes a line of which nothing could be read, as a bad record.
  ///
  /// - Throws: only what the sink throws.
  package func take(brokenLine line: Int, _ fault: Problem) throws(Problem) {
    noteUnread(fault, line: line)
  }

  /// Ends the file.
  ///
  /// - Throws: only what the sink throws.
  package func finish() throws(Problem) -> MappingOutcome {
    if group.count > 0 { mapGroup() }
    if let walk { findMissedPaths(walk) }
    for store in records.sets.indices { close(store) }
    try records.throwIfFailed()
    return outcome
  }
}

/// Rows.
extension ProductMapper {
  private func map(_ row: Row, _ faults: [Problem], _ returned: Problem? = nil) {
    records.begin()
    scope.row = row
    records.note(faults)
    if let returned { records.note(returned: returned) }
    passes.forEachBorrowed { pass in
      scope.look(through: pass)
      if records.isWanted() { records.map(pass, startsGroup: true) }
    }
    records.end()
    if !records.faults.isEmpty { outcome.note(records.faults, of: [row]) }
  }

  private func collect(_ row: Row, _ faults: [Problem], _ slot: Int) {
    if group.count > 0, !group.continues(with: key(of: row, slot)) { mapGroup() }
    group.append(row, key: key(of: row, slot), faults: faults)
  }

  /// The text by which rows are grouped; valid until anything else is evaluated.
  private func key(of row: Row, _ slot: Int) -> Bytes {
    scope.row = row
    scope.evaluator.startAfresh()
    if case .text(let text)? = try? scope.value(of: slot) { return scope.key(text.trimmed) }
    return .empty
  }

  private func mapGroup() {
    scope.group = group
    if isGroupWhole { mapWholeGroup() } else { mapRowsOfGroup() }
    scope.group = nil
    group.removeAll()
  }

  /// The rows share what they inherit, and are good or bad each for itself.
  private func mapRowsOfGroup() {
    let returned = hasReturned()
    for index in 0..<group.count { map(group[index], group.faults[index], returned) }
  }

  private func mapWholeGroup() {
    let returned = hasReturned()
    records.begin()
    for index in 0..<group.count {
      scope.row = group[index]
      records.note(group.faults[index])
      if let returned { records.note(returned: returned) }
    }
    for pass in passes {
      scope.look(through: pass)
      let first = group.sift { index in
        scope.row = group[index]
        return records.isWanted()
      }
      for index in 0..<group.count where group.isKept[index] {
        scope.row = group[index]
        records.map(pass, startsGroup: index == first)
      }
    }
    records.end()
    if !records.faults.isEmpty {
      outcome.note(records.faults, of: (0..<group.count).map { group[$0] })
    }
  }

  /// The problem of a group that stood further up already. Rows that nobody wants may lie about
  /// as they like.
  private func hasReturned() -> Problem? {
    guard let identity = group.identity else { return nil }
    let isWanted = passes.contains { pass in
      scope.look(through: pass)
      return (0..<group.count).contains { index in
        scope.row = group[index]
        return records.isWanted()
      }
    }
    guard isWanted, !seenGroups.insert(identity).inserted else { return nil }
    return Problem(
      "group-returns", "this group of rows stood further up already, with other rows between",
      remedy: "Sort the export by the column that rows: {groupBy: …} names.")
  }
}

/// Elements.
extension ProductMapper {
  private func mapElement(_ faults: [Problem]) {
    outcome.records += 1
    records.begin()
    records.note(faults)
    for pass in passes where records.isWanted() { records.map(pass, startsGroup: true) }
    records.end()
    if !records.faults.isEmpty { outcome.note(records.faults, of: []) }
  }

  private func noteUnread(_ fault: Problem, line: Int) {
    outcome.records += 1
    walk?.countUnread(line: line)
    records.begin()
    records.note([fault])
    records.end()
    outcome.note(records.faults, of: [])
  }

  private func findMissedPaths(_ walk: ElementWalk) {
    for problem in walk.missingLists(in: displayName) { outcome.refuse(problem) }
    outcome.unmet = walk.unmet
  }
}

/// The end.
extension ProductMapper {
  private func close(_ store: Int) {
    let set = records.sets[store]
    var seen: Set<String> = []
    let repeated = records.repeated[store].filter { id in
      seen.insert(id).inserted && !Bytes.withBytes(of: id) { set.contains($0) }
    }
    let missing = records.references[store].missing(in: set)
    let unknown = missing.filter { !seen.contains($0.id) }
    if mapping.catalogue == nil {
      for child in unknown { outcome.refuse(child.problem) }
    } else {
      outcome.childrenElsewhere.append(unknown)
    }
    outcome.products.append(set.count)
    outcome.repeated.append(repeated)
    outcome.contested.append(Set(records.contested[store]).sorted())
  }
}
