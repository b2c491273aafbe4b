import GRDB
package import Records

extension Ledger {
  /// How many transactions one call takes at most, of ``PrunedTable/rowsAtOnce`` rows each.
  private static let stepsAtOnce = 40

  /// Deletes what nobody needs any more of the time before a moment: the rows of files, requests and
  /// their attempts, notifications, changes that the POS said, flags, and releases.
  ///
  /// What is open, waits or needs attention stays, whatever its age; so do an order's id, digest and
  /// answer, its steps and values, the lines seen of it, and what tells a refund. In a large ledger
  /// one call prunes only a part of it, and the next one goes on there, so that no run is long and
  /// orders that come meanwhile need not wait.
  ///
  /// - Parameters:
  ///   - before: in milliseconds since 1970.
  ///   - now: in milliseconds since 1970.
  ///   - isInInbox: whether the inbox holds a file of this name; what it holds stays known.
  /// - Returns: how many rows were deleted, and what hangs on them.
  @discardableResult
  package func prune(
    before: Int64, at now: Int64, isInInbox: (String) -> Bool
  ) throws(Problem) -> Int {
    var deleted = 0
    var left = Self.stepsAtOnce
    for table in PrunedTable.all {
      while left > 0, try isPruningDue(table, before: before, at: now) {
        left -= 1
        deleted += try write { try $0.prune(table, before: before, at: now, isInInbox) }
      }
    }
    return deleted
  }

  private func isPruningDue(
    _ table: PrunedTable, before: Int64, at now: Int64
  ) throws(Problem) -> Bool {
    try read { db in
      let pruning = try db.pruning(of: table)
      return try db.lastOld(table, after: pruning.position, before: before) != nil
        || pruning.isStale(at: now)
    }
  }
}

/// How far a table was looked through.
private struct Pruning {
  /// The last row that was looked at.
  let position: Int64
  /// When this pass through the table began, in milliseconds since 1970.
  let begunAt: Int64

  private static let day: Int64 = 86_400_000

  /// Whether it is time for another pass: what was kept, because it was open, may have ended.
  func isStale(at now: Int64) -> Bool {
    position > 0 && !(begunAt...(begunAt + Self.day)).contains(now)
  }
}

extension Database {
  fileprivate func pruning(of table: PrunedTable) throws -> Pruning {
    try list("SELECT position, begunAt FROM pruning WHERE name = ?", [table.name]) {
      Pruning(position: $0[0], begunAt: $0[1])
    }.first ?? Pruning(position: 0, begunAt: 0)
  }

  /// The last old one of the rows that are looked at next; `nil` where none of them is old.
  fileprivate func lastOld(
    _ table: PrunedTable, after position: Int64, before: Int64
  ) throws -> Int64? {
    try Int64.fetchOne(
      cachedStatement(
        sql: """
          SELECT max(id) FROM (
            SELECT id, \(table.time) AS time FROM \(table.name) WHERE id > ? ORDER BY id LIMIT ?)
          WHERE time < ?
          """), arguments: [position, PrunedTable.rowsAtOnce, before])
  }

  fileprivate func prune(
    _ table: PrunedTable, before: Int64, at now: Int64, _ isInInbox: (String) -> Bool
  ) throws -> Int {
    let pruning = try pruning(of: table)
    guard let last = try lastOld(table, after: pruning.position, before: before) else {
      try note(Pruning(position: 0, begunAt: now), of: table)
      return 0
    }
    let rows = try list(
      """
      SELECT id, \(table.inboxName) FROM \(table.name) AS pruned
      WHERE id > ? AND id <= ? AND \(table.time) < ? AND \(table.condition)
      """, [pruning.position, last, before]
    ) { (id: $0[0] as Int64, inboxName: $0[1] as String?) }
    let needless = rows.filter { !($0.inboxName.map(isInInbox) ?? false) }
    for row in needless { try run("DELETE FROM \(table.name) WHERE id = ?", [row.id]) }
    let begunAt = pruning.position == 0 ? now : pruning.begunAt
    try note(Pruning(position: last, begunAt: begunAt), of: table)
    return needless.count
  }

  private func note(_ pruning: Pruning, of table: PrunedTable) throws {
    try run(
      "INSERT OR REPLACE INTO pruning (name, position, begunAt) VALUES (?, ?, ?)",
      [table.name, pruning.position, pruning.begunAt])
  }
}
