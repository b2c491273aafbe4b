import GRDB
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerReleasesTests {
  @Test("the oldest go first, and no more than asked for")
  func oldestFirst() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"), Sample.order("o3"))
    let releases = try ledger.openReleases(Sample.gateway, limit: 2, dueAt: 0)
    #expect(releases.map(\.order.requestOrderId) == ["o1", "o2"])
  }

  @Test("what came after the newest that was asked for is left out")
  func newest() throws {
    let (_, ledger) = try Ledger.fresh()
    #expect(try ledger.newestRelease() == 0)
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    let newest = try ledger.newestRelease()
    try ledger.take(Sample.order("o3"))
    let releases = try ledger.openReleases(Sample.gateway, upTo: newest, limit: 9, dueAt: 0)
    #expect(releases.map(\.order.requestOrderId) == ["o1", "o2"])
  }

  @Test("a release of another scope is never offered")
  func scopes() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    #expect(try ledger.open(Sample.otherGateway).isEmpty)
    try ledger.take(Sample.order("o2"), scope: Sample.otherGateway)
    #expect(try ledger.open(Sample.otherGateway).map(\.order.requestOrderId) == ["o2"])
    try begin(ledger, 1, "orders/o1.json")
    #expect(try ledger.releasesUnderWay(Sample.otherGateway).isEmpty)
    #expect(try ledger.releasesUnderWay(Sample.gateway).map(\.id) == [1])
  }

  @Test("a change is offered when its order was released, and changes one after the other")
  func changesFollow() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(
      Sample.order("o1"), Sample.change("c1", of: "o1", status: "CANCELLED"),
      Sample.change("c2", of: "o1"), Sample.order("o2"))
    #expect(try names(ledger) == ["o1", "o2"])
    try begin(ledger, 1, "orders/o1.json")
    #expect(try names(ledger) == ["o2"])
    try ledger.endReleases([1], at: 4000)
    #expect(try names(ledger) == ["c1", "o2"])
    #expect(try ledger.open().first?.order.status == "CANCELLED")
    try begin(ledger, 2, "changes/c1.json")
    #expect(try names(ledger) == ["o2"])
    try ledger.endReleases([2], at: 4000)
    #expect(try names(ledger) == ["c2", "o2"])
  }

  @Test("an order that cannot go holds back its changes, and nothing of other orders")
  func stuck() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(
      Sample.order("o1"), Sample.change("c1", of: "o1"), Sample.order("o2"),
      Sample.change("c2", of: "o2"))
    try ledger.postponeReleases([1], reason: "the folder is missing", nextTryAt: 9000)
    try ledger.releaseAll(at: 8999)
    #expect(try ledger.open(at: 8999).isEmpty)
    #expect(try names(ledger, at: 9000) == ["o1"])
    let release = try #require(try ledger.open(at: 9000).first)
    #expect(release.tries == 1)
    #expect(release.reason == "the folder is missing")
    #expect(release.nextTryAt == 9000)
    try ledger.releaseAll(at: 9000)
    let summary = try ledger.orderSummary(Sample.gateway, since: 0)
    #expect(summary.waitingCount == 0)
  }

  @Test("a release under way keeps its file whole, and a released one forgets why it waited")
  func underWay() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var file = Sample.file("orders/o1.json")
    file.marker = "t2 orders/o1.done"
    file.device = .max
    file.inode = .max - 1
    #expect(try ledger.beginReleases([ReleaseStart(release: 1, file: file)]) == [.won])
    try ledger.postponeReleases([1], reason: "the share is offline", nextTryAt: 6000)
    var release = try #require(try ledger.releasesUnderWay(Sample.gateway).first)
    #expect(release.state == .releasing)
    #expect(release.file == file)
    #expect(release.reason == "the share is offline")
    #expect(try ledger.releaseTemporaries() == ["t1"])
    try ledger.endReleases([1], at: 7000)
    release = try #require(try ledger.read { try $0.releases("1", []) }.first)
    #expect(release.state == .released)
    #expect(release.file == file)
    #expect(release.releasedAt == 7000)
    #expect(release.reason == nil)
    #expect(release.nextTryAt == nil)
    #expect(try ledger.releaseTemporaries().isEmpty)
  }

  @Test("what is not under way cannot end, and what has ended cannot be put off")
  func noWayBack() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.endReleases([1], at: 4000)
    #expect(try names(ledger) == ["o1"])
    try ledger.releaseAll(at: 5000)
    try ledger.endReleases([1], at: 6000, doubtful: [1])
    try ledger.postponeReleases([1], reason: "late", nextTryAt: 9)
    let release = try #require(try ledger.read { try $0.releases("1", []) }.first)
    #expect(release.releasedAt == 5000)
    #expect(release.tries == 0)
    #expect(try ledger.orderSummary(Sample.gateway, since: 0).doubtful.isEmpty)
  }

  @Test(
    "whether anything was released into a folder",
    arguments: [
      ("", true), ("orders", true), ("ORDERS", true), ("orders/kiosk", true),
      ("orders/kios", false), ("order", false), ("orders/kiosk/1.json", false),
      ("changes", false),
    ])
  func folders(folder: String, isUsed: Bool) throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    #expect(try !ledger.hasReleased(into: folder, Sample.gateway))
    try begin(ledger, 1, "orders/kiosk/1.json")
    try begin(ledger, 2, "changes/2.json")
    #expect(try !ledger.hasReleased(into: folder, Sample.gateway))
    try ledger.endReleases([1], at: 4000)
    #expect(try ledger.hasReleased(into: folder, Sample.gateway) == isUsed)
    #expect(try !ledger.hasReleased(into: folder, Sample.otherGateway))
  }

  private func begin(_ ledger: Ledger, _ release: Int64, _ name: String) throws {
    let start = ReleaseStart(release: release, file: Sample.file(name))
    #expect(try ledger.beginReleases([start]) == [.won])
  }

  /// What can go, by D-Store's ids.
  private func names(_ ledger: Ledger, at now: Int64 = 5000) throws -> [String] {
    try ledger.open(at: now).map { $0.change?.requestId ?? $0.order.requestOrderId }
  }
}
