import GRDB
package import Records

extension Ledger {
  /// What D-Store accepted last for a store; nothing where it never did.
  package func accepted(_ scope: Scope, store: String) throws(Problem) -> AcceptedSync? {
    try accepted(scope)[store]
  }

  /// What D-Store accepted last, by store.
  package func accepted(_ scope: Scope) throws(Problem) -> [String: AcceptedSync] {
    try read { db in
      guard let id = try db.scopeId(scope) else { return [:] }
      let syncs = try db.list(
        """
        SELECT store, requestId, catalogue, payloadPath, productsDigest, recipe, sourceDigest,
          productCount, acceptedAt, isKnown
        FROM accepted WHERE scopeId = ?
        """, [id]
      ) { row in
        AcceptedSync(
          scope: scope, store: row[0], requestId: row[1], catalogue: row[2], payloadPath: row[3],
          productsDigest: row[4], recipe: row[5], sourceDigest: row[6], productCount: row[7],
          acceptedAt: row[8], isKnown: row[9])
      }
      return Dictionary(syncs.map { ($0.store, $0) }) { first, _ in first }
    }
  }
}
