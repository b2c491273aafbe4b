import GRDB
package import Records

extension Ledger {
  /// Records a try that decided nothing.
  ///
  /// - Parameter nextTryAt: when it is to be sent again at the earliest.
  package func recordTry(
    notification requestId: String, _ delivery: Delivery, nextTryAt: Int64?, at now: Int64
  ) throws(Problem) {
    let fault = LedgerFault(path: path)
    try write { db in
      try db.note(delivery, of: requestId, .queued, nextTryAt: nextTryAt, at: now, fault)
    }
  }

  /// Records that D-Store accepted a notification. What was refused of its order before is moot;
  /// but a refund that was refused only when this one is a refund.
  package func accept(
    notification requestId: String, _ delivery: Delivery, at now: Int64
  ) throws(Problem) {
    let fault = LedgerFault(path: path)
    try write { db in
      let ended = try db.end(requestId, .accepted, delivery, at: now, fault)
      try db.dismissRefused(before: ended, at: now)
    }
  }

  /// Records that D-Store refused a notification; what follows it in its order's queue goes on.
  package func refuse(
    notification requestId: String, _ delivery: Delivery, at now: Int64
  ) throws(Problem) {
    let fault = LedgerFault(path: path)
    try write { db in
      _ = try db.end(requestId, .refused, delivery, at: now, fault)
    }
  }
}

/// A notification that has ended.
private struct EndedNotification {
  let id: Int64
  let order: Int64
  let change: Int64
  let isRefund: Bool
}

extension Database {
  /// Records what came of a try of a notification that is queued.
  fileprivate func note(
    _ delivery: Delivery, of requestId: String, _ state: Notification.State, nextTryAt: Int64?,
    at now: Int64, _ fault: LedgerFault
  ) throws {
    try run(
      """
      UPDATE notification SET outcome = ?, reason = ?, httpStatus = ?, status = ?, code = ?,
        message = ?, claimedCode = ?, isRateLimited = ?, retryAfter = ?,
        triedAt = ?, tries = tries + 1, nextTryAt = ?, state = ?, endedAt = ?
      WHERE requestId = ? AND state = 'queued'
      """,
      delivery.arguments + [
        now, nextTryAt ?? 0, state.rawValue, state == .queued ? nil : now, requestId,
      ])
    guard changesCount == 1 else { throw fault.notOpen(requestId) }
  }

  /// Ends a notification, and its change where nothing of it is queued any more.
  fileprivate func end(
    _ requestId: String, _ state: Notification.State, _ delivery: Delivery, at now: Int64,
    _ fault: LedgerFault
  ) throws -> EndedNotification {
    try note(delivery, of: requestId, state, nextTryAt: nil, at: now, fault)
    let ended = try list(
      "SELECT id, orderId, changeId, refundValue IS NOT NULL FROM notification WHERE requestId = ?",
      [requestId]
    ) { EndedNotification(id: $0[0], order: $0[1], change: $0[2], isRefund: $0[3]) }
    guard let ended = ended.first else { throw fault.notOpen(requestId) }
    try run(
      """
      UPDATE statusChange SET state = 'done', endedAt = ?
      WHERE id = ? AND state = 'queued' AND NOT EXISTS (
        SELECT 1 FROM notification
        WHERE notification.changeId = statusChange.id AND notification.state = 'queued')
      """, [now, ended.change])
    return ended
  }

  fileprivate func dismissRefused(before accepted: EndedNotification, at now: Int64) throws {
    try run(
      """
      UPDATE notification SET dismissedAt = ?
      WHERE orderId = ? AND state = 'refused' AND dismissedAt IS NULL AND id < ?
        AND (refundValue IS NULL OR ?)
      """, [now, accepted.order, accepted.id, accepted.isRefund])
    try run(
      """
      UPDATE statusChange SET dismissedAt = ?
      WHERE orderId = ? AND state = 'refused' AND dismissedAt IS NULL AND lastNotification < ?
        AND (hasRefund = 0 OR ?)
      """, [now, accepted.order, accepted.id, accepted.isRefund])
  }
}
