import GRDB
package import Records

extension Ledger {
  /// Lets everything be tried at once that was put off: a person may have fixed what kept it.
  package func hurryReleases(_ scope: Scope) throws(Problem) {
    try write { db in
      try db.run(
        """
        UPDATE orderRelease SET nextTryAt = 0
        WHERE scopeId = ? AND state = 'stored' AND nextTryAt > 0
        """, [try db.scopeId(scope)])
    }
  }

  /// How many releases are not with the POS yet.
  package func waitingReleases(_ scope: Scope) throws(Problem) -> Int {
    try read { try $0.waitingCount($0.scopeId(scope)) }
  }

  /// Why releases wait that could not go, each reason once.
  package func waitingReasons(_ scope: Scope) throws(Problem) -> Set<String> {
    try read { db in
      try String.fetchSet(
        db,
        sql: """
          SELECT reason FROM orderRelease
          WHERE scopeId = ?1 AND state = 'stored' AND reason IS NOT NULL
          UNION SELECT reason FROM orderRelease
          WHERE scopeId = ?1 AND state = 'releasing' AND reason IS NOT NULL
          """, arguments: [try db.scopeId(scope)])
    }
  }

  /// Adds what turned out to be odd when a release's file was made; once, however often it is made.
  package func flag(
    _ release: Release, _ flag: OrderFlag, at now: Int64
  ) throws(Problem) {
    try write { db in
      try db.run(
        """
        INSERT INTO orderFlag (scopeId, orderId, changeId, at, code, field, message)
        SELECT scopeId, orderId, changeId, ?2, ?3, ?4, ?5 FROM orderRelease
        WHERE id = ?1 AND NOT EXISTS (
          SELECT 1 FROM orderFlag AS other WHERE other.orderId = orderRelease.orderId
            AND other.changeId IS orderRelease.changeId AND other.code = ?3)
        """, [release.id, now, flag.code, flag.field, flag.message])
    }
  }
}
