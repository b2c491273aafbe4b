import GRDB
import Records

extension Database {
  /// Whether nothing was ever recorded in this ledger.
  func isEmptyLedger() throws -> Bool {
    if try tableExists("identity") {
      let generation = try Int64.fetchOne(self, sql: "SELECT generation FROM identity") ?? 0
      if generation > 0 { return false }
    }
    return try hasNoRows
  }

  private var hasNoRows: Bool {
    get throws {
      for table in ["file", "heldOrder", "refusedCall"] where try tableExists(table) {
        if try Bool.fetchOne(self, sql: "SELECT EXISTS (SELECT 1 FROM \(table))") == true {
          return false
        }
      }
      return true
    }
  }

  func identity() throws -> LedgerMark {
    let mark = try list("SELECT ledger, generation, raisedAt FROM identity", []) {
      LedgerMark(ledger: $0[0], generation: $0[1], raisedAt: $0[2])
    }.first
    guard let mark else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the ledger has no identity")
    }
    return mark
  }

  /// Raises the generation by one, or above that of a mark.
  func raiseGeneration(at now: Int64, above mark: LedgerMark? = nil) throws -> LedgerMark {
    try run(
      "UPDATE identity SET generation = max(generation, ?) + 1, raisedAt = ?",
      [mark?.generation ?? 0, now])
    return try identity()
  }

  /// Records that this state of the ledger does not know everything, where its marks say so, and
  /// holds what may have happened already.
  ///
  /// - Parameter isNew: whether it is begun anew in place of another.
  func noteGap(against marks: LedgerMarks, isNew: Bool, at now: Int64) throws {
    let own = try identity()
    guard let mark = marks.newest, isNew || mark.isAhead(of: own) else {
      if isNew { try insertGap(isNew: true, since: nil, until: nil, at: now, given: marks.written) }
      return
    }
    try insertGap(
      isNew: isNew, since: own.raisedAt == 0 ? nil : own.raisedAt, until: mark.raisedAt, at: now,
      given: marks.written)
  }

  private func insertGap(
    isNew: Bool, since: Int64?, until: Int64?, at now: Int64, given: Set<String>?
  ) throws {
    try run(
      """
      INSERT INTO gap (isNew, since, until, noticedAt, lastOrder, lastRequest)
      VALUES (?, ?, ?, ?, (SELECT coalesce(max(id), 0) FROM heldOrder),
        (SELECT coalesce(max(id), 0) FROM request))
      """, [isNew, since, until, now])
    try run("UPDATE accepted SET isKnown = 0", [])
    for key in given ?? [] where key.utf8.count == 32 {
      try run("INSERT OR IGNORE INTO givenBefore (key) VALUES (?)", [key])
    }
    try holdGiven(given)
  }

  /// Holds what waits for the POS and was given to it, or may have been.
  ///
  /// - Parameter given: the keys of what was; `nil` where nobody noted any.
  private func holdGiven(_ given: Set<String>?) throws {
    for (release, key) in try givenKeys(of: "state = 'stored'", []) {
      if given?.contains(key) == false { continue }
      try run("UPDATE orderRelease SET state = 'held' WHERE id = ?", [release])
    }
  }

  func hasGivenBefore() throws -> Bool {
    try Bool.fetchOne(self, sql: "SELECT EXISTS (SELECT 1 FROM givenBefore)") ?? false
  }

  /// Whether a file outside the ledger says that this was given to the POS before.
  func wasGivenBefore(_ key: String) throws -> Bool {
    let sql = "SELECT EXISTS (SELECT 1 FROM givenBefore WHERE key = ?)"
    return try Bool.fetchOne(cachedStatement(sql: sql), arguments: [key]) ?? false
  }

  /// The keys of what was given to the POS since then, or is about to be.
  func givenKeys(since: Int64) throws -> [String] {
    let older = try Int64.fetchOne(
      self, sql: "SELECT id FROM heldOrder WHERE receivedAt < ? ORDER BY id DESC LIMIT 1",
      arguments: [since])
    return try givenKeys(
      of: "orderRelease.orderId > ? AND state IN ('releasing', 'released')", [older ?? 0]
    ).map(\.key)
  }

  private func givenKeys(
    of condition: String, _ arguments: StatementArguments
  ) throws -> [(release: Int64, key: String)] {
    try list(
      """
      SELECT orderRelease.id, environment, endpoint, clientId, scope.account, requestOrderId,
        requestId
      FROM orderRelease JOIN heldOrder ON heldOrder.id = orderRelease.orderId
      JOIN scope ON scope.id = orderRelease.scopeId
      LEFT JOIN heldChange ON heldChange.id = orderRelease.changeId
      WHERE \(condition)
      """, arguments
    ) { row in
      (release: row[0], key: GivenKey.of(Scope(row, at: 1), row[5], change: row[6]))
    }
  }
}

extension LedgerMark {
  /// Whether a ledger that this mark is of knew more, or something else.
  func isAhead(of own: LedgerMark) -> Bool {
    ledger == own.ledger ? generation > own.generation : raisedAt >= own.raisedAt
  }
}
