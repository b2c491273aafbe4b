import GRDB
package import Records

extension Ledger {
  /// What can be sent now, oldest first: the first of each order's queue, where it is due.
  ///
  /// - Parameter dueAt: in milliseconds since 1970.
  package func notificationsDue(
    _ scope: Scope, limit: Int, at dueAt: Int64
  ) throws(Problem) -> [Notification] {
    try read { db in
      try db.notifications(
        """
        WHERE notification.scopeId = ? AND notification.state = 'queued' AND nextTryAt <= ?
          AND NOT EXISTS (
            SELECT 1 FROM notification AS earlier
            WHERE earlier.orderId = notification.orderId AND earlier.state = 'queued'
              AND earlier.id < notification.id)
        ORDER BY notification.id LIMIT ?
        """, [try db.scopeId(scope), dueAt, limit])
    }
  }

  /// What follows a notification that has ended: the first of its order's queue, where it is due.
  package func nextNotification(
    after notification: Notification, at dueAt: Int64
  ) throws(Problem) -> Notification? {
    try read { db in
      let first = try db.notifications(
        """
        WHERE notification.orderId = ? AND notification.state = 'queued'
        ORDER BY notification.id LIMIT 1
        """, [notification.order]
      ).first
      return first.flatMap { $0.nextTryAt ?? 0 <= dueAt ? $0 : nil }
    }
  }

  /// The notifications in a state, oldest first; of those that D-Store refused, only what a person
  /// must still look at.
  package func notifications(
    _ scope: Scope, in state: Notification.State, limit: Int
  ) throws(Problem) -> [Notification] {
    try read { db in
      // The state stands in the statement, so that SQLite finds the index of those that wait.
      try db.notifications(
        """
        WHERE notification.scopeId = ? AND notification.state = '\(state.rawValue)'
          AND notification.dismissedAt IS NULL
        ORDER BY notification.id LIMIT ?
        """, [try db.scopeId(scope), limit])
    }
  }

  /// A notification by its identity.
  package func notification(_ requestId: String) throws(Problem) -> Notification? {
    try read { try $0.notifications("WHERE requestId = ?", [requestId]).first }
  }

  /// Lets everything be sent at once that was put off: a person may have mended what kept it.
  package func hurryNotifications(_ scope: Scope) throws(Problem) {
    try write { db in
      try db.run(
        """
        UPDATE notification SET nextTryAt = 0
        WHERE scopeId = ? AND state = 'queued' AND nextTryAt > 0
        """, [try db.scopeId(scope)])
    }
  }

  /// Queues what D-Store refused once more, under a new requestId, behind everything that its order
  /// has in its queue. The refused one is history.
  ///
  /// - Returns: false, with nothing recorded, where it is not refused, or was seen to before.
  package func retryNotification(
    _ requestId: String, _ draft: NotificationDraft, at now: Int64
  ) throws(Problem) -> Bool {
    try write { db in
      let rows = try db.list(
        """
        UPDATE notification SET dismissedAt = ?
        WHERE requestId = ? AND state = 'refused' AND dismissedAt IS NULL
        RETURNING scopeId, orderId, changeId
        """, [now, requestId]
      ) { (scope: $0[0] as Int64, order: $0[1] as Int64, change: $0[2] as Int64) }
      guard let row = rows.first else { return false }
      try db.insert(draft, scope: row.scope, order: row.order, change: row.change, at: now)
      try db.run(
        "UPDATE statusChange SET state = 'queued', endedAt = NULL WHERE id = ? AND state = 'done'",
        [row.change])
      return true
    }
  }
}
