import GRDB
package import Records

extension Ledger {
  /// How the orders of a scope stand.
  ///
  /// - Parameters:
  ///   - since: what counts as lately, in milliseconds since 1970; what waits counts always.
  ///   - limit: how long each list may get.
  package func orderSummary(
    _ scope: Scope, since: Int64, limit: Int = 20
  ) throws(Problem) -> OrderSummary {
    try read { db in
      let id = try db.scopeId(scope)
      return OrderSummary(
        counts: try db.orderCounts(id, since: since),
        waitingCount: try db.waitingCount(id),
        waiting: try db.waiting(id, limit: limit),
        flagged: try db.flagged(id, since: since, limit: limit),
        conflicts: try db.conflicts(id, since: since, limit: limit),
        doubtful: try db.doubtful(id, since: since, limit: limit))
    }
  }
}

extension Database {
  fileprivate func orderCounts(_ scope: Int64?, since: Int64) throws -> [String: Int] {
    // Status by status, so that only what counts as lately is read of each.
    let counts = try list(
      """
      WITH RECURSIVE known (status) AS (
        SELECT min(status) FROM heldOrder WHERE scopeId = ?1
        UNION ALL
        SELECT (SELECT min(status) FROM heldOrder WHERE scopeId = ?1 AND status > known.status)
        FROM known WHERE known.status IS NOT NULL)
      SELECT status, (SELECT count(*) FROM heldOrder
        WHERE scopeId = ?1 AND heldOrder.status = known.status AND receivedAt >= ?2)
      FROM known WHERE status IS NOT NULL
      """, [scope, since]
    ) { row -> (String, Int) in (row[0], row[1]) }
    return Dictionary(counts.filter { $0.1 > 0 }) { first, _ in first }
  }

  func waitingCount(_ scope: Int64?) throws -> Int {
    try Int.fetchOne(
      self,
      sql: """
        SELECT (SELECT count(*) FROM orderRelease WHERE scopeId = ?1 AND state = 'stored')
          + (SELECT count(*) FROM orderRelease WHERE scopeId = ?1 AND state = 'releasing')
        """, arguments: [scope]) ?? 0
  }

  fileprivate func waiting(_ scope: Int64?, limit: Int) throws -> [OrderSummary.Waiting] {
    try list(
      """
      SELECT requestOrderId, requestId, coalesce(heldChange.receivedAt, heldOrder.receivedAt),
        state, tries, reason, nextTryAt, remedy
      FROM (
        SELECT * FROM orderRelease WHERE scopeId = ?1 AND state = 'stored'
        UNION ALL SELECT * FROM orderRelease WHERE scopeId = ?1 AND state = 'releasing'
      ) AS waiting
      JOIN heldOrder ON heldOrder.id = waiting.orderId
      LEFT JOIN heldChange ON heldChange.id = waiting.changeId
      ORDER BY waiting.id LIMIT ?2
      """, [scope, limit]
    ) { row in
      let nextTryAt: Int64 = row[6]
      return OrderSummary.Waiting(
        subject: OrderSummary.Subject(row), receivedAt: row[2], state: try .named(row[3]),
        tries: row[4], reason: row[5], remedy: row[7] ?? "",
        nextTryAt: nextTryAt == 0 ? nil : nextTryAt)
    }
  }

  fileprivate func flagged(
    _ scope: Int64?, since: Int64, limit: Int
  ) throws -> [OrderSummary.Flagged] {
    try list(
      """
      SELECT requestOrderId, requestId, at, code, field, message
      FROM orderFlag JOIN heldOrder ON heldOrder.id = orderFlag.orderId
      LEFT JOIN heldChange ON heldChange.id = orderFlag.changeId
      WHERE orderFlag.scopeId = ? AND at >= ? ORDER BY at DESC, orderFlag.id DESC LIMIT ?
      """, [scope, since, limit]
    ) { row in
      OrderSummary.Flagged(
        subject: OrderSummary.Subject(row), at: row[2],
        flag: OrderFlag(row[3], field: row[4], row[5]))
    }
  }

  fileprivate func conflicts(
    _ scope: Int64?, since: Int64, limit: Int
  ) throws -> [OrderSummary.Conflict] {
    try list(
      """
      SELECT requestOrderId, NULL, conflicts, lastConflictAt FROM heldOrder
      WHERE scopeId = ?1 AND lastConflictAt >= ?2
      UNION ALL
      SELECT requestOrderId, requestId, heldChange.conflicts, heldChange.lastConflictAt
      FROM heldChange JOIN heldOrder ON heldOrder.id = heldChange.orderId
      WHERE heldChange.scopeId = ?1 AND heldChange.lastConflictAt >= ?2
      ORDER BY 4 DESC LIMIT ?3
      """, [scope, since, limit]
    ) { row in
      OrderSummary.Conflict(subject: OrderSummary.Subject(row), count: row[2], lastAt: row[3])
    }
  }

  fileprivate func doubtful(
    _ scope: Int64?, since: Int64, limit: Int
  ) throws -> [OrderSummary.Doubtful] {
    try list(
      """
      SELECT requestOrderId, requestId, name, releasedAt
      FROM orderRelease JOIN heldOrder ON heldOrder.id = orderRelease.orderId
      LEFT JOIN heldChange ON heldChange.id = orderRelease.changeId
      WHERE orderRelease.scopeId = ? AND isDoubtful = 1 AND releasedAt >= ?
      ORDER BY releasedAt DESC, orderRelease.id DESC LIMIT ?
      """, [scope, since, limit]
    ) { row in
      OrderSummary.Doubtful(
        subject: OrderSummary.Subject(row), name: row[2], releasedAt: row[3])
    }
  }
}

extension OrderSummary.Subject {
  /// From the first two columns.
  fileprivate init(_ row: GRDB.Row) {
    self.init(requestOrderId: row[0], requestId: row[1])
  }
}
