import Glibc
import LedgerStore
import Records
import RowMapping
import TestSupport
import Testing

@testable import Flows

/// A mapping that wrote orders, and that is gone when the next process begins.
@Suite struct GoneMappingsTests {
  private static let remedy =
    "Put it back; or, if it is not to come back, run `dstore-connector approve Mappings/a.yaml`: what no "
    + "other mapping takes is written as plain JSON then."

  /// A shop whose first order a mapping wrote.
  private func shop(_ mapping: String = Sample.mapping("A: a")) throws -> OrderShop {
    let shop = try OrderShop(["a.yaml": mapping])
    try shop.take(Sample.order("R-1"))
    #expect(try shop.release().written == ["orders/R-1.csv"])
    return shop
  }

  private func giveUp(_ shop: OrderShop) throws {
    #expect(try shop.ledger.giveUp(mapping: "a", try shop.scope, at: shop.now))
  }

  @Test("orders wait for it; once a person gave it up they are written as plain JSON")
  func waits() throws {
    let shop = try shop()
    shop.folder.remove("Mappings/a.yaml")
    try shop.take(Sample.order("R-2"))
    let report = try shop.release()
    #expect(report.written == [])
    #expect(
      report.problems.map(\.description) == [
        "Mappings/a.yaml: orders wait, because this mapping, which may have to write them, is gone. "
          + Self.remedy
      ])
    let waiting = try #require(try shop.summary.waiting.first)
    #expect(waiting.subject.requestOrderId == "R-2")
    #expect(waiting.remedy == Self.remedy)
    try giveUp(shop)
    let after = try shop.release()
    #expect(after.written == ["orders/R-2.json"])
    #expect(after.problems == [])
  }

  @Test("a mapping that comes back writes what waited, and is missed again when it goes")
  func returns() throws {
    let shop = try shop()
    try giveUp(shop)
    try shop.take(Sample.order("R-2"))
    #expect(try shop.release().written == ["orders/R-2.csv"])
    shop.folder.remove("Mappings/a.yaml")
    try shop.take(Sample.order("R-3"))
    #expect(try shop.release().written == [])
    shop.write(["a.yaml": Sample.mapping("A: new")])
    #expect(try shop.release().written == ["orders/R-3.csv"])
    #expect(shop.text("orders/R-3.csv") == "A\nnew\n")
  }

  @Test("it is told although no order waits, and no more once it was given up")
  func told() throws {
    let shop = try shop()
    shop.folder.remove("Mappings/a.yaml")
    #expect(try shop.release().problems.map(\.code) == ["mapping-gone"])
    try giveUp(shop)
    #expect(try shop.release().problems == [])
  }

  @Test("a mapping that was there before the first order is missed as well")
  func unused() throws {
    let shop = try OrderShop(["a.yaml": Sample.mapping("A: a")])
    try shop.release()
    shop.folder.remove("Mappings/a.yaml")
    try shop.take(Sample.order("R-1"))
    #expect(try shop.release().written == [])
    #expect(try shop.open.count == 1)
  }

  @Test("where there never was one, orders are D-Store's JSON, and nothing is said")
  func never() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    let report = try shop.release()
    #expect(report.written == ["orders/R-1.json"])
    #expect(report.problems == [])
    #expect(try shop.ledger.usedMappings(try shop.scope) == [])
  }

  @Test("orders of an account that it never wrote do not wait for it")
  func otherAccount() throws {
    let mine = Sample.mapping("A: a", "where: {posStoreId: S-1, mine: present}")
    let shop = try OrderShop(["a.yaml": mine])
    try shop.take(Sample.order("R-1", ",\"mine\":1"), Sample.order("T-1", account: "tea"))
    #expect(try shop.release().written == ["orders/R-1.csv", "orders/T-1.json"])
    shop.folder.remove("Mappings/a.yaml")
    try shop.take(Sample.order("R-2"), Sample.order("T-2", account: "tea"))
    #expect(try shop.release().written == ["orders/T-2.json"])
    #expect(try shop.open.map(\.order.requestOrderId) == ["R-2"])
  }

  @Test("what another mapping takes does not wait, as where it was renamed")
  func renamed() throws {
    let shop = try shop()
    shop.folder.remove("Mappings/a.yaml")
    shop.write(["b.yaml": Sample.mapping("A: b", "where: {x: present}")])
    try shop.take(Sample.order("R-2", ",\"x\":1"), Sample.order("R-3"))
    let report = try shop.release()
    #expect(report.written == ["orders/R-2.csv"])
    #expect(report.problems.map(\.code) == ["mapping-gone"])
    #expect(try shop.open.map(\.order.requestOrderId) == ["R-3"])
  }

  @Test("changes wait for theirs, and the order of one does not")
  func changes() throws {
    let shop = try OrderShop(["c.yaml": Sample.changeMapping])
    try shop.take(Sample.order("R-1"), Sample.change("C-1", of: "R-1"))
    try shop.release()
    try shop.release()
    #expect(shop.files == ["changes/R-1-C-1.csv", "orders/R-1.json"])
    shop.folder.remove("Mappings/c.yaml")
    try shop.take(Sample.order("R-2"), Sample.change("C-2", of: "R-2"))
    try shop.release()
    let report = try shop.release()
    #expect(shop.files == ["changes/R-1-C-1.csv", "orders/R-1.json", "orders/R-2.json"])
    #expect(
      report.problems.first?.message
        == "changes of orders wait, because this mapping, which may have to write them, is gone")
    #expect(try shop.ledger.giveUp(mapping: "c", try shop.scope, at: shop.now))
    #expect(try shop.release().written == ["changes/R-2-C-2.json"])
  }

  @Test("a mapping that is wrong is not gone")
  func wrong() throws {
    let shop = try shop()
    shop.write(["a.yaml": Sample.mapping("A: '${x | uper}'")])
    try shop.take(Sample.order("R-2"))
    #expect(!(try shop.release().problems.map(\.code).contains("mapping-gone")))
    #expect(try shop.shelf.orders.has("a"))
  }

  @Test("a process that runs goes on with it until a person gives it up")
  func running() throws {
    let shop = try shop()
    let mappings = OrderMappings(
      workspace: shop.folder.path, settings: try shop.settings, ledger: shop.ledger)
    func written(_ id: String) throws -> [String] {
      try shop.take(Sample.order(id))
      var report = OutboxReport()
      try shop.release(mappings: mappings).pass(into: &report)
      return report.written
    }
    #expect(try written("R-2") == ["orders/R-2.csv"])
    shop.folder.remove("Mappings/a.yaml")
    #expect(try written("R-3") == ["orders/R-3.csv"])
    try giveUp(shop)
    #expect(try written("R-4") == ["orders/R-4.json"])
  }

  @Test("a folder of mappings that cannot be read is not an empty one: orders wait until it can be")
  func unreadable() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    let settings = try shop.settings
    let mappings = OrderMappings(
      workspace: shop.folder.path, settings: settings, ledger: shop.ledger)
    rename(shop.folder.file("Mappings"), shop.folder.file("away"))
    shop.folder.write("", to: "Mappings")
    let problems = #expect(throws: Problems.self) {
      _ = try MappingShelf.load(workspace: shop.folder.path, settings: settings)
    }
    #expect(
      problems?.all.map(\.description) == [
        "Mappings: the folder of the mappings cannot be read: Not a directory. Let the connector's "
          + "user read it, and check the disk or share that it is on."
      ])
    var report = OutboxReport()
    let release = OutboxRelease(
      ledger: shop.ledger, scope: Scope(ordersOf: settings), outbox: shop.outbox,
      mappings: mappings, now: { shop.now })
    try release.pass(into: &report)
    #expect(report.written == [])
    #expect(report.waiting == 1)
    #expect(report.problems.map(\.code) == ["mappings-unreadable"])
    shop.folder.remove("Mappings")
    rename(shop.folder.file("away"), shop.folder.file("Mappings"))
    report = OutboxReport()
    try release.pass(into: &report)
    #expect(report.written == ["orders/R-1.json"])
  }
}
