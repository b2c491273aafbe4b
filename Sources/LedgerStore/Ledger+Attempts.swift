import GRDB
package import Records

extension Ledger {
  /// How many tries of a request are kept; the first ones go first.
  package static let keptAttempts = 20

  /// Records a try that decided nothing.
  ///
  /// - Parameter nextTryAt: when it is to be sent again at the earliest.
  package func recordTry(
    _ requestId: String, _ delivery: Delivery, nextTryAt: Int64?, at now: Int64
  ) throws(Problem) {
    try write { db in
      let row = try db.openRequest(requestId, LedgerFault(path: path))
      try db.append(delivery, to: row, at: now)
      try db.run("UPDATE request SET nextTryAt = ? WHERE id = ?", [nextTryAt, row])
    }
  }

  /// The last tries of a request, newest first.
  package func attempts(_ requestId: String) throws(Problem) -> [Attempt] {
    try read { db in
      let row = try Int64.fetchOne(
        db, sql: "SELECT id FROM request WHERE requestId = ?", arguments: [requestId])
      return try row.map { try db.attempts($0, limit: Self.keptAttempts) } ?? []
    }
  }
}

extension Database {
  /// The row of a request that is open.
  func openRequest(_ requestId: String, _ fault: LedgerFault) throws -> Int64 {
    let statement = try cachedStatement(
      sql: "SELECT id FROM request WHERE requestId = ? AND state = 'open'")
    guard let row = try Int64.fetchOne(statement, arguments: [requestId]) else {
      throw fault.notOpen(requestId)
    }
    return row
  }

  /// Adds a try to a request, and forgets the oldest where there are too many.
  func append(_ delivery: Delivery, to request: Int64, at now: Int64) throws {
    try run(
      """
      INSERT INTO attempt (request, at, outcome, reason, httpStatus, status, code, message,
        claimedCode, isRateLimited, retryAfter)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [request, now] + delivery.arguments)
    try run("UPDATE request SET tries = tries + 1 WHERE id = ?", [request])
    try run(
      """
      DELETE FROM attempt WHERE request = ?1 AND id <= (
        SELECT id FROM attempt WHERE request = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
      """, [request, Ledger.keptAttempts])
  }

  /// The last tries of a request, newest first.
  func attempts(_ request: Int64, limit: Int) throws -> [Attempt] {
    try list(
      """
      SELECT at, outcome, reason, httpStatus, status, code, message, claimedCode, isRateLimited,
        retryAfter
      FROM attempt WHERE request = ? ORDER BY id DESC LIMIT ?
      """, [request, limit]
    ) { Attempt(at: $0[0], delivery: try Delivery($0, at: 1)) }
  }
}
