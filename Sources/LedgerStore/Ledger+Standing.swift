import GRDB
package import Records

extension Ledger {
  /// What is known of an order; nothing where there is no such row.
  package func standing(of order: Int64) throws(Problem) -> OrderStanding? {
    try read { db in
      guard let held = try db.heldOrders("WHERE heldOrder.id = ?", [order]).first else {
        return nil
      }
      return OrderStanding(
        order: held, version: try db.lastStep(of: order), steps: try db.steps(of: order),
        values: try db.values(of: order), refunded: try db.refunded(order),
        seen: try db.seen(of: order), refused: try db.refusedLines(of: order),
        told: try db.told(of: order), mayHaveGap: try db.mayHaveGap(order),
        refundsSaid: try db.refundsSaid(of: order))
    }
  }
}

extension Database {
  fileprivate func values(of order: Int64) throws -> [String: String] {
    let values = try list(
      "SELECT name, json FROM orderValue WHERE orderId = ?", [order]
    ) { row -> (String, String) in (row[0], row[1]) }
    return Dictionary(values) { first, _ in first }
  }

  fileprivate func refunded(_ order: Int64) throws -> Int64 {
    let sql = """
      SELECT sum(refundValue) FROM notification
      WHERE orderId = ? AND state IN ('queued', 'accepted')
      """
    return try Int64.fetchOne(cachedStatement(sql: sql), arguments: [order]) ?? 0
  }

  fileprivate func seen(of order: Int64) throws -> [String: Int] {
    let seen = try list(
      "SELECT content, count FROM seenLine WHERE orderId = ?", [order]
    ) { row -> (String, Int) in (row[0], row[1]) }
    return Dictionary(seen) { first, _ in first }
  }

  fileprivate func refusedLines(of order: Int64) throws -> [String: OrderStanding.RefusedLine] {
    let lines = try list(
      """
      SELECT content, id, problemMessage FROM statusChange
      WHERE orderId = ? AND state = 'refused' AND dismissedAt IS NULL ORDER BY id
      """, [order]
    ) { row -> (String, OrderStanding.RefusedLine) in
      (row[0], OrderStanding.RefusedLine(change: row[1], message: row[2] ?? ""))
    }
    return Dictionary(lines) { first, _ in first }
  }

  fileprivate func refundsSaid(of order: Int64) throws -> [Amount] {
    try list(
      """
      SELECT DISTINCT refundValue, refundCurrency FROM seenLine
      WHERE orderId = ? AND refundValue IS NOT NULL ORDER BY 1, 2
      """, [order]
    ) { try Amount($0, at: 0) }.compactMap { $0 }
  }
}
