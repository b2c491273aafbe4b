import GRDB
package import Records

extension Ledger {
  /// Records that a person lets a file's very content go, whatever a guard says. It holds until the
  /// content is decided on, in whatever run that is.
  ///
  /// - Parameter digest: of the file's content, SHA-256 in hex.
  package func approve(_ scope: Scope, digest: String, at now: Int64) throws(Problem) {
    try write { db in
      try db.run(
        "INSERT OR REPLACE INTO approval (scopeId, digest, at) VALUES (?, ?, ?)",
        [try db.newScopeId(scope), digest, now])
    }
  }

  /// Whether a person let this content go.
  package func isApproved(_ scope: Scope, digest: String) throws(Problem) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM approval WHERE scopeId = ? AND digest = ?)",
        arguments: [try db.scopeId(scope), digest]) ?? false
    }
  }
}

extension Database {
  /// Ends the approval of a file's content, which is decided on now.
  func endApproval(of file: Int64) throws {
    try run(
      """
      DELETE FROM approval WHERE (scopeId, digest) IN (SELECT scopeId, digest FROM file WHERE id = ?)
      """, [file])
  }
}
