import Digests
import FoundationEssentials
import GRDB
package import Records

extension Ledger {
  /// Takes in what D-Store handed over, in order, all in one transaction; each gets its receipt.
  ///
  /// An order is recorded with its release to the POS, which is held where the order may have been
  /// given to it before the ledger was copied back. So is a change, and it gives its order the
  /// status that it names where the journey allows that; where not, the change carries the flag
  /// `journey`.
  /// - Parameters:
  ///   - initialStatus: of every new order.
  ///   - isAllowed: whether the channel may give an order that status after the one before.
  package func takeIn(
    _ intakes: [Intake], _ scope: Scope, initialStatus: String,
    isAllowed: (_ status: String, _ previous: String) -> Bool
  ) throws(Problem) -> [IntakeReceipt] {
    let wasGiven: (Database, String, String?) throws -> Bool = { [watch] db, order, change in
      try watch?.hasGivenBefore == true
        && db.wasGivenBefore(GivenKey.of(scope, order, change: change))
    }
    let receipts = try write { db in
      let scope = try db.newScopeId(scope)
      return try intakes.map { intake in
        if !intake.isUnverified { try db.forgetUnverified(scope: scope) }
        return switch intake {
        case .order(let order):
          try db.take(
            order, scope: scope, status: initialStatus,
            isHeld: try wasGiven(db, order.requestOrderId, nil))
        case .change(let change):
          try db.take(
            change, scope: scope,
            isHeld: try wasGiven(db, change.requestOrderId, change.requestId), isAllowed)
        case .refused(let call) where call.cause == .clock:
          try db.isKnown(call, scope: scope) ? .late : db.take(call, scope: scope)
        case .refused(let call): try db.repeated(call, scope: scope) ?? db.take(call, scope: scope)
        case .unverified(let calls): try db.count(calls, scope: scope)
        }
      }
    }
    checkpoints.note(intakes.count)
    return receipts
  }

  /// Writes something small, durable, as an order would be.
  ///
  /// - Throws: why no order could be recorded now.
  package func canStore() throws(Problem) {
    try write { try $0.run("UPDATE upkeep SET probes = probes + 1", []) }
  }
}

extension Database {
  fileprivate func take(
    _ order: ReceivedOrder, scope: Int64, status: String, isHeld: Bool
  ) throws -> IntakeReceipt {
    if let receipt = try repeated(
      order.requestOrderId, order.digest, scope: scope, at: order.receivedAt)
    {
      return receipt
    }
    let posOrderId = order.posOrderId
    let body = try insertBody(order.body)
    try run(
      """
      INSERT INTO heldOrder (scopeId, requestOrderId, account, store, channelOrderId, posOrderId,
        digest, status, bodyId, receivedAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        scope, order.requestOrderId, order.account, order.store, order.channelOrderId,
        posOrderId, order.digest, status, body, order.receivedAt,
      ])
    let subject = IntakeSubject(
      scope: scope, order: lastInsertedRowID, change: nil, at: order.receivedAt)
    try insert(OrderStep(status, .initial, at: order.receivedAt), of: subject.order)
    try insertRelease(subject, order.flags, isHeld: isHeld)
    try forgetRefusals(of: order.requestOrderId, scope: scope)
    return .stored(posOrderId: posOrderId)
  }

  /// What came of an order that is to be refused now, where it came before.
  fileprivate func repeated(_ call: RefusedCall, scope: Int64) throws -> IntakeReceipt? {
    guard let id = call.requestOrderId, let digest = call.digest else { return nil }
    return try repeated(id, digest, scope: scope, at: call.refusedAt)
  }

  /// Whether what a call says is recorded: then nothing is lost with it.
  fileprivate func isKnown(_ call: RefusedCall, scope: Int64) throws -> Bool {
    try Bool.fetchOne(
      self,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM heldOrder LEFT JOIN heldChange ON heldChange.orderId = heldOrder.id
          WHERE heldOrder.scopeId = ?1
            AND \(MatchBy.requestOrderId.condition("heldOrder", scope: "?1", "?2"))
            AND ?3 IN (heldOrder.digest, heldChange.digest))
        """, arguments: [scope, call.requestOrderId, call.digest]) ?? false
  }

  private func repeated(
    _ requestOrderId: String, _ digest: String, scope: Int64, at now: Int64
  ) throws -> IntakeReceipt? {
    guard let held = try intakeTwin(of: requestOrderId, scope: scope) else { return nil }
    if held.digest == digest { return .repeated(posOrderId: held.posOrderId) }
    return try countConflict("heldOrder", held.id, at: now)
  }

