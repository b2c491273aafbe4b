import GRDB
package import Records

extension Ledger {
  /// Lets an order go to the POS again, marked as a repeat, because a person asks for it.
  ///
  /// One that is stuck, with its temporary file written and put off since, begins anew.
  /// - Parameters:
  ///   - order: the order's row.
  ///   - isPlain: whether it goes as D-Store's own JSON; so does what of it waits now.
  package func releaseAgain(
    order: Int64, isPlain: Bool = false
  ) throws(Problem) -> AgainOutcome {
    try write { db in
      guard let held = try db.heldOrders("WHERE heldOrder.id = ?", [order]).first else {
        return .unknownOrder
      }
      if held.body == nil { return .isPurged }
      let isMadePlain = try isPlain && db.makeWaitingPlain(order)
      if try db.restartStuckRelease(of: order) || isMadePlain { return .willGo }
      if try !db.heldReleases("orderRelease.orderId = ?", [order]).isEmpty { return .isHeld }
      if try db.hasOpenRelease(of: order) { return .isUnderWay }
      try db.run(
        """
        INSERT INTO orderRelease (scopeId, orderId, isRepeat, isPlain)
        SELECT scopeId, id, 1, ? FROM heldOrder WHERE id = ?
        """, [isPlain, order])
      return .willGo
    }
  }
}

extension Database {
  /// - Returns: whether anything of the order waits that has no file yet.
  fileprivate func makeWaitingPlain(_ order: Int64) throws -> Bool {
    try run(
      """
      UPDATE orderRelease SET isPlain = 1, nextTryAt = 0
      WHERE orderId = ? AND (state = 'stored' OR (state = 'releasing' AND reason IS NOT NULL))
      """, [order])
    return try Bool.fetchOne(
      self,
      sql: "SELECT EXISTS (SELECT 1 FROM orderRelease WHERE orderId = ? AND state = 'stored')",
      arguments: [order]) ?? false
  }

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
