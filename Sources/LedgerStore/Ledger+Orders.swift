import FoundationEssentials
import GRDB
package import Records

extension Ledger {
  /// The orders that have an id or a number, newest first.
  package func orders(
    _ scope: Scope, _ key: MatchBy, _ value: String, limit: Int
  ) throws(Problem) -> [HeldOrder] {
    try read { db in
      try db.heldOrders(
        """
        WHERE heldOrder.scopeId = ?1 AND \(key.condition("heldOrder", scope: "?1", "?2"))
        ORDER BY heldOrder.id DESC LIMIT ?3
        """, [try db.scopeId(scope), value, limit])
    }
  }

  /// Whether an order has ever come.
  package func hasOrders(_ scope: Scope) throws(Problem) -> Bool {
    try read { db in
      try Bool.fetchOne(
        db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM heldOrder WHERE scopeId = ?)"),
        arguments: [try db.scopeId(scope)]) ?? false
    }
  }

  /// The order that has an id or a number; where several have it, the one that came last.
  package func order(
    _ scope: Scope, _ key: MatchBy, _ value: String
  ) throws(Problem) -> HeldOrder? {
    try orders(scope, key, value, limit: 1).first
  }
}

extension MatchBy {
  /// Whether an order has the id or number, in words that an index fits.
  ///
  /// - Parameters:
  ///   - table: the name that the table of orders has in the statement, which asks for the scope.
  ///   - scope: an expression for the scope.
  ///   - value: an expression for the id or number.
  func condition(_ table: String, scope: String, _ value: String) -> String {
    switch self {
    case .requestOrderId:
      "\(table).posOrderId = posOrderIdOf(\(value)) AND \(table).requestOrderId = \(value)"
    case .posOrderId: "\(table).posOrderId = \(value)"
    case .channelOrderId: OrderKeysSchema.hasChannelId(table, scope: scope, value)
    case .shortOrderNumber: "\(table).shortOrderNumber = \(value)"
    }
  }
}

extension Database {
  /// Orders with their bodies and flags; `condition` is everything from WHERE on.
  func heldOrders(_ condition: String, _ arguments: StatementArguments) throws -> [HeldOrder] {
    let sql = """
      SELECT \(HeldOrder.columns)
      FROM heldOrder LEFT JOIN orderBody ON orderBody.id = heldOrder.bodyId
      """
    return try list("\(sql) \(condition)", arguments, heldOrder)
  }

  /// An order from the first columns of a row, ``HeldOrder/columns``, with its flags.
  func heldOrder(_ row: GRDB.Row) throws -> HeldOrder {
    HeldOrder(
      id: row[0], account: row[1], store: row[2], requestOrderId: row[3],
      channelOrderId: row[4], posOrderId: row[5], shortOrderNumber: row[6], status: row[7],
      flags: try orderFlags(row[0], change: nil), body: try row.bytes(at: 8),
      receivedAt: row[9], purgedAt: row[10])
  }

  /// A change by its row.
  func heldChange(_ id: Int64) throws -> HeldChange? {
    try list(
      """
      SELECT heldChange.id, requestId, orderStatus, orderId, bytes, receivedAt
      FROM heldChange LEFT JOIN orderBody ON orderBody.id = heldChange.bodyId
      WHERE heldChange.id = ?
      """, [id]
    ) { row in
      HeldChange(
        id: row[0], requestId: row[1], orderStatus: row[2],
        flags: try orderFlags(row[3], change: row[0]), body: try row.bytes(at: 4),
        receivedAt: row[5])
    }.first
  }

  private func orderFlags(_ order: Int64, change: Int64?) throws -> [OrderFlag] {
    try list(
      """
      SELECT code, field, message FROM orderFlag WHERE orderId = ? AND changeId IS ? ORDER BY id
      """, [order, change]
    ) { OrderFlag($0[0], field: $0[1], $0[2]) }
  }
}

extension HeldOrder {
  /// Eleven columns of the tables heldOrder and orderBody.
  static let columns = """
    heldOrder.id, account, store, requestOrderId, channelOrderId, posOrderId, shortOrderNumber,
      status, bytes, receivedAt, purgedAt
    """
}

extension GRDB.Row {
  /// A blob; nothing where there is none.
  func bytes(at index: Int) throws -> [UInt8]? {
    try withUnsafeData(atIndex: index) { $0.map { [UInt8]($0) } }
  }
}
