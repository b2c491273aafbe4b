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
