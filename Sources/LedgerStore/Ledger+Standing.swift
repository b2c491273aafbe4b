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
        seen: try db.seen(of: order), refundLines: try db.refundLines(of: order))
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

  fileprivate func refundLines(of order: Int64) throws -> [OrderStanding.RefundLine] {
    try list(
      """
      SELECT refundValue, refundCurrency, changedAt FROM seenLine
      WHERE orderId = ? AND refundValue IS NOT NULL ORDER BY content
      """, [order]
    ) { row in
      try Amount(row, at: 0).map { OrderStanding.RefundLine(amount: $0, changedAt: row[2]) }
    }.compactMap { $0 }
  }
}
