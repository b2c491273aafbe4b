import GRDB
import Synchronization

@testable import LedgerStore

extension Ledger {
  /// How SQLite finds what each of the statements asks for, by statement.
  func plans(_ body: () throws -> Void) throws -> [String: [String]] {
    let statements = Mutex<Set<String>>([])
    queue.writeWithoutTransaction { db in
      db.trace { event in
        guard case .statement(let statement) = event else { return }
        statements.withLock { _ = $0.insert(statement.sql) }
      }
    }
    try body()
    return try queue.writeWithoutTransaction { db in
      db.trace(options: [])
      var plans: [String: [String]] = [:]
      for sql in statements.withLock({ $0 }) where sql.contains(#/^(SELECT|UPDATE|DELETE)/#) {
        let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        statement.setUncheckedArguments([])
        plans[sql] = try GRDB.Row.fetchAll(statement).map { $0[3] }
      }
      return plans
    }
  }
}
