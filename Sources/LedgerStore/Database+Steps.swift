import GRDB

extension Database {
  /// Adds a step to an order's journey.
  func insert(_ step: OrderStep, of order: Int64) throws {
    try run(
      "INSERT INTO orderStep (orderId, status, origin, changedAt, at) VALUES (?, ?, ?, ?, ?)",
      [order, step.status, step.origin.rawValue, step.changedAt, step.at])
  }

  /// The steps of an order in their order.
  func steps(of order: Int64) throws -> [OrderStep] {
    try list(
      "SELECT status, origin, changedAt, at FROM orderStep WHERE orderId = ? ORDER BY id", [order]
    ) { OrderStep($0[0], try .named($0[1]), changedAt: $0[2], at: $0[3]) }
  }

  /// The row of an order's last step; 0 where it has none.
  func lastStep(of order: Int64) throws -> Int64 {
    let sql = "SELECT max(id) FROM orderStep WHERE orderId = ?"
    return try Int64.fetchOne(cachedStatement(sql: sql), arguments: [order]) ?? 0
  }
}
