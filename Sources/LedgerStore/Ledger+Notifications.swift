import FoundationEssentials
import GRDB
package import Records

extension Ledger {
  /// What can be sent now: the first of each order's queue, where it is due; first what was not
  /// tried for longest.
  ///
  /// - Parameter dueAt: in milliseconds since 1970. What was tried later than that was put off by a
  ///   clock that has been put back since.
  package func notificationsDue(
    _ scope: Scope, limit: Int, at dueAt: Int64
  ) throws(Problem) -> [Notification] {
    try read { db in
      try db.notifications(
        """
        WHERE notification.scopeId = ?1 AND notification.state = 'queued'
          AND (nextTryAt <= ?2 OR triedAt > ?2) AND NOT EXISTS (
            SELECT 1 FROM notification AS earlier
            WHERE earlier.orderId = notification.orderId AND earlier.state = 'queued'
              AND earlier.id < notification.id)
        ORDER BY coalesce(triedAt, createdAt), notification.id LIMIT ?3
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
      return first.flatMap { next in
        next.nextTryAt ?? 0 <= dueAt || next.last?.at ?? 0 > dueAt ? next : nil
      }
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

  /// The notifications of some orders in a state, oldest first; of those that D-Store refused, only
  /// what a person must still look at.
  package func notifications(
    in state: Notification.State, of orders: [Int64]
  ) throws(Problem) -> [Notification] {
    try read { db in
      try db.notifications(
        """
        WHERE notification.orderId IN (\(orders.list))
          AND notification.state = '\(state.rawValue)' AND notification.dismissedAt IS NULL
        ORDER BY notification.id
        """, [])
    }
  }

  /// A notification by its identity.
  package func notification(_ requestId: String) throws(Problem) -> Notification? {
    try read { try $0.notifications("WHERE requestId = ?", [requestId]).first }
  }

  /// What D-Store has not decided on after so many tries, oldest first.
  package func undecidedNotifications(
    _ scope: Scope, afterTries tries: Int, limit: Int
  ) throws(Problem) -> [Notification] {
    try read { db in
      try db.notifications(
        """
        WHERE notification.scopeId = ? AND notification.state = 'queued' AND tries >= ?
          AND outcome <> 'unsent'
        ORDER BY notification.id LIMIT ?
        """, [try db.scopeId(scope), tries, limit])
    }
  }

  /// How often what is queued was tried while D-Store could not be reached, and why it could not.
  package func unsentTries(_ scope: Scope) throws(Problem) -> (count: Int, reason: String) {
    try read { db in
      let sums = try db.list(
        """
        SELECT coalesce(sum(tries), 0), coalesce(max(reason), '') FROM notification
        WHERE scopeId = ? AND state = 'queued' AND outcome = 'unsent'
        """, [try db.scopeId(scope)]
      ) { (count: $0[0] as Int, reason: $0[1] as String) }
      return sums[0]
    }
  }

  /// Lets everything be sent at once that was put off: a person may have fixed what kept it.
  package func hurryNotifications(_ scope: Scope) throws(Problem) {
    try write { db in
      try db.run(
        """
        UPDATE notification SET nextTryAt = 0
        WHERE scopeId = ? AND state = 'queued' AND nextTryAt > 0
        """, [try db.scopeId(scope)])
    }
  }

  /// Queues what D-Store refused once more, under a new requestId, at its old place in its order's
  /// queue.
  ///
  /// - Returns: false, with nothing recorded, where it is not refused, or was seen to before.
  package func retryNotification(
    _ requestId: String, _ draft: NotificationDraft, at now: Int64
  ) throws(Problem) -> Bool {
    try write { db in
      let changes = try db.list(
        """
        UPDATE notification SET requestId = ?, body = ?, state = 'queued', tries = 0,
          nextTryAt = 0, createdAt = ?, endedAt = NULL
        WHERE requestId = ? AND state = 'refused' AND dismissedAt IS NULL
        RETURNING changeId
        """, [draft.requestId, Data(draft.body), now, requestId]
      ) { $0[0] as Int64 }
      guard let change = changes.first else { return false }
      try db.run(
        "UPDATE statusChange SET state = 'queued', endedAt = NULL WHERE id = ? AND state = 'done'",
        [change])
      return true
    }
  }

  /// Whether another refund of the same order was queued after this notification, and not refused.
  package func hasLaterRefund(than notification: Notification) throws(Problem) -> Bool {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM notification
            WHERE orderId = ? AND id > ? AND refundValue IS NOT NULL
              AND state IN ('queued', 'accepted'))
          """)
      return try Bool.fetchOne(
        statement, arguments: [notification.order, notification.id]) ?? false
    }
  }

  /// What an order became last, and whether the channel said so.
  package func lastStep(of order: Int64) throws(Problem) -> OrderStep? {
    try read { try $0.steps(of: order).last }
  }
}
