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
}
