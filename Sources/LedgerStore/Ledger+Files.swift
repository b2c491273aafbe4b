import GRDB
package import Records

extension Ledger {
  /// Records that a file is about to be taken, before it is renamed or copied.
  ///
  /// - Returns: the file's id.
  package func claim(_ claim: FileClaim, at now: Int64) throws(Problem) -> Int64 {
    try write { db in
      let scope = try db.newScopeId(claim.scope)
      try db.run(
        """
        INSERT INTO file (scopeId, name, mapping, recipe, workName, digest, stays,
          standsAlone, createdAt, stampedAt, size, modified, changed, inode, device)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          scope, claim.name, claim.mapping, claim.recipe, claim.workName, claim.digest,
          claim.stays, claim.standsAlone, now, now,
        ] + claim.stamp.arguments)
      return db.lastInsertedRowID
    }
  }

  /// Forgets a claim that came to nothing: the file is where it was.
  ///
  /// Earlier versions recorded what a status file says before they decided on the file. Such
  /// changes stay, without their file: the same lines, read again, are known.
  package func abandon(_ file: Int64) throws(Problem) {
    try write { db in
      try db.run(
        """
        UPDATE statusChange SET file = NULL
        WHERE file IN (SELECT id FROM file WHERE id = ? AND outcome IS NULL)
        """, [file])
      try db.run("DELETE FROM file WHERE id = ? AND outcome IS NULL", [file])
    }
  }

  /// Records what is to become of a file, before it is moved; ``placed(_:)`` follows.
  ///
  /// A file that was decided before (a held one that is approved) is decided anew.
  package func decide(_ decision: FileDecision, at now: Int64) throws(Problem) {
    try write { try $0.decide(decision, at: now, LedgerFault(path: path)) }
  }

  /// Records that a decided file is where it belongs, and its working copy gone.
  ///
  /// - Parameter isLost: whether it is gone instead.
  package func placed(_ file: Int64, isLost: Bool = false) throws(Problem) {
    try write { db in
      try db.run(
        """
        UPDATE file SET isPlaced = 1, trouble = NULL, isLost = max(isLost, ?)
        WHERE id = ? AND outcome IS NOT NULL
        """, [isLost, file])
    }
  }

  /// Records why a file cannot be brought to where it belongs; a later run tries again.
  package func setAside(_ file: Int64, because trouble: String) throws(Problem) {
    try write { db in
      try db.run("UPDATE file SET trouble = ? WHERE id = ? AND isPlaced = 0", [trouble, file])
    }
  }

  /// Files that could not be brought to where they belong, in all scopes, oldest first.
  package func filesSetAside() throws(Problem) -> [FileRecord] {
    try read { db in
      try db.files("WHERE file.isPlaced = 0 AND file.trouble IS NOT NULL ORDER BY file.id", [])
    }
  }

  /// Files that are gone although nobody should have taken them, and that no good one made up for,
  /// in all scopes, oldest first.
  package func lostFiles() throws(Problem) -> [FileRecord] {
    try read { db in
      try db.files(
        "WHERE file.isLost = 1 AND NOT EXISTS (\(Database.laterGoodFile)) ORDER BY file.id", [])
    }
  }

  /// Settles a file that is lost or went on without some of its rows, and ends the recovery of one
  /// that was set aside. One that nothing was decided on is forgotten; of any other it stays recorded
  /// what became of it.
  package func dismiss(file: Int64, at now: Int64) throws(Problem) {
    try abandon(file)
    try write { db in
      try db.run(
        """
        UPDATE file SET isPlaced = 1, trouble = NULL, isLost = 0, endedAt = coalesce(endedAt, ?),
          outcome = CASE outcome WHEN 'waiting' THEN 'superseded' ELSE outcome END
        WHERE id = ? AND (isPlaced = 0 AND trouble IS NOT NULL OR isLost = 1)
        """, [now, file])
      try db.run(
        """
        UPDATE file SET report = NULL FROM file AS seen
        WHERE seen.id = ? AND file.scopeId = seen.scopeId AND file.mapping = seen.mapping
          AND file.name = seen.name AND file.id <= seen.id
          AND file.isPlaced = 1 AND file.outcome IN ('sent', 'unchanged')
        """, [file])
    }
  }

  /// Files that somebody must go on with after a crash, oldest first: claimed and never decided,
  /// decided and not yet moved, and waiting although none of its requests is open any more.
  ///
  /// - Parameter scope: nothing for all scopes; a file is in the folder of work whoever took it.
  package func unplaced(_ scope: Scope? = nil) throws(Problem) -> [FileRecord] {
    try read { db in
      let files = try db.files(
        """
        WHERE file.isPlaced = 0 AND NOT (file.outcome IS 'waiting' AND EXISTS (
          SELECT 1 FROM requestFile JOIN request ON request.id = requestFile.request
          WHERE requestFile.file = file.id AND request.state = 'open'))
        ORDER BY file.id
        """, [])
      return files.filter { scope == nil || $0.scope == scope }
    }
  }

  /// A file by its id.
  package func file(_ id: Int64) throws(Problem) -> FileRecord? {
    try read { try $0.files("WHERE file.id = ?", [id]).first }
  }

  /// The newest file with an outcome and a name: as it was found or where it was filed, whole or
  /// its last part.
  package func newestFile(
    _ scope: Scope, _ outcome: FileOutcome, named name: String
  ) throws(Problem) -> FileRecord? {
    try read { db in
      try db.files(
        """
        WHERE file.scopeId = ?1 AND file.outcome = ?2 AND (file.name = ?3 OR file.target = ?3
          OR substr(file.name, -length(?3) - 1) = '/' || ?3
          OR substr(file.target, -length(?3) - 1) = '/' || ?3)
        ORDER BY file.id DESC LIMIT 1
        """, [try db.scopeId(scope), outcome.rawValue, name]
      ).first
    }
  }

  /// The files that were taken last, newest first.
  package func recentFiles(_ scope: Scope, limit: Int) throws(Problem) -> [FileRecord] {
    try read { db in
      try db.files(
        "WHERE file.scopeId = ? ORDER BY file.id DESC LIMIT ?", [try db.scopeId(scope), limit])
    }
  }
}

extension Database {
  /// See ``Ledger/decide(_:at:)``; for use in a larger transaction.
  func decide(_ decision: FileDecision, at now: Int64, _ fault: LedgerFault) throws {
    try run(
      """
      UPDATE file SET trouble = NULL, outcome = ?, target = ?, digest = coalesce(?, digest),
        records = ?, problemCount = ?, summary = ?, report = coalesce(?, report), endedAt = ?,
        isLost = ?, isPlaced = 0
      WHERE id = ?
      """,
      [
        decision.outcome.rawValue, decision.target, decision.digest, decision.records,
        decision.problems, decision.summary, decision.report,
        decision.outcome == .waiting ? nil : now, decision.isLost, decision.file,
      ])
    guard changesCount == 1 else { throw fault.noFile(decision.file) }
    try makeKnown(decision.file)
    try endApproval(of: decision.file)
  }

  /// Lets a file that stays be known again; what was known under its name before is history,
  /// whether or not this one stays.
  func makeKnown(_ file: Int64) throws {
    try run(
      """
      UPDATE file SET isKnown = 0 FROM file AS newer
      WHERE newer.id = ? AND file.isKnown = 1 AND file.id <> newer.id
        AND file.scopeId = newer.scopeId AND file.name = newer.name
      """, [file])
    try run("UPDATE file SET isKnown = 1 WHERE id = ? AND stays = 1 AND isKnown = 0", [file])
  }

  /// Files with their scope; `condition` is everything from WHERE on.
  func files(_ condition: String, _ arguments: StatementArguments) throws -> [FileRecord] {
    let sql = """
      SELECT file.id, environment, endpoint, clientId, account, name, mapping, recipe,
        size, modified, changed, inode, device, digest, workName, stays, standsAlone, outcome,
        target, isPlaced, records, problemCount, summary, createdAt, endedAt, trouble, report
      FROM file JOIN scope ON scope.id = file.scopeId
      """
    return try list("\(sql) \(condition)", arguments, FileRecord.init)
  }
}

extension FileRecord {
  fileprivate init(_ row: GRDB.Row) throws {
    self.init(
      id: row[0], scope: Scope(row, at: 1), name: row[5], mapping: row[6], recipe: row[7],
      stamp: FileStamp(row, at: 8), digest: row[13], workName: row[14], stays: row[15],
      standsAlone: row[16], outcome: try (row[17] as String?).map { try .named($0) },
      target: row[18], isPlaced: row[19], records: row[20], problemCount: row[21],
      summary: row[22], createdAt: row[23], endedAt: row[24], trouble: row[25],
      report: row[26])
  }
}
