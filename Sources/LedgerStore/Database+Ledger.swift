import GRDB
import Records

extension Database {
  /// Runs a statement that is prepared once and kept.
  func run(_ sql: String, _ arguments: StatementArguments) throws {
    try cachedStatement(sql: sql).execute(arguments: arguments)
  }

  /// Every row that the statement gives, each turned into a value; prepared once and kept.
  func list<Value>(
    _ sql: String, _ arguments: StatementArguments, _ value: (GRDB.Row) throws -> Value
  ) throws -> [Value] {
    var values: [Value] = []
    let rows = try GRDB.Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
    while let row = try rows.next() { values.append(try value(row)) }
    return values
  }

  /// The number of a scope, if it has ever been written about.
  func scopeId(_ scope: Scope) throws -> Int64? {
    let sql = """
      SELECT id FROM scope
      WHERE environment = ? AND endpoint = ? AND clientId = ? AND account = ?
      """
    return try Int64.fetchOne(cachedStatement(sql: sql), arguments: scope.arguments)
  }

  /// The number of a scope, new if need be.
  func newScopeId(_ scope: Scope) throws -> Int64 {
    if let id = try scopeId(scope) { return id }
    try run(
      "INSERT INTO scope (environment, endpoint, clientId, account) VALUES (?, ?, ?, ?)",
      scope.arguments)
    return lastInsertedRowID
  }
}

extension Scope {
  fileprivate var arguments: StatementArguments { [environment, endpoint, clientId, account] }

  /// From four columns in the table's order.
  init(_ row: GRDB.Row, at index: Int) {
    self.init(
      environment: row[index], endpoint: row[index + 1], clientId: row[index + 2],
      account: row[index + 3])
  }
}

extension FileStamp {
  /// From five columns in the order size, modified, changed, inode, device.
  init(_ row: GRDB.Row, at index: Int) {
    self.init(
      size: row[index], modified: row[index + 1], changed: row[index + 2],
      inode: UInt64(bitPattern: row[index + 3]), device: UInt64(bitPattern: row[index + 4]))
  }

  /// Five columns; SQLite's whole numbers are signed.
  var arguments: StatementArguments {
    [size, modified, changed, Int64(bitPattern: inode), Int64(bitPattern: device)]
  }
}

extension Delivery {
  /// From nine columns in the order of ``arguments``.
  init(_ row: GRDB.Row, at index: Int) throws {
    self.init(
      try .named(row[index]), reason: row[index + 1], httpStatus: row[index + 2],
      resultStatus: row[index + 3], resultCode: row[index + 4], resultMessage: row[index + 5],
      claimedCode: row[index + 6], isRateLimited: row[index + 7], retryAfter: row[index + 8])
  }

  /// Nine columns; texts from outside are cut.
  var arguments: StatementArguments {
    [
      outcome.rawValue, String(reason.prefix(500)), httpStatus, resultStatus, resultCode,
      resultMessage.map { String($0.prefix(500)) }, claimedCode, isRateLimited, retryAfter,
    ]
  }
}

extension Amount {
  /// From two columns, value and currency; nothing where there is none.
  ///
  /// - Throws: SQLITE_CORRUPT for a currency that this program never writes.
  init?(_ row: GRDB.Row, at index: Int) throws {
    guard let value: Int64 = row[index] else { return nil }
    guard let code: String = row[index + 1], let currency = Currency(code: code) else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "an amount of \(value) has no currency")
    }
    self.init(value: value, currency: currency)
  }
}
