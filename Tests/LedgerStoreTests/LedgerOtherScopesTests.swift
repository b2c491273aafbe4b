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
}
