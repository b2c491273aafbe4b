import GRDB
package import Records

extension Ledger {
  /// Purges customers' data: the bodies of what came before a moment and is released.
  ///
  /// An order waits for all of its releases, its changes' included. Ids, digests, statuses, flags
  /// and the names of files stay, so that the same request gets the same answer forever. Nothing
  /// of a purged body stays in the database's file or its log, unless another process reads them
  /// all the while; then the next purge sees to it.
  ///
  /// It takes many short transactions, so that orders that come meanwhile need not wait.
  /// - Parameters:
  ///   - before: in milliseconds since 1970.
  ///   - now: in milliseconds since 1970.
  /// - Returns: the files that are still to be removed; ``removed(_:)`` ends that.
  package func purge(
    _ scope: Scope, before: Int64, at now: Int64
  ) throws(Problem) -> [PurgedFile] {
    while try write({ try $0.purgeSome(scope, before: before, at: now) }) {}
    let traces = try read { try $0.traces() }
    if traces > 0 {
      while try write({ try $0.deleteBlanks() }) {}
      try erase(traces)
    }
    return try filesToRemove(scope)
  }

  /// The files of purged orders that are still to be removed.
  package func filesToRemove(_ scope: Scope) throws(Problem) -> [PurgedFile] {
    try read { try $0.filesToRemove(scope) }
  }

  /// Records that people are told of files from now on, unless they were before.
  ///
  /// - Parameter releases: the files' ids.
  package func named(_ releases: [Int64], at now: Int64) throws(Problem) {
    guard !releases.isEmpty else { return }
    try write { db in
      for release in releases {
        try db.run(
          "UPDATE orderRelease SET namedAt = ? WHERE id = ? AND namedAt IS NULL", [now, release])
      }
    }
  }

  /// Records that files of purged orders are gone from the outbox.
  ///
  /// - Parameter releases: their ids.
  package func removed(_ releases: [Int64]) throws(Problem) {
    guard !releases.isEmpty else { return }
    try write { db in
      for release in releases {
        try db.run("UPDATE orderRelease SET mustRemove = 0 WHERE id = ?", [release])
      }
    }
  }

  /// Empties the log, whose older pages still hold what was purged. Nobody can write meanwhile, so
  /// it does not wait for a long reader.
  ///
  /// - Parameter traces: how many there were before; another process may have left one since.
  private func erase(_ traces: Int) throws(Problem) {
    do {
      let isBusy = try queue.writeWithoutTransaction { db in
        let patience = try Int.fetchOne(db, sql: "PRAGMA busy_timeout") ?? 0
        try db.execute(sql: "PRAGMA busy_timeout = \(min(patience, Self.logPatience))")
        defer { try? db.execute(sql: "PRAGMA busy_timeout = \(patience)") }
        return try Bool.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)") ?? true
      }
      if isBusy { return }
    } catch {
      throw LedgerFault(path: path).problem(error)
    }
    try write { try $0.run("UPDATE upkeep SET traces = 0 WHERE traces = ?", [traces]) }
  }

  /// How long readers of the log are waited for, in milliseconds.
  private static let logPatience = 200
}

extension Database {
  /// How many orders, and how many changes, one transaction purges.
  private static let purgedAtOnce = 100

  /// How many blank rows one transaction deletes.
  private static let deletedAtOnce = 2000

  /// How many rows behind the oldest body blank rows are left alone. Where rows are deleted SQLite
  /// moves their neighbours, and leaves copies behind: the neighbours must be blank. Three pages
  /// are touched at most, and 1,000 rows fill more than that.
  private static let blankMargin = 1000

  /// - Returns: whether there may be more.
  fileprivate func purgeSome(_ scope: Scope, before: Int64, at now: Int64) throws -> Bool {
    guard let scope = try scopeId(scope) else { return false }
    let orders = try purgeable(
      """
      SELECT id, bodyId FROM heldOrder
      WHERE scopeId = ? AND receivedAt < ? AND bodyId IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM orderRelease WHERE orderId = heldOrder.id AND state <> 'released')
      LIMIT ?
      """, scope, before)
    let changes = try purgeable(
      """
      SELECT id, bodyId FROM heldChange
      WHERE scopeId = ? AND receivedAt < ? AND bodyId IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM orderRelease
        WHERE orderId = heldChange.orderId AND changeId = heldChange.id AND state <> 'released')
      LIMIT ?
      """, scope, before)
    for order in orders { try purge(order: order.id, body: order.body, at: now) }
    for change in changes { try purge(change: change.id, body: change.body) }
    if orders.isEmpty && changes.isEmpty { return false }
    try run("UPDATE upkeep SET traces = traces + 1", [])
    return max(orders.count, changes.count) == Self.purgedAtOnce
  }

  private func purgeable(
    _ sql: String, _ scope: Int64, _ before: Int64
  ) throws -> [(id: Int64, body: Int64)] {
    try list(sql, [scope, before, Self.purgedAtOnce]) { (id: $0[0], body: $0[1]) }
  }

  private func purge(order: Int64, body: Int64, at now: Int64) throws {
    try blank(body)
    try run("UPDATE heldOrder SET bodyId = NULL, purgedAt = ? WHERE id = ?", [now, order])
    try run(
      """
      UPDATE orderRelease SET mustRemove = 1
      WHERE orderId = ? AND changeId IS NULL AND name IS NOT NULL
      """, [order])
  }

  private func purge(change: Int64, body: Int64) throws {
    try blank(body)
    try run("UPDATE heldChange SET bodyId = NULL WHERE id = ?", [change])
    try run(
      """
      UPDATE orderRelease SET mustRemove = 1
      WHERE orderId = (SELECT orderId FROM heldChange WHERE id = ?1) AND changeId = ?1
        AND name IS NOT NULL
      """, [change])
  }

  /// Writes zeros over a body. A row that keeps its length is overwritten where it lies, and the
  /// row stays: deleting it would move its neighbours.
  private func blank(_ body: Int64) throws {
    try run(
      "UPDATE orderBody SET isBlank = 1, bytes = zeroblob(length(bytes)) WHERE id = ?", [body])
  }

  /// Gives back the space of some rows that are blank, and whose neighbours are.
  ///
  /// - Returns: whether there may be more.
  fileprivate func deleteBlanks() throws -> Bool {
    let oldest = try Int64.fetchOne(
      self, sql: "SELECT id FROM orderBody WHERE isBlank = 0 ORDER BY id LIMIT 1")
    let end = try oldest ?? Int64.fetchOne(self, sql: "SELECT max(id) FROM orderBody") ?? 0
    try run(
      """
      DELETE FROM orderBody WHERE id IN (
        SELECT id FROM orderBody WHERE id < ? ORDER BY id LIMIT ?)
      """, [end - Int64(Self.blankMargin), Self.deletedAtOnce])
    return changesCount == Self.deletedAtOnce
  }

  /// How many transactions have purged since the log was emptied.
  fileprivate func traces() throws -> Int {
    try Int.fetchOne(self, sql: "SELECT traces FROM upkeep") ?? 0
  }

  fileprivate func filesToRemove(_ scope: Scope) throws -> [PurgedFile] {
    try list(
      """
      SELECT id, name, marker, temporary, size, digest, namedAt FROM orderRelease
      WHERE scopeId = ? AND mustRemove = 1 ORDER BY id
      """, [try scopeId(scope)]
    ) { row in
      PurgedFile(
        release: row[0], name: row[1], marker: row[2], temporary: row[3], size: row[4],
        digest: row[5], namedAt: row[6])
    }
  }
}
