import GRDB
import Records

extension Database {
  /// Keeps a change that was not kept before.
  ///
  /// - Returns: its row.
  func insert(
    _ news: StatusNews, _ verdict: StatusVerdict, scope: Int64, at now: Int64
  ) throws -> Int64 {
    let change = news.change
    try run(
      """
      INSERT INTO statusChange (scopeId, file, mapping, change, matchBy, orderKey, content,
        hasRefund, copies, orderId, firstSeenAt, lastNotification, state, problemCode,
        problemField, problemValue, problemMessage, problemRemedy, waitsUntil, endedAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
        (SELECT coalesce(max(id), 0) FROM notification), ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        scope, news.file, news.mapping, try change.json, change.matchBy.rawValue, change.order,
        change.content, news.refund != nil, news.copies, news.order, now,
      ] + verdict.arguments)
    return lastInsertedRowID
  }

  /// Gives a change that is kept another verdict; a person sees it again where it needs one.
  func decide(_ change: Int64, _ news: StatusNews, _ verdict: StatusVerdict) throws {
    try notePlace(change, news)
    try run(
      """
      UPDATE statusChange SET orderId = coalesce(?, orderId), dismissedAt = NULL,
        lastNotification = (SELECT coalesce(max(id), 0) FROM notification), state = ?,
        problemCode = ?, problemField = ?, problemValue = ?, problemMessage = ?,
        problemRemedy = ?, waitsUntil = ?, endedAt = ?
      WHERE id = ?
      """, [news.order] + verdict.arguments + [change])
  }

  /// Records where a change stands now.
  func notePlace(_ change: Int64, _ news: StatusNews) throws {
    try run(
      """
      UPDATE statusChange SET file = coalesce(?, file), mapping = ?, change = ?,
        copies = max(copies, ?)
      WHERE id = ?
      """, [news.file, news.mapping, try news.change.json, news.copies, change])
  }

  /// Changes with their orders; `condition` is everything from WHERE on.
  func statusChanges(
    _ condition: String, _ arguments: StatementArguments
  ) throws -> [HeldStatusChange] {
    let sql = """
      SELECT statusChange.id, file, mapping, change, copies, orderId, requestOrderId, state,
        firstSeenAt, waitsUntil, endedAt, problemCode, problemField, problemValue,
        problemMessage, problemRemedy
      FROM statusChange LEFT JOIN heldOrder ON heldOrder.id = statusChange.orderId
      """
    return try list("\(sql) \(condition)", arguments, HeldStatusChange.init)
  }
}

extension StatusNews {
  /// How many lines a change stands for. Those of an order that is known are changes of their own.
  fileprivate var copies: Int { order == nil ? seenCount ?? 1 : 1 }
}

extension HeldStatusChange {
  fileprivate init(_ row: GRDB.Row) throws {
    let change = try OrderChange(json: row[3])
    self.init(
      id: row[0], file: row[1], mapping: row[2], change: change, copies: row[4], order: row[5],
      requestOrderId: row[6], state: try .named(row[7]),
      problem: Problem(row, at: 11, of: change), firstSeenAt: row[8], waitsUntil: row[9],
      endedAt: row[10])
  }
}

extension Problem {
  /// From five columns, code, field, value, message and remedy; its place is its change's.
  fileprivate init?(_ row: GRDB.Row, at index: Int, of change: OrderChange) {
    guard let code: String = row[index] else { return nil }
    self.init(
      code, at: Place(field: row[index + 1]), value: row[index + 2], row[index + 3],
      remedy: row[index + 4])
    self = filled(from: change.place)
  }
}
