import GRDB
package import Records

/// An order, or a change of one, whose file waits for approval: the POS may have been given it
/// before the ledger was copied back.
package struct HeldRelease: Hashable, Sendable {
  /// The order's row.
  package let order: Int64
  package let requestOrderId: String
  /// Of the change that it is about; `nil` for the order itself.
  package let requestId: String?
  /// In milliseconds since 1970.
  package let receivedAt: Int64
}

extension Ledger {
  /// What waits for approval, oldest first.
  package func heldReleases(_ scope: Scope, limit: Int) throws(Problem) -> [HeldRelease] {
    try read { db in
      try db.heldReleases(
        "orderRelease.scopeId = ? AND state = 'held'", [try db.scopeId(scope)], limit: limit)
    }
  }

  /// How much waits for approval.
  package func heldReleaseCount(_ scope: Scope) throws(Problem) -> Int {
    try read { db in
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM orderRelease WHERE scopeId = ? AND state = 'held'",
        arguments: [try db.scopeId(scope)]) ?? 0
    }
  }

  /// Lets an order and its changes go to the POS that wait for approval.
  ///
  /// - Returns: how many files it is.
  package func approveReleases(of order: Int64) throws(Problem) -> Int {
    try write { db in
      try db.run(
        """
        UPDATE orderRelease SET state = 'stored', nextTryAt = 0
        WHERE orderId = ? AND state = 'held'
        """, [order])
      return db.changesCount
    }
  }

  /// Records that the POS was given what waits for approval: nothing of it is written.
  ///
  /// - Returns: how many files it is.
  package func dismissReleases(of order: Int64, at now: Int64) throws(Problem) -> Int {
    try write { db in
      try db.run(
        """
        UPDATE orderRelease SET state = 'released', releasedAt = ?
        WHERE orderId = ? AND state = 'held'
        """, [now, order])
      return db.changesCount
    }
  }
}

extension Database {
  func heldReleases(
    _ condition: String, _ arguments: StatementArguments, limit: Int = 1
  ) throws -> [HeldRelease] {
    try list(
      """
      SELECT orderRelease.orderId, requestOrderId, requestId,
        coalesce(heldChange.receivedAt, heldOrder.receivedAt)
      FROM orderRelease JOIN heldOrder ON heldOrder.id = orderRelease.orderId
      LEFT JOIN heldChange ON heldChange.id = orderRelease.changeId
      WHERE state = 'held' AND \(condition) ORDER BY orderRelease.id LIMIT \(limit)
      """, arguments
    ) { row in
      HeldRelease(order: row[0], requestOrderId: row[1], requestId: row[2], receivedAt: row[3])
    }
  }
}
