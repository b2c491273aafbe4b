import GRDB
package import Records

extension Ledger {
  /// The changes in a state, oldest first; of those that are held or refused, only what a person
  /// must still look at.
  package func statusChanges(
    _ scope: Scope, in state: HeldStatusChange.State, limit: Int
  ) throws(Problem) -> [HeldStatusChange] {
    try read { db in
      // The state stands in the statement, so that SQLite finds the index of those that wait.
      try db.statusChanges(
        """
        WHERE statusChange.scopeId = ? AND state = '\(state.rawValue)' AND dismissedAt IS NULL
        ORDER BY statusChange.id LIMIT ?
        """, [try db.scopeId(scope), limit])
    }
  }

  /// The changes of an order that a person must still look at, oldest first.
  ///
  /// - Parameters:
  ///   - orders: the order's row; several where several orders have the name that was given.
  ///   - name: what a change calls an order that nobody knows.
  package func statusChanges(
    _ scope: Scope, in state: HeldStatusChange.State, of orders: [Int64], named name: String
  ) throws(Problem) -> [HeldStatusChange] {
    try read { db in
      try db.statusChanges(
        """
        WHERE statusChange.scopeId = ? AND state = '\(state.rawValue)' AND dismissedAt IS NULL
          AND (orderId IS NULL AND orderKey = ? OR orderId IN (\(orders.list)))
        ORDER BY statusChange.id
        """, [try db.scopeId(scope), name])
    }
  }

  /// The changes that wait for their orders and can be decided now, oldest first: their orders have
  /// come, or they have waited long enough.
  package func changesToTakeUp(
    _ scope: Scope, at now: Int64
  ) throws(Problem) -> [HeldStatusChange] {
    let hasOrder = MatchBy.allCases.map { key in
      """
      matchBy = '\(key.rawValue)' AND EXISTS (SELECT 1 FROM heldOrder AS came
        WHERE came.scopeId = ?1 AND \(key.condition("came", scope: "?1", "orderKey")))
      """
    }
    return try read { db in
      try db.statusChanges(
        """
        WHERE statusChange.scopeId = ?1 AND state = 'waiting' AND dismissedAt IS NULL
          AND (waitsUntil <= ?2 OR \(hasOrder.joined(separator: " OR ")))
        ORDER BY statusChange.id
        """, [try db.scopeId(scope), now])
    }
  }

  /// Whether changes wait for the order that this one names.
  package func isAwaited(_ scope: Scope, by change: OrderChange) throws(Problem) -> Bool {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM statusChange
            WHERE scopeId = ? AND matchBy = ? AND orderKey = ? AND orderId IS NULL
              AND state = 'waiting')
          """)
      return try Bool.fetchOne(
        statement,
        arguments: [try db.scopeId(scope), change.matchBy.rawValue, change.order]) ?? false
    }
  }

  /// A change by its row.
  package func statusChange(_ id: Int64) throws(Problem) -> HeldStatusChange? {
    try read { try $0.statusChanges("WHERE statusChange.id = ?", [id]).first }
  }

  /// Records that a person has seen to held or refused changes, and to notifications that D-Store
  /// refused: nothing is sent of them, and nobody is told of them any more.
  ///
  /// - Parameters:
  ///   - changes: their rows.
  ///   - notifications: their requestIds.
  package func dismiss(
    changes: [Int64] = [], notifications: [String] = [], at now: Int64
  ) throws(Problem) {
    if changes.isEmpty && notifications.isEmpty { return }
    try write { db in
      for change in changes {
        try db.run(
          """
          UPDATE statusChange SET dismissedAt = ?, endedAt = coalesce(endedAt, ?1)
          WHERE id = ? AND state IN ('held', 'refused') AND dismissedAt IS NULL
          """, [now, change])
      }
      for requestId in notifications {
        try db.run(
          """
          UPDATE notification SET dismissedAt = ?
          WHERE requestId = ? AND state = 'refused' AND dismissedAt IS NULL
          """, [now, requestId])
      }
    }
  }

  /// How many changes are under way, or need a person.
  package func notificationCounts(_ scope: Scope) throws(Problem) -> NotificationCounts {
    try read { db in
      let id = try db.scopeId(scope)
      let refused = try db.count("notification", "refused", scope: id)
      return NotificationCounts(
        queued: try db.count("notification", "queued", scope: id),
        refused: try refused + db.count("statusChange", "refused", scope: id),
        held: try db.count("statusChange", "held", scope: id),
        waiting: try db.count("statusChange", "waiting", scope: id))
    }
  }
}

extension Database {
  fileprivate func count(_ table: String, _ state: String, scope: Int64?) throws -> Int {
    let sql = """
      SELECT count(*) FROM \(table)
      WHERE scopeId = ? AND state = '\(state)' AND dismissedAt IS NULL
      """
    return try Int.fetchOne(cachedStatement(sql: sql), arguments: [scope]) ?? 0
  }
}

extension [Int64] {
  /// `1, 2, 3`, for `IN (…)`.
  var list: String { map(String.init).joined(separator: ", ") }
}
