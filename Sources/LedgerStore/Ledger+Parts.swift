import GRDB
package import Records

extension Ledger {
  /// What makes a store's catalogue, ordered by mapping.
  package func parts(_ scope: Scope, store: String) throws(Problem) -> [Part] {
    try read { try $0.parts(scope, store: store) }
  }

  /// Records parts of which D-Store has everything already: they take the place of their mappings'
  /// previous ones.
  ///
  /// - Returns: paths that the ledger refers to no more, to be deleted.
  package func keep(_ parts: [Part]) throws(Problem) -> [String] {
    try write { db in
      var paths: Set<String> = []
      for part in parts {
        let earlier = try db.parts(part.scope, store: part.store)
        paths.formUnion(earlier.filter { $0.mapping == part.mapping }.map(\.path))
        try db.setPart(part)
      }
      return try db.unused(paths)
    }
  }
}

extension Database {
  fileprivate func setPart(_ part: Part) throws {
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

  /// Keeps a part until the request that it belongs to is decided.
  func setOpenPart(_ part: Part, of request: Int64) throws {
    try run(
      """
      INSERT INTO openPart (request, scopeId, store, mapping, recipe, path, digest, file, updatedAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        request, try newScopeId(part.scope), part.store, part.mapping, part.recipe, part.path,
        part.digest, part.file, part.updatedAt,
      ])
  }

  /// Ends the wait of a request's part: it takes the place of the mapping's previous one, or goes.
  func endOpenPart(of request: Int64, isAccepted: Bool) throws {
    if isAccepted {
      try run(
        """
        INSERT OR REPLACE INTO part (scopeId, store, mapping, recipe, path, digest, file, updatedAt)
        SELECT scopeId, store, mapping, recipe, path, digest, file, updatedAt
        FROM openPart WHERE request = ?
        """, [request])
    }
    try run("DELETE FROM openPart WHERE request = ?", [request])
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
