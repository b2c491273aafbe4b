import GRDB
package import Records

extension Ledger {
  /// What the previous run saw of files that it did not take, by name.
  package func looks(_ scope: Scope) throws(Problem) -> [String: FileLook] {
    try read { db in
      guard let id = try db.scopeId(scope) else { return [:] }
      let looks = try db.list(
        """
        SELECT name, size, modified, changed, inode, device, digest
        FROM look WHERE scopeId = ?
        """, [id]
      ) { row -> (String, FileLook) in
        (row[0], FileLook(stamp: FileStamp(row, at: 1), digest: row[6]))
      }
      return Dictionary(looks) { first, _ in first }
    }
  }

  /// Puts what this run saw in the place of what the previous one saw; costs nothing where that
  /// is the same.
  package func saveLooks(_ scope: Scope, _ looks: [String: FileLook]) throws(Problem) {
    guard try self.looks(scope) != looks else { return }
    try write { db in
      let id = try db.newScopeId(scope)
      try db.run("DELETE FROM look WHERE scopeId = ?", [id])
      for (name, look) in looks {
        try db.run(
          """
          INSERT INTO look (scopeId, name, digest, size, modified, changed, inode, device)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """, [id, name, look.digest] + look.stamp.arguments)
      }
    }
  }
}
