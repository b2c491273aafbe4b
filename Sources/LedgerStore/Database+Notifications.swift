import FoundationEssentials
import GRDB
import Records

extension Database {
  /// Adds a notification to the end of its order's queue, with the values that it tells.
  func insert(
    _ draft: NotificationDraft, scope: Int64, order: Int64, change: Int64, at now: Int64
  ) throws {
    try run(
      """
      INSERT INTO notification (scopeId, orderId, changeId, requestId, body, fields, orderStatus,
        refundValue, refundCurrency, isFilledIn, createdAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        scope, order, change, draft.requestId, Data(draft.body), try draft.fields.json,
        draft.orderStatus, draft.refund?.value, draft.refund?.currency.code, draft.isFilledIn, now,
      ])
    for field in draft.fields {
      try run(
        "INSERT OR REPLACE INTO orderValue (orderId, name, json) VALUES (?, ?, ?)",
        [order, field.name, field.json])
    }
    guard let number = draft.shortOrderNumber else { return }
    try run("UPDATE heldOrder SET shortOrderNumber = ? WHERE id = ?", [number, order])
  }

  /// Ends a notification that is not sent: D-Store had it before the ledger was copied back.
  func acceptUnsent(_ requestId: String, at now: Int64) throws {
    try run(
      "UPDATE notification SET state = 'accepted', endedAt = ? WHERE requestId = ?",
      [now, requestId])
  }

  /// Notifications with their orders and changes; `condition` is everything from WHERE on.
  func notifications(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [Notification] {
    let sql = """
      SELECT notification.id, requestId, notification.orderId, requestOrderId, account, store,
        changeId, mapping, change, body, fields, notification.orderStatus, refundValue,
        refundCurrency, isFilledIn, notification.state, tries, nextTryAt, createdAt,
        notification.endedAt, triedAt, \(Self.delivery)
      FROM notification JOIN heldOrder ON heldOrder.id = notification.orderId
      JOIN statusChange ON statusChange.id = notification.changeId
      """
    return try list("\(sql) \(condition)", arguments, Notification.init)
  }

  /// The last try of any of an order's notifications.
  func lastTry(of order: Int64) throws -> Attempt? {
    try list(
      """
      SELECT triedAt, \(Self.delivery) FROM notification
      WHERE orderId = ? AND triedAt IS NOT NULL ORDER BY triedAt DESC, id DESC LIMIT 1
      """, [order]
    ) { try Attempt($0, at: 0) }.first ?? nil
  }

  /// Nine columns: what came of the last try.
  private static let delivery = """
    outcome, reason, httpStatus, notification.status, code, message, claimedCode, isRateLimited, \
    retryAfter
    """
}

extension Attempt {
  /// From ten columns; nothing where nothing was tried.
  fileprivate init?(_ row: GRDB.Row, at index: Int) throws {
    guard let time: Int64 = row[index] else { return nil }
    self.init(at: time, delivery: try Delivery(row, at: index + 1))
  }
}

extension Notification {
  fileprivate init(_ row: GRDB.Row) throws {
    let nextTryAt: Int64 = row[17]
    self.init(
      id: row[0], requestId: row[1], order: row[2], requestOrderId: row[3], account: row[4],
      store: row[5], change: row[6], mapping: row[7], place: try OrderChange(json: row[8]).place,
      body: try row.bytes(at: 9) ?? [], fields: try [OrderChange.Field](json: row[10]),
      orderStatus: row[11], refund: try Amount(row, at: 12), isFilledIn: row[14],
      state: try .named(row[15]), tries: row[16], nextTryAt: nextTryAt == 0 ? nil : nextTryAt,
      last: try Attempt(row, at: 20), createdAt: row[18], endedAt: row[19])
  }
}
