import GRDB
package import Records

extension Ledger {
  /// How orders came to where they are, newest first: those that came lately, and those of which
  /// D-Store is still to be told something, or refused it.
  ///
  /// - Parameter since: what counts as lately, in milliseconds since 1970.
  package func orderJourneys(
    _ scope: Scope, since: Int64, limit: Int
  ) throws(Problem) -> [OrderJourney] {
    try read { db in
      try db.list(
        """
        SELECT id, requestOrderId, channelOrderId, posOrderId, shortOrderNumber, store, status,
          receivedAt
        FROM heldOrder WHERE id IN (
          SELECT id FROM (SELECT id FROM heldOrder WHERE scopeId = ?1 AND receivedAt >= ?2
            ORDER BY receivedAt DESC, id DESC LIMIT ?3)
          UNION SELECT orderId FROM notification WHERE scopeId = ?1 AND state = 'queued'
          UNION SELECT orderId FROM notification
            WHERE scopeId = ?1 AND state = 'refused' AND dismissedAt IS NULL)
        ORDER BY id DESC LIMIT ?3
        """, [try db.scopeId(scope), since, limit], db.journey)
    }
  }

  /// Orders that came a while ago and have only the status that they began with: neither the POS
  /// nor the channel gave them another. Oldest first.
  ///
  /// - Parameters:
  ///   - receivedBefore: in milliseconds since 1970; younger ones may still be touched.
  ///   - since: in milliseconds since 1970; older ones are history.
  package func unattended(
    _ scope: Scope, receivedBefore: Int64, since: Int64
  ) throws(Problem) -> [HeldOrder] {
    try read { db in
      try db.heldOrders(
        """
        WHERE heldOrder.scopeId = ? AND heldOrder.receivedAt >= ? AND heldOrder.receivedAt < ?
          AND NOT EXISTS (
            SELECT 1 FROM orderStep
            WHERE orderStep.orderId = heldOrder.id AND orderStep.origin <> 'initial')
        ORDER BY heldOrder.receivedAt, heldOrder.id
        """, [try db.scopeId(scope), since, receivedBefore])
    }
  }
}

extension Database {
  fileprivate func journey(_ row: GRDB.Row) throws -> OrderJourney {
    let order: Int64 = row[0]
    let queue = try list(
      """
      SELECT count(*), (
        SELECT nextTryAt FROM notification WHERE orderId = ?1 AND state = 'queued'
        ORDER BY id LIMIT 1)
      FROM notification WHERE orderId = ?1 AND state = 'queued'
      """, [order]
    ) { (count: $0[0] as Int, nextTryAt: $0[1] as Int64?) }.first
    let refused = try Int.fetchOne(
      cachedStatement(
        sql: """
          SELECT count(*) FROM notification
          WHERE orderId = ? AND state = 'refused' AND dismissedAt IS NULL
          """), arguments: [order])
    return OrderJourney(
      order: order, requestOrderId: row[1], channelOrderId: row[2], posOrderId: row[3],
      shortOrderNumber: row[4], store: row[5], status: row[6], receivedAt: row[7],
      steps: try steps(of: order), queued: queue?.count ?? 0, refused: refused ?? 0,
      nextTryAt: queue?.nextTryAt.flatMap { $0 == 0 ? nil : $0 }, last: try lastTry(of: order))
  }
}
