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

  /// Settles what is left behind in a scope: nothing of it is written or sent any more.
  ///
  /// - Returns: how much it is.
  package func dismissLeftBehind(_ scope: Scope, at now: Int64) throws(Problem) -> Int {
    try write { db in
      let id = try db.scopeId(scope)
      try db.run(
        """
        UPDATE orderRelease SET state = 'released', releasedAt = ?
        WHERE scopeId = ? AND state IN ('stored', 'releasing')
        """, [now, id])
      let files = db.changesCount
      try db.run(
        """
        UPDATE notification SET state = 'superseded', endedAt = ?
        WHERE scopeId = ? AND state = 'queued'
        """, [now, id])
      let notifications = db.changesCount
      try db.run(
        "UPDATE statusChange SET state = 'done', endedAt = ? WHERE scopeId = ? AND state = 'queued'",
        [now, id])
      return files + notifications
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
