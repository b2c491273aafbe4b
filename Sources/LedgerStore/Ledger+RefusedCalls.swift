import GRDB
package import Records

extension Ledger {
  /// The calls that were refused, and whose orders did not come in another way since.
  ///
  /// - Parameters:
  ///   - since: in milliseconds since 1970.
  ///   - limit: how many are listed.
  package func refusedCalls(
    _ scope: Scope, since: Int64, limit: Int
  ) throws(Problem) -> RefusedCalls {
    try read { db in
      let scope = try db.scopeId(scope)
      let total = try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM refusedCall
          WHERE scopeId = ? AND lastAt >= ? AND dismissedAt IS NULL
          """,
        arguments: [scope, since])
      return RefusedCalls(
        total: total ?? 0, latest: try db.refusedCalls(scope, since: since, limit: limit))
    }
  }
}

extension Ledger {
  /// Settles refused calls that a person has seen to; the same call, should it come again, is settled,
  /// too.
  ///
  /// - Parameter requestOrderId: of the order that they are about; `nil` for those of which it could
  ///   not be read.
  /// - Returns: how many it is.
  package func dismissRefusedCalls(
    _ scope: Scope, of requestOrderId: String?, at now: Int64
  ) throws(Problem) -> Int {
    try write { db in
      try db.run(
        """
        UPDATE refusedCall SET dismissedAt = ?
        WHERE scopeId = ? AND requestOrderId = ? AND dismissedAt IS NULL
        """, [now, try db.scopeId(scope), Database.cut(requestOrderId)])
      return db.changesCount
    }
  }
}

extension Database {
  /// So many of a scope are kept, the newest; whoever floods us fills no disk.
  private static let mostRefusals = 200

  /// So much is kept of a text from outside, in characters.
  private static let longestText = 255

  func take(_ call: RefusedCall, scope: Int64) throws -> IntakeReceipt {
    try run(
      """
      INSERT INTO refusedCall (scopeId, requestOrderId, call, account, store, cause, reason, lastAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET count = count + 1, lastAt = excluded.lastAt
      """,
      [
        scope, Self.cut(call.requestOrderId), call.call, Self.cut(call.account),
        Self.cut(call.store), call.cause.rawValue, Self.cut(call.reason), call.refusedAt,
      ])
    try run(
      """
      DELETE FROM refusedCall WHERE id IN (
        SELECT id FROM refusedCall WHERE scopeId = ? ORDER BY lastAt DESC LIMIT -1 OFFSET ?)
      """, [scope, Self.mostRefusals])
    return .refused
  }

  /// Forgets what was refused before the order came in another way.
  func forgetRefusals(of requestOrderId: String, scope: Int64) throws {
    try run(
      "DELETE FROM refusedCall WHERE scopeId = ? AND requestOrderId = ?",
      [scope, Self.cut(requestOrderId)])
  }

  fileprivate func refusedCalls(
    _ scope: Int64?, since: Int64, limit: Int
  ) throws -> [RefusedCalls.Entry] {
    func text(_ text: String) -> String? { text.isEmpty ? nil : text }
    return try list(
      """
      SELECT call, cause, reason, requestOrderId, account, store, lastAt, count FROM refusedCall
      WHERE scopeId = ? AND lastAt >= ? AND dismissedAt IS NULL
      ORDER BY lastAt DESC, id DESC LIMIT ?
      """, [scope, since, limit]
    ) { row in
      RefusedCalls.Entry(
        call: RefusedCall(
          call: row[0], cause: try .named(row[1]), reason: row[2], requestOrderId: text(row[3]),
          account: text(row[4]), store: text(row[5]), refusedAt: row[6]),
        count: row[7])
    }
  }

  fileprivate static func cut(_ text: String?) -> String {
    String((text ?? "").unicodeScalars.prefix(longestText))
  }
}
