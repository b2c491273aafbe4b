import GRDB
package import Records

extension Ledger {
  /// - Returns: `nil` where the last call was verified, or none came.
  package func unverifiedCalls(_ scope: Scope) throws(Problem) -> UnverifiedCalls? {
    try read { db in
      try db.list(
        "SELECT count, firstAt, lastAt FROM unverifiedCalls WHERE scopeId = ?",
        [try db.scopeId(scope)]
      ) { UnverifiedCalls(count: $0[0], firstAt: $0[1], lastAt: $0[2]) }.first
    }
  }

  /// Records that a call was verified, or that a person has seen to those that were not.
  ///
  /// - Returns: how many calls that settles.
  @discardableResult
  package func forgetUnverified(_ scope: Scope) throws(Problem) -> Int {
    guard let calls = try unverifiedCalls(scope) else { return 0 }
    try write { db in
      if let scope = try db.scopeId(scope) { try db.forgetUnverified(scope: scope) }
    }
    return calls.count
  }
}

extension Database {
  func count(_ calls: UnverifiedCalls, scope: Int64) throws -> IntakeReceipt {
    try run(
      """
      INSERT INTO unverifiedCalls (scopeId, count, firstAt, lastAt) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET count = count + excluded.count, lastAt = excluded.lastAt
      """, [scope, calls.count, calls.firstAt, calls.lastAt])
    return .refused
  }

  func forgetUnverified(scope: Int64) throws {
    try run("DELETE FROM unverifiedCalls WHERE scopeId = ?", [scope])
  }
}
