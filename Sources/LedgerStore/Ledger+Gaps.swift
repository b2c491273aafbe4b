import GRDB
package import Records

extension Ledger {
  /// What the ledger may not know of, newest first; for looking, also what the next run will notice.
  package func gaps() throws(Problem) -> [LedgerGap] {
    try read { db in
      let own = try db.identity()
      var gaps = try db.gaps("1")
      if isForLooking, let mark = marks.newest, mark.isAhead(of: own) {
        gaps.insert(
          LedgerGap(
            isNew: false, since: own.raisedAt == 0 ? nil : own.raisedAt, until: mark.raisedAt,
            noticedAt: mark.raisedAt), at: 0)
      }
      return gaps
    }
  }

  /// The gaps that no run has told of.
  package func untoldGaps() throws(Problem) -> [LedgerGap] {
    try read { try $0.gaps("isTold = 0") }
  }

  /// Records that a run has told of all gaps.
  package func noteGapsTold() throws(Problem) {
    try write { try $0.run("UPDATE gap SET isTold = 1 WHERE isTold = 0", []) }
  }

  /// Requests that were open when the ledger was copied back: D-Store may have decided on them, and
  /// on later ones.
  package func openRequestsBeforeGap() throws(Problem) -> [SyncRequest] {
    try read { db in
      try db.requests(
        """
        WHERE request.state = 'open' AND request.id <= (SELECT max(lastRequest) FROM gap)
        ORDER BY request.id
        """, [])
    }
  }

  /// Records that nobody knows what D-Store holds for a store: its next sync is a full one.
  package func loseBase(_ scope: Scope, store: String) throws(Problem) {
    try write { db in
      try db.run(
        "UPDATE accepted SET isKnown = 0 WHERE scopeId = ? AND store = ?",
        [try db.scopeId(scope), store])
    }
  }

  /// Notes, outside the ledger too, what is about to be given to the POS.
  package func noteGiven(_ releases: [Release], _ scope: Scope) {
    if releases.isEmpty { return }
    marks.note(
      written: releases.map {
        GivenKey.of(scope, $0.order.requestOrderId, change: $0.change?.requestId)
      })
  }
}

extension Database {
  fileprivate func gaps(_ condition: String) throws -> [LedgerGap] {
    try list(
      "SELECT isNew, since, until, noticedAt FROM gap WHERE \(condition) ORDER BY id DESC", []
    ) { LedgerGap(isNew: $0[0], since: $0[1], until: $0[2], noticedAt: $0[3]) }
  }

  /// Whether something may have happened to an order that the ledger does not know.
  func mayHaveGap(_ order: Int64) throws -> Bool {
    let last = try Int64.fetchOne(
      cachedStatement(sql: "SELECT max(lastOrder) FROM gap"))
    guard let last else { return false }
    if order <= last { return true }
    return try list(
      """
      SELECT environment, endpoint, clientId, scope.account, requestOrderId
      FROM heldOrder JOIN scope ON scope.id = heldOrder.scopeId WHERE heldOrder.id = ?
      """, [order]
    ) { try wasGivenBefore(GivenKey.of(Scope($0, at: 0), $0[4], change: nil)) }.first ?? false
  }

  /// The bodies of an order's notifications by their requestIds, oldest first.
  func told(of order: Int64) throws -> [OrderStanding.Told] {
    try list("SELECT requestId, body FROM notification WHERE orderId = ? ORDER BY id", [order]) {
      OrderStanding.Told(requestId: $0[0], body: try $0.bytes(at: 1) ?? [])
    }
  }
}
