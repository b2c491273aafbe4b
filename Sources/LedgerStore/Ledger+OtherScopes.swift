import GRDB
package import Records

extension Ledger {
  /// Requests that are not decided and belong to none of these scopes, oldest first.
  package func openRequests(outside scopes: [Scope]) throws(Problem) -> [SyncRequest] {
    try read { db in
      try db.requests("WHERE request.state = 'open' ORDER BY request.id", [])
        .filter { !scopes.contains($0.scope) }
    }
  }

  /// What waits for the POS or for D-Store, or is on its way there, and belongs to another scope.
  package func leftBehind(outside scope: Scope) throws(Problem) -> [LeftBehind] {
    try read { db in
      try db.list(
        """
        SELECT environment, endpoint, clientId, account, sum(count) FROM (
          SELECT scopeId, count(*) AS count FROM orderRelease WHERE state = 'stored'
            GROUP BY scopeId
          UNION ALL
          SELECT scopeId, count(*) FROM orderRelease WHERE state = 'releasing' GROUP BY scopeId
          UNION ALL
          SELECT scopeId, count(*) FROM notification WHERE state = 'queued' GROUP BY scopeId)
        JOIN scope ON scope.id = scopeId GROUP BY scopeId ORDER BY scopeId
        """, []
      ) { LeftBehind(scope: Scope($0, at: 0), count: $0[4]) }
      .filter { $0.scope != scope }
    }
  }
}
