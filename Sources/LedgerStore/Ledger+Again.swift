import GRDB
package import Records

extension Ledger {
  /// Lets an order go to the POS again, marked as a repeat, because a person asks for it.
  ///
  /// One that is stuck, with its temporary file written and put off since, begins anew.
  /// - Parameter order: the order's row.
  package func releaseAgain(order: Int64) throws(Problem) -> AgainOutcome {
    try write { db in
      guard let held = try db.heldOrders("WHERE heldOrder.id = ?", [order]).first else {
        return .unknownOrder
      }
      if held.body == nil { return .isPurged }
      if try db.restartStuckRelease(of: order) { return .willGo }
      if try !db.heldReleases("orderRelease.orderId = ?", [order]).isEmpty { return .isHeld }
      if try db.hasOpenRelease(of: order) { return .isUnderWay }
      try db.run(
        """
        INSERT INTO orderRelease (scopeId, orderId, isRepeat)
        SELECT scopeId, id, 1 FROM heldOrder WHERE id = ?
        """, [order])
      return .willGo
    }
  }
}

extension Database {
  fileprivate func restartStuckRelease(of order: Int64) throws -> Bool {
    try run(
      """
      UPDATE orderRelease SET state = 'stored', isRepeat = 1, reason = NULL, nextTryAt = 0,
        name = NULL, folder = NULL, temporary = NULL, marker = NULL, device = NULL, inode = NULL,
        bootId = NULL, size = NULL, digest = NULL
      WHERE orderId = ? AND changeId IS NULL AND state = 'releasing' AND reason IS NOT NULL
      """, [order])
    return changesCount > 0
  }

  fileprivate func hasOpenRelease(of order: Int64) throws -> Bool {
    let sql = """
      SELECT EXISTS (SELECT 1 FROM orderRelease
        WHERE orderId = ? AND changeId IS NULL AND state <> 'released')
      """
    return try Bool.fetchOne(cachedStatement(sql: sql), arguments: [order]) ?? false
  }
}
