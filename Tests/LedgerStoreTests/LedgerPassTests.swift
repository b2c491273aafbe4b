import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerPassTests {
  @Test("what was put off is tried at once when a person asks, in one scope")
  func hurried() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    try ledger.take(Sample.order("o3"), scope: Sample.otherGateway)
    try ledger.postponeReleases([1, 3], reason: "offline", nextTryAt: 9000)
    try ledger.hurryReleases(Sample.gateway)
    #expect(try ledger.open().map(\.id) == [1, 2])
    #expect(try ledger.open().map(\.tries) == [1, 0])
    #expect(try ledger.open(Sample.otherGateway).isEmpty)
  }

  @Test("what is not with the POS is counted, whatever keeps it")
  func waiting() throws {
    let (_, ledger) = try Ledger.fresh()
    #expect(try ledger.waitingReleases(Sample.gateway) == 0)
    try ledger.take(Sample.order("o1"), Sample.change("c1", of: "o1"), Sample.order("o2"))
    try ledger.postponeReleases([1], reason: "offline", nextTryAt: 9000)
    _ = try ledger.beginReleases([ReleaseStart(release: 3, file: Sample.file("orders/o2.json"))])
    #expect(try ledger.waitingReleases(Sample.gateway) == 3)
    try ledger.endReleases([3], at: 5000)
    #expect(try ledger.waitingReleases(Sample.gateway) == 2)
    #expect(try ledger.waitingReleases(Sample.otherGateway) == 0)
  }

  @Test("the reasons of what waits are told, each once, until it went")
  func reasons() throws {
    let (_, ledger) = try Ledger.fresh()
    #expect(try ledger.waitingReasons(Sample.gateway) == [])
    try ledger.take(Sample.order("o1"), Sample.order("o2"), Sample.order("o3"), Sample.order("o4"))
    try ledger.postponeReleases([1, 2], reason: "offline", nextTryAt: 9000)
    _ = try ledger.beginReleases([ReleaseStart(release: 3, file: Sample.file("orders/o3.json"))])
    try ledger.postponeReleases([3], reason: "moved", nextTryAt: 9000)
    #expect(try ledger.waitingReasons(Sample.gateway) == ["offline", "moved"])
    #expect(try ledger.waitingReasons(Sample.otherGateway) == [])
    try ledger.endReleases([3], at: 5000)
    #expect(try ledger.waitingReasons(Sample.gateway) == ["offline"])
  }

  @Test("a flag from the making of a file is added once to what the file is about")
  func flagged() throws {
    let (_, ledger) = try Ledger.fresh()
    let own = OrderFlag("odd", "odd")
    let late = OrderFlag("unmapped", field: "note", "the mapping has no place for it")
    try ledger.take(Sample.order("o1", flags: [own]), Sample.change("c1", of: "o1"))
    for _ in 1...2 { try ledger.flag(try #require(try ledger.open().first), late, at: 3000) }
    #expect(try ledger.open().first?.order.flags == [own, late])
    let start = ReleaseStart(release: 1, file: Sample.file("orders/o1.json"))
    _ = try ledger.beginReleases([start])
    try ledger.endReleases([1], at: 4000)
    let change = try #require(try ledger.open().first)
    #expect(change.change?.flags == [])
    try ledger.flag(change, late, at: 4000)
    #expect(try ledger.open().first?.change?.flags == [late])
    #expect(try ledger.open().first?.order.flags == [own, late])
    #expect(try ledger.orderSummary(Sample.gateway, since: 3000).flagged.map(\.at) == [4000, 3000])
  }
}
