import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct OrdersSchemaTests {
  @Test("a ledger that knows products alone is brought up to date, and loses nothing")
  func migrated() throws {
    let folder = TemporaryFolder()
    let old = try DatabaseQueue(path: folder.file("ledger.sqlite"))
    try LedgerSchema.migrator.migrate(old, upTo: "products")
    try old.write { try $0.execute(sql: "INSERT INTO scope VALUES (7, 'e', 'u', 'c', 'a')") }
    try old.close()
    let problem = #expect(throws: Problem.self) { try Ledger.openIfThere(folder: folder.path) }
    #expect(problem?.code == "ledger-older")
    let ledger = try Ledger.open(folder: folder.path)
    let scope = Scope(environment: "e", endpoint: "u", clientId: "c", account: "a")
    #expect(try ledger.read { try $0.scopeId(scope) } == 7)
    try ledger.take(Sample.order("o1"), scope: scope)
    #expect(try ledger.open(scope).count == 1)
  }

  @Test("whatever is asked while orders come and go is found by an index that fits")
  func plans() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.change("c1", of: "o1"))
    let plans = try ledger.plans {
      try ledger.take(
        .refused(Sample.refused("o2")), Sample.order("o1"), Sample.order("o2"),
        Sample.change("c1", of: "o1"),
        Sample.change("c2", of: "o1", status: "CANCELLED"), Sample.order("o1", body: "other"))
      try ledger.releaseAll()
      _ = try ledger.releasesUnderWay(Sample.gateway)
      _ = try ledger.releaseTemporaries()
      try ledger.postponeReleases([1], reason: "", nextTryAt: 1)
      _ = try ledger.renameRelease(1, from: "a", to: "b")
      _ = try ledger.hasReleased(into: "orders", Sample.gateway)
      _ = try ledger.releaseAgain(order: 1)
      for key in MatchBy.allCases { _ = try ledger.order(Sample.gateway, key, "o1") }
      _ = try ledger.orderSummary(Sample.gateway, since: 0)
      _ = try ledger.leftBehind(outside: Sample.gateway)
      _ = try ledger.refusedCalls(Sample.gateway, since: 0, limit: 5)
      try ledger.releaseAll()
      #expect(try ledger.purge(Sample.gateway, before: .max, at: 1).count == 5)
    }
    #expect(plans.count > 20)
    let scans = plans.filter { plan in
      plan.value.contains { $0.hasPrefix("SCAN") && !Self.small.contains($0) }
    }
    #expect(scans == [:])
  }

  /// What is small, such as the days on which orders came, or read from one end only as far as needed.
  private static let small: Set<String> = [
    "SCAN CONSTANT ROW", "SCAN upkeep", "SCAN orderBody", "SCAN waiting",
    "SCAN orderRelease USING INDEX orderReleaseUnderWay",
    "SCAN orderRelease USING INDEX orderReleaseDue", "SCAN (subquery-3)",
    "SCAN notification USING INDEX notificationQueued", "SCAN scope", "SCAN known",
  ]
}
