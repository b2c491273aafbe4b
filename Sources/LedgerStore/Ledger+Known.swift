import GRDB
package import Records

extension Ledger {
  /// Those of the files that stay in the inbox, by name, as they were taken last: what has an equal
  /// stamp need not be read.
  package func known(
    _ scope: Scope, _ names: some Sequence<String>
  ) throws(Problem) -> [String: KnownFile] {
    try read { db in
      guard let id = try db.scopeId(scope) else { return [:] }
      var known: [String: KnownFile] = [:]
      let sql = """
        SELECT id, mapping, recipe, size, modified, changed, inode, device, digest, outcome,
          stampedAt
        FROM file WHERE scopeId = ? AND name = ? AND isKnown = 1
        """
      for name in names { known[name] = try db.list(sql, [id, name], KnownFile.init).first }
      return known
    }
  }

  /// The names of all files that stay in the inbox, as far as the ledger knows.
  package func knownNames(_ scope: Scope) throws(Problem) -> [String] {
    try read { db in
      guard let id = try db.scopeId(scope) else { return [] }
      return try db.list(
        "SELECT name FROM file WHERE scopeId = ? AND isKnown = 1 ORDER BY name", [id]
      ) { $0[0] }
    }
  }

  /// Records stamps of files whose content proved to be the same.
  ///
  /// - Parameter stamps: by the file's id.
  package func refresh(_ stamps: [Int64: FileStamp], at now: Int64) throws(Problem) {
    guard !stamps.isEmpty else { return }
    try write { db in
      for (file, stamp) in stamps {
        try db.run(
          """
          UPDATE file SET size = ?, modified = ?, changed = ?, inode = ?, device = ?, stampedAt = ?
          WHERE id = ?
          """, stamp.arguments + [now, file])
      }
    }
  }

  /// Forgets files that are in the inbox no more; what became of them stays recorded.
  package func forget(_ scope: Scope, names: [String]) throws(Problem) {
    guard !names.isEmpty else { return }
    try write { db in
      guard let id = try db.scopeId(scope) else { return }
      for name in names {
        try db.run(
          "UPDATE file SET isKnown = 0 WHERE scopeId = ? AND name = ? AND isKnown = 1", [id, name])
      }
    }
  }
}

extension KnownFile {
  fileprivate init(_ row: GRDB.Row) throws {
    self.init(
      id: row[0], mapping: row[1], recipe: row[2], stamp: FileStamp(row, at: 3), digest: row[8],
      outcome: try .named(row[9]), recordedAt: row[10])
  }
}
