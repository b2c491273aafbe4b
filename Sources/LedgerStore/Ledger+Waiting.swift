import GRDB
package import Records

extension Ledger {
  /// The files that the last run left in the inbox, by name.
  package func waitingFiles(_ scope: Scope) throws(Problem) -> [WaitingFile] {
    try read { try $0.waitingFiles(scope) }
  }

  /// Puts the files that this run left in the inbox in the place of those that the one before left.
  /// One that waits on keeps the moment when it began to wait.
  ///
  /// - Returns: the same files, with that moment and the number of runs.
  package func noteWaiting(
    _ files: [WaitingFile], _ scope: Scope, at now: Int64
  ) throws(Problem) -> [WaitingFile] {
    if files.isEmpty, try waitingFiles(scope).isEmpty { return [] }
    return try write { db in
      let earlier = try db.waitingFiles(scope)
      let id = try db.newScopeId(scope)
      try db.run("DELETE FROM waitingFile WHERE scopeId = ?", [id])
      return try files.map { file in
        let before = earlier.first { $0.name == file.name }
        var file = file
        file.since = before?.since ?? now
        file.runs = (before?.runs ?? 0) + 1
        try db.run(
          """
          INSERT OR REPLACE INTO waitingFile
            (scopeId, name, mapping, reason, code, message, remedy, since, runs)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
          [
            id, file.name, file.mapping, file.reason, file.trouble?.code, file.trouble?.message,
            file.trouble?.remedy, file.since, file.runs,
          ])
        return file
      }
    }
  }
}

extension Database {
  fileprivate func waitingFiles(_ scope: Scope) throws -> [WaitingFile] {
    try list(
      """
      SELECT name, mapping, reason, code, message, remedy, since, runs FROM waitingFile
      WHERE scopeId = ? ORDER BY name
      """, [try scopeId(scope)]
    ) { row in
      let (name, code): (String, String?) = (row[0], row[3])
      return WaitingFile(
        name: name, mapping: row[1], reason: row[2],
        trouble: code.map {
          Problem($0, at: Place(file: "Inbox/\(name)"), row[4], remedy: row[5])
        }, since: row[6], runs: row[7])
    }
  }
}
