import GRDB
package import Records

extension Ledger {
  /// Puts a mapping's part of a store's catalogue in the place of its previous one.
  ///
  /// - Returns: the path of the previous one, if the ledger refers to it no more.
  @discardableResult
  package func setPart(_ part: Part) throws(Problem) -> [String] {
    try write { db in
      let previous = try db.parts(part.scope, store: part.store)
        .filter { $0.mapping == part.mapping }
      try db.setPart(part)
      return try db.unused(Set(previous.map(\.path)))
    }
  }

  /// Takes a mapping's part out of a store's catalogue.
  ///
  /// - Returns: its path, if the ledger refers to it no more.
  @discardableResult
  package func removePart(
    _ scope: Scope, store: String, mapping: String
  ) throws(Problem) -> [String] {
    try write { db in
      let previous = try db.parts(scope, store: store).filter { $0.mapping == mapping }
      try db.run(
        "DELETE FROM part WHERE scopeId = ? AND store = ? AND mapping = ?",
        [try db.scopeId(scope), store, mapping])
      return try db.unused(Set(previous.map(\.path)))
    }
  }

  /// What makes a store's catalogue, ordered by mapping.
  package func parts(_ scope: Scope, store: String) throws(Problem) -> [Part] {
    try read { try $0.parts(scope, store: store) }
  }
}

extension Database {
  /// See ``Ledger/setPart(_:)``; for use in a larger transaction.
  func setPart(_ part: Part) throws {
    try run(
      """
      INSERT OR REPLACE INTO part (scopeId, store, mapping, recipe, path, digest, file, updatedAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        try newScopeId(part.scope), part.store, part.mapping, part.recipe, part.path, part.digest,
        part.file, part.updatedAt,
      ])
  }

  fileprivate func parts(_ scope: Scope, store: String) throws -> [Part] {
    try list(
      """
      SELECT mapping, recipe, path, digest, file, updatedAt
      FROM part WHERE scopeId = ? AND store = ? ORDER BY mapping
      """, [try scopeId(scope), store]
    ) { row in
      Part(
        scope: scope, store: store, mapping: row[0], recipe: row[1], path: row[2], digest: row[3],
        file: row[4], updatedAt: row[5])
    }
  }
}