  fileprivate func take(
    _ change: ReceivedChange, scope: Int64, isHeld: Bool,
    _ isAllowed: (String, String) -> Bool
  ) throws -> IntakeReceipt {
    if let held = try intakeTwin(ofChange: change.requestId, scope: scope) {
      if held.digest == change.digest { return .repeated(posOrderId: held.posOrderId) }
      return try countConflict("heldChange", held.id, at: change.receivedAt)
    }
    guard let order = try intakeTwin(of: change.requestOrderId, scope: scope) else {
      return .unknownOrder
    }
    let body = try insertBody(change.body)
    try run(
      """
      INSERT INTO heldChange (scopeId, requestId, orderId, orderStatus, digest, bodyId, receivedAt)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """,
      [
        scope, change.requestId, order.id, change.orderStatus, change.digest, body,
        change.receivedAt,
      ])
    let subject = IntakeSubject(
      scope: scope, order: order.id, change: lastInsertedRowID, at: change.receivedAt)
    try forgetRefusals(of: change.requestOrderId, scope: scope)
    let flag = try advance(order, by: change, isAllowed)
    try insertRelease(subject, change.flags + (flag.map { [$0] } ?? []), isHeld: isHeld)
    return .stored(posOrderId: order.posOrderId)
  }

  /// Gives an order the status that a change names.
  ///
  /// - Returns: a flag where its journey does not allow that, and it keeps the status it has.
  private func advance(
    _ order: IntakeTwin, by change: ReceivedChange, _ isAllowed: (String, String) -> Bool
  ) throws -> OrderFlag? {
    guard let status = change.orderStatus, status != order.status else { return nil }
    guard isAllowed(status, order.status) else {
      return OrderFlag(
        "journey",
        "the order was \(Problem.shown(order.status)), and \(Problem.shown(status)) cannot follow")
    }
    try insert(OrderStep(status, .channel, at: change.receivedAt), of: order.id)
    try run("UPDATE heldOrder SET status = ? WHERE id = ?", [status, order.id])
    return nil
  }

  private func insertBody(_ body: [UInt8]) throws -> Int64 {
    try run("INSERT INTO orderBody (bytes) VALUES (?)", [Data(body)])
    return lastInsertedRowID
  }

  private func insertRelease(
    _ subject: IntakeSubject, _ flags: [OrderFlag], isHeld: Bool
  ) throws {
    for flag in flags {
      try run(
        """
        INSERT INTO orderFlag (scopeId, orderId, changeId, at, code, field, message)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, subject.arguments + [subject.at, flag.code, flag.field, flag.message])
    }
    let state: Release.State = isHeld ? .held : .stored
    try run(
      "INSERT INTO orderRelease (scopeId, orderId, changeId, state) VALUES (?, ?, ?, ?)",
      subject.arguments + [state.rawValue])
  }

  private func countConflict(
    _ table: String, _ id: Int64, at now: Int64
  ) throws -> IntakeReceipt {
    try run(
      "UPDATE \(table) SET conflicts = conflicts + 1, lastConflictAt = ? WHERE id = ?", [now, id])
    return .conflicting
  }

  private func intakeTwin(of requestOrderId: String, scope: Int64) throws -> IntakeTwin? {
    try list(
      """
      SELECT id, digest, posOrderId, status FROM heldOrder
      WHERE scopeId = ?1 AND \(MatchBy.requestOrderId.condition("heldOrder", scope: "?1", "?2"))
      """, [scope, requestOrderId], IntakeTwin.init
    ).first
  }

  private func intakeTwin(ofChange requestId: String, scope: Int64) throws -> IntakeTwin? {
    try list(
      """
      SELECT heldChange.id, heldChange.digest, posOrderId, status
      FROM heldChange JOIN heldOrder ON heldOrder.id = heldChange.orderId
      WHERE heldChange.scopeId = ? AND requestId = ?
      """, [scope, requestId], IntakeTwin.init
    ).first
  }
}

/// What was recorded under the same id before.
private struct IntakeTwin {
  let id: Int64
  let digest: String
  /// Of the order.
  let posOrderId: String
  /// Of the order.
  let status: String

  init(_ row: GRDB.Row) {
    id = row[0]
    digest = row[1]
    posOrderId = row[2]
    status = row[3]
  }
}

/// What flags and a release are about.
private struct IntakeSubject {
  let scope: Int64
  let order: Int64
  let change: Int64?
  /// When it came, in milliseconds since 1970.
  let at: Int64

  /// Three columns: scope, order, change.
  var arguments: StatementArguments { [scope, order, change] }
}
