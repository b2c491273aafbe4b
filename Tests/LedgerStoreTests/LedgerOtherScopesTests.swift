import Testing

@testable import LedgerStore

@Suite struct LedgerOtherScopesTests {
  @Test("open requests of scopes that nobody names any more are found, ended ones are not")
  func outside() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("own")], files: [])
    try ledger.open([Sample.request("other", scope: Sample.otherScope)], files: [])
    #expect(try ledger.openRequests(outside: [Sample.scope]).map(\.requestId) == ["other"])
    #expect(try ledger.openRequests(outside: []).map(\.requestId) == ["own", "other"])
    #expect(try ledger.openRequests(outside: [Sample.scope, Sample.otherScope]).isEmpty)
    try ledger.giveUp("other", at: 2000)
    #expect(try ledger.openRequests(outside: [Sample.scope]).isEmpty)
  }

  @Test("what never reached the POS is counted for every scope but one")
  func releases() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("released"), scope: Sample.otherGateway)
    try ledger.releaseAll(Sample.otherGateway)
    #expect(try ledger.leftBehind(outside: Sample.gateway) == [])
    try ledger.take(
      Sample.order("o1"), Sample.change("c1", of: "o1"), Sample.order("o2"),
      scope: Sample.otherGateway)
    let release = try #require(try ledger.open(Sample.otherGateway).first)
    _ = try ledger.beginReleases([
      ReleaseStart(release: release.id, file: Sample.file("orders/o1.json"))
    ])
    try ledger.note(try Sample.news("n1", of: 2, "ACCEPTED"), scope: Sample.otherGateway)
    try ledger.take(Sample.order("own"))
    #expect(
      try ledger.leftBehind(outside: Sample.gateway) == [
        LeftBehind(scope: Sample.otherGateway, count: 4)
      ])
    #expect(try ledger.leftBehind(outside: Sample.otherGateway).map(\.count) == [1])
  }
}
