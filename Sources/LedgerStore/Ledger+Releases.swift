import GRDB
package import Records

extension Ledger {
  /// What can go to the POS now, oldest first: stored, due, and for a change only when its order
  /// and every earlier change of it were released.
  ///
  /// - Parameters:
  ///   - newest: the last one to look at.
  ///   - dueAt: in milliseconds since 1970; what was put off until later is left out.
  package func openReleases(
    _ scope: Scope, upTo newest: Int64 = .max, limit: Int, dueAt: Int64
  ) throws(Problem) -> [Release] {
    try read { db in
      try db.releases(
        """
        SELECT id FROM orderRelease
        WHERE scopeId = ? AND state = 'stored' AND nextTryAt <= ? AND id <= ?
          AND (changeId IS NULL OR NOT EXISTS (
            SELECT 1 FROM orderRelease AS earlier
            WHERE earlier.orderId = orderRelease.orderId AND earlier.id < orderRelease.id
              AND earlier.state <> 'released'))
        ORDER BY id LIMIT ?
        """, [try db.scopeId(scope), dueAt, newest, limit])
    }
  }

  /// The last release that was recorded, in all scopes; 0 where there is none.
  package func newestRelease() throws(Problem) -> Int64 {
    try read { try Int64.fetchOne($0, sql: "SELECT max(id) FROM orderRelease") ?? 0 }
  }

  /// What somebody has begun and not ended, perhaps at this very moment, oldest first.
  package func releasesUnderWay(_ scope: Scope) throws(Problem) -> [Release] {
    try read { db in
      try db.releases(
        "SELECT id FROM orderRelease WHERE scopeId = ? AND state = 'releasing'",
        [try db.scopeId(scope)])
    }
  }

  /// Asks for releases with the files that were staged for them; one transaction, durable before
  /// the first file gets its final name.
  ///
  /// - Returns: what came of each, in the same order.
  package func beginReleases(_ starts: [ReleaseStart]) throws(Problem) -> [ReleaseClaim] {
    guard !starts.isEmpty else { return [] }
    return try write { db in try starts.map { try db.begin($0) } }
  }

  /// Gives a release under way another final name, because something in the outbox has the first.
  ///
  /// - Returns: lost where the release is not under way with the name `old` any more.
  package func renameRelease(
    _ release: Int64, from old: String, to new: String
  ) throws(Problem) -> ReleaseClaim {
    try write { db in
      if try db.isNameTaken(new, by: release) { return .nameTaken }
      try db.run(
        """
        UPDATE orderRelease SET name = ?1, isNamedById = \(OrderKeysSchema.isNamedById("?1"))
        WHERE id = ?2 AND state = 'releasing' AND name = ?3
        """, [new, release, old])
      return db.changesCount == 1 ? .won : .lost
    }
  }

  /// Records that the POS has been given these; who is not under way any more stays as it is.
  ///
  /// - Parameter doubtful: those of them that may have been written twice after a power cut.
  package func endReleases(
    _ releases: [Int64], at now: Int64, doubtful: Set<Int64> = []
  ) throws(Problem) {
    guard !releases.isEmpty else { return }
    try write { db in
      for release in releases {
        try db.run(
          """
          UPDATE orderRelease SET state = 'released', releasedAt = ?, isDoubtful = ?,
            reason = NULL, nextTryAt = 0
          WHERE id = ? AND state = 'releasing'
          """, [now, doubtful.contains(release), release])
        try db.run(
          """
          INSERT OR IGNORE INTO releasedFolder
            SELECT scopeId, \(OrderKeysSchema.folder) FROM orderRelease
            WHERE id = ? AND state = 'released'
          """, [release])
      }
    }
  }

  /// Records that releases could not go now, stored or under way, and why.
  ///
  /// - Parameters:
  ///   - reason: words without any value from the order; they are not purged.
  ///   - remedy: what a person can do about it, without any such value either.
  ///   - nextTryAt: in milliseconds since 1970.
  package func postponeReleases(
    _ releases: [Int64], reason: String, remedy: String = "", nextTryAt: Int64
  ) throws(Problem) {
    guard !releases.isEmpty else { return }
    try write { db in
      for release in releases {
        try db.run(
          """
          UPDATE orderRelease SET tries = tries + 1, reason = ?, remedy = ?, nextTryAt = ?
          WHERE id = ? AND state <> 'released'
          """, [reason, remedy, nextTryAt, release])
      }
    }
  }

  /// Whether any file was ever released into a folder of the outbox, or below it.
  ///
  /// - Parameter folder: relative to the outbox, without a slash at the end; empty for the outbox.
  package func hasReleased(into folder: String, _ scope: Scope) throws(Problem) -> Bool {
    // What lies below a folder comes after its name with a slash, and before its name with a zero,
    // the character that follows the slash.
    let bounds = folder.isEmpty ? ["", "\u{10FFFF}"] : [folder + "/", folder + "0"]
    return try read { db in
      try Bool.fetchOne(
        db,
        sql: """
          SELECT EXISTS (SELECT 1 FROM releasedFolder WHERE scopeId = ?1 AND folder = ?2)
            OR EXISTS (SELECT 1 FROM releasedFolder
              WHERE scopeId = ?1 AND folder >= ?3 AND folder < ?4)
          """, arguments: [try db.scopeId(scope), folder, bounds[0], bounds[1]]) ?? false
    }
  }

  /// The temporary files that somebody has begun to release, in all scopes.
  package func releaseTemporaries() throws(Problem) -> Set<String> {
    try read { db in
      try String.fetchSet(
        db, sql: "SELECT temporary FROM orderRelease WHERE state = 'releasing'")
    }
  }
}

extension Database {
  fileprivate func begin(_ start: ReleaseStart) throws -> ReleaseClaim {
    let state = try String.fetchOne(
      cachedStatement(sql: "SELECT state FROM orderRelease WHERE id = ?"),
      arguments: [start.release])
    guard state == Release.State.stored.rawValue else { return .lost }
    if try isNameTaken(start.file.name, by: start.release) { return .nameTaken }
    try run(
      """
      UPDATE orderRelease SET state = 'releasing', name = ?1, folder = ?2, temporary = ?3,
        marker = ?4, device = ?5, inode = ?6, bootId = ?7, size = ?8, digest = ?9,
        isNamedById = \(OrderKeysSchema.isNamedById("?1"))
      WHERE id = ?10
      """, start.file.arguments + [start.release])
    return .won
  }

  /// Whether a release other than this one has the name.
  fileprivate func isNameTaken(_ name: String, by release: Int64) throws -> Bool {
    let statement = try cachedStatement(
      sql: "SELECT \(OrderKeysSchema.isNameTaken("?1", release: "?2"))")
    return try Bool.fetchOne(statement, arguments: [name, release]) ?? false
  }
}
