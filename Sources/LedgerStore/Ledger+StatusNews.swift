import GRDB
package import Records

extension Ledger {
  /// Records what was decided about changes, with all that follows from it: what was seen, the
  /// orders' steps and values, and the notifications. All or nothing.
  ///
  /// A line whose order nobody knows is one change, however often it comes: it keeps the moment
  /// when it was seen first and until when it waits, and what was decided about it before stands,
  /// unless it comes more often in one file than it did.
  /// - Parameter decision: what becomes of the file that says all this.
  /// - Returns: false, with nothing recorded, where an order has moved since its standing was read,
  ///   or an earlier change was decided by somebody else: read and decide again.
  package func record(
    _ news: [StatusNews], _ scope: Scope, ending decision: FileDecision? = nil, at now: Int64
  ) throws(Problem) -> Bool {
    if news.isEmpty && decision == nil { return true }
    return try write { db in
      guard try db.isCurrent(news) else { return false }
      let fault = LedgerFault(path: path)
      let record = StatusRecord(
        db: db, scope: try db.newScopeId(scope), now: now, fault: fault)
      for one in news { try record.add(one) }
      if let decision { try db.decide(decision, at: now, fault) }
      return true
    }
  }
}

extension Database {
  /// Whether everything is still as it was when this was decided.
  fileprivate func isCurrent(_ news: [StatusNews]) throws -> Bool {
    var versions: [Int64: Int64] = [:]
    for one in news {
      if let earlier = one.earlier, one.outcome != .done, try !isUndecided(earlier) {
        return false
      }
      guard let order = one.order, let version = one.version else { continue }
      let current = try versions[order] ?? lastStep(of: order)
      if current != version { return false }
      versions[order] = current
    }
    return true
  }

  private func isUndecided(_ change: Int64) throws -> Bool {
    let sql = """
      SELECT EXISTS (SELECT 1 FROM statusChange
        WHERE id = ? AND state IN ('waiting', 'held', 'refused'))
      """
    return try Bool.fetchOne(cachedStatement(sql: sql), arguments: [change]) ?? false
  }
}
