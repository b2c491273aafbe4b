import GRDB
package import Records

extension Ledger {
  /// What kept parts of the last run from being done, and when that was, in milliseconds since 1970.
  package func runFailures(_ scope: Scope) throws(Problem) -> [(problem: Problem, at: Int64)] {
    try read { db in
      try db.list(
        """
        SELECT code, file, value, message, remedy, at FROM runFailure WHERE scopeId = ? ORDER BY id
        """, [try db.scopeId(scope)]
      ) { row in
        (
          Problem(
            row[0], at: Place(file: row[1]), value: row[2], row[3], remedy: row[4],
            category: .ours), row[5]
        )
      }
    }
  }

  /// Puts what kept parts of this run from being done in the place of the same of the run before.
  package func noteFailures(
    _ failures: [Problem], _ scope: Scope, at now: Int64
  ) throws(Problem) {
    if failures.isEmpty, try runFailures(scope).isEmpty { return }
    try write { db in
      let id = try db.newScopeId(scope)
      try db.run("DELETE FROM runFailure WHERE scopeId = ?", [id])
      for failure in failures {
        let place = failure.place.description
        try db.run(
          """
          INSERT INTO runFailure (scopeId, at, code, file, value, message, remedy)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
          [
            id, now, failure.code, place.isEmpty ? nil : place, failure.value, failure.message,
            failure.remedy,
          ])
      }
    }
  }
}
