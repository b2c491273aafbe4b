import GRDB
package import Records

/// Which mappings have made files of orders, so that one that is gone is noticed.
extension Ledger {
  package func usedMappings(_ scope: Scope) throws(Problem) -> Set<UsedMapping> {
    try read { db in
      Set(
        try db.list(
          """
          SELECT account, store, kind, name, approvedAt IS NOT NULL FROM orderMapping
          WHERE scopeId = ?
          """,
          [try db.scopeId(scope)]
        ) { row in
          let (account, store): (String, String) = (row[0], row[1])
          return UsedMapping(
            account: account.isEmpty ? nil : account, store: store.isEmpty ? nil : store,
            kind: row[2], name: row[3], isGivenUp: row[4])
        })
    }
  }

  /// Records mappings that are there and used, from now on.
  ///
  /// - Parameter now: in milliseconds since 1970.
  package func note(
    _ mappings: some Collection<UsedMapping> & Sendable, _ scope: Scope, at now: Int64
  ) throws(Problem) {
    if mappings.isEmpty { return }
    try write { db in
      let id = try db.newScopeId(scope)
      for mapping in mappings {
        try db.run(
          """
          INSERT OR REPLACE INTO orderMapping (scopeId, account, store, kind, name, usedAt)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
          [id, mapping.account ?? "", mapping.store ?? "", mapping.kind, mapping.name, now])
      }
    }
  }

  /// Records that a person says that a mapping is not to come back, and forgets its last version.
  ///
  /// - Parameter now: in milliseconds since 1970.
  /// - Returns: whether a mapping of this name is known.
  package func giveUp(mapping name: String, _ scope: Scope, at now: Int64) throws(Problem) -> Bool {
    try write { db in
      let id = try db.scopeId(scope)
      try db.forget(mapping: name, id)
      try db.run(
        "UPDATE orderMapping SET approvedAt = ? WHERE scopeId = ? AND name = ?", [now, id, name])
      return db.changesCount > 0
    }
  }
}
