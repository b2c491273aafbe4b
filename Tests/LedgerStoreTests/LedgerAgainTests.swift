import GRDB
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerAgainTests {
  @Test("an order that the POS has been given goes again, marked as a repeat")
  func again() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    #expect(try ledger.releaseAgain(order: 1) == .isUnderWay)
    try ledger.releaseAll()
    #expect(try ledger.releaseAgain(order: 1) == .willGo)
    #expect(try ledger.releaseAgain(order: 1) == .isUnderWay)
    #expect(try ledger.open().map(\.isRepeat) == [true])
    #expect(try ledger.open().map(\.id) == [2])
    #expect(try ledger.releaseAgain(order: 42) == .unknownOrder)
  }

  @Test("one that is stuck begins anew, and the name that it had is free for it")
  func stuck() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.change("c1", of: "o1"))
    let start = ReleaseStart(release: 1, file: Sample.file("orders/o1.json"))
    #expect(try ledger.beginReleases([start]) == [.won])
    #expect(try ledger.releaseAgain(order: 1) == .isUnderWay)
    try ledger.postponeReleases([1], reason: "the disk is another one", nextTryAt: 9000)
    #expect(try ledger.releaseAgain(order: 1) == .willGo)
    let release = try #require(try ledger.open().first)
    #expect(try ledger.open().count == 1)
    #expect(release.id == 1)
    #expect(release.isRepeat)
    #expect(release.file == nil)
    #expect(release.reason == nil)
    try ledger.endReleases([1], at: 4000)
    #expect(try ledger.beginReleases([start]) == [.won])
  }

  @Test("a purged order cannot go again")
  func purged() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.releaseAll()
    _ = try ledger.purge(Sample.gateway, before: 2000, at: 9000)
    #expect(try ledger.releaseAgain(order: 1) == .isPurged)
  }

  @Test("as D-Store's own JSON goes what of an order waits, or else the order once more")
  func plain() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.change("c1", of: "o1"), Sample.order("o2"))
    try ledger.postponeReleases([1], reason: "no", remedy: "Look.", nextTryAt: 9000)
    #expect(
      try ledger.orderSummary(Sample.gateway, since: 0).waiting.map(\.remedy) == ["Look.", "", ""])
    #expect(try ledger.releaseAgain(order: 1) == .isUnderWay)
    #expect(try ledger.releaseAgain(order: 1, isPlain: true) == .willGo)
    #expect(try ledger.open().map(\.isPlain) == [true, false])
    #expect(try ledger.open().map(\.isRepeat) == [false, false])
    try ledger.releaseAll()
    #expect(try ledger.releaseAgain(order: 2, isPlain: true) == .willGo)
    #expect(try ledger.open().map(\.isPlain) == [true])
    #expect(try ledger.open().map(\.isRepeat) == [true])
  }
}
