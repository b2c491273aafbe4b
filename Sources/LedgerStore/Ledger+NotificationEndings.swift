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

  /// Records that D-Store accepted a notification. A status that was refused of its order before is
  /// moot once a later one of the journey is accepted, another value once one of its kind is; a
  /// refund never is.
  ///
  /// - Parameter follows: whether a status may follow another one, or is the same.
  package func accept(
    notification requestId: String, _ delivery: Delivery, at now: Int64,
    follows: (_ status: String, _ earlier: String) -> Bool
  ) throws(Problem) {
    let fault = LedgerFault(path: path)
    try write { db in
      let ended = try db.end(requestId, .accepted, delivery, at: now, fault)
      try db.dismissRefused(before: ended, at: now, follows)
    }
  }

  /// Records that a notification is not to be sent any more: the channel has ended its order.
  package func supersede(notification requestId: String, at now: Int64) throws(Problem) {
    try write { db in
      try db.run(
        """
        UPDATE notification SET state = 'superseded', endedAt = ?
        WHERE requestId = ? AND state = 'queued'
        """, [now, requestId])
      if let ended = try db.ended(requestId) { try db.endChange(of: ended, at: now) }
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
  let said: SaidFields
}

/// What a notification, or a change, says.
private struct SaidFields {
  let status: String?
  let names: Set<String>

  init(_ status: String?, _ fields: [OrderChange.Field]) {
    self.status = status
    names = Set(fields.map(\.name))
  }

  /// Whether nobody need hear of it once this is said.
  func isMoot(after later: SaidFields, _ follows: (String, String) -> Bool) -> Bool {
    guard let status else { return names.isSubset(of: later.names) }
    return later.status.map { follows($0, status) } ?? false
  }
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
    guard let ended = try ended(requestId) else { throw fault.notOpen(requestId) }
    try endChange(of: ended, at: now)
    return ended
  }

  fileprivate func ended(_ requestId: String) throws -> EndedNotification? {
    try list(
      """
      SELECT id, orderId, changeId, orderStatus, fields FROM notification
      WHERE requestId = ? AND state <> 'queued'
      """, [requestId]
    ) { row in
      EndedNotification(
        id: row[0], order: row[1], change: row[2],
        said: SaidFields(row[3], try [OrderChange.Field](json: row[4])))
    }.first
  }

  fileprivate func endChange(of ended: EndedNotification, at now: Int64) throws {
    try run(
      """
      UPDATE statusChange SET state = 'done', endedAt = ?
      WHERE id = ? AND state = 'queued' AND NOT EXISTS (
        SELECT 1 FROM notification
        WHERE notification.changeId = statusChange.id AND notification.state = 'queued')
      """, [now, ended.change])
  }

  fileprivate func dismissRefused(
    before accepted: EndedNotification, at now: Int64, _ follows: (String, String) -> Bool
  ) throws {
    let notifications = try list(
      """
      SELECT id, orderStatus, fields FROM notification
      WHERE orderId = ? AND state = 'refused' AND dismissedAt IS NULL AND id < ?
        AND refundValue IS NULL
      """, [accepted.order, accepted.id]
    ) { row -> (Int64, SaidFields) in
      (row[0], SaidFields(row[1], try [OrderChange.Field](json: row[2])))
    }
    let changes = try list(
      """
      SELECT id, change FROM statusChange
      WHERE orderId = ? AND state = 'refused' AND dismissedAt IS NULL AND lastNotification < ?
        AND hasRefund = 0
      """, [accepted.order, accepted.id]
    ) { row -> (Int64, SaidFields) in
      let change = try OrderChange(json: row[1])
      return (row[0], SaidFields(change.orderStatus, change.fields))
    }
    for (id, said) in notifications where said.isMoot(after: accepted.said, follows) {
      try run("UPDATE notification SET dismissedAt = ? WHERE id = ?", [now, id])
    }
    for (id, said) in changes where said.isMoot(after: accepted.said, follows) {
      try run("UPDATE statusChange SET dismissedAt = ? WHERE id = ?", [now, id])
    }
  }
}
