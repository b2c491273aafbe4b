import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerAttentionTests {
  @Test("an empty ledger needs nobody")
  func empty() throws {
    let (_, ledger) = try Ledger.fresh()
    #expect(
      try ledger.attention(Sample.scope)
        == Attention(rejected: [], held: [], partial: [], refused: [], open: []))
    #expect(try ledger.attention(Sample.scope).isEmpty)
  }

  @Test("a bad file needs somebody until a good one of the same mapping follows")
  func files() throws {
    let (_, ledger) = try Ledger.fresh()
    try end("good-before.csv", .sent, ledger)
    try end("bad.csv", .rejected, ledger)
    try end("held.csv", .held, ledger)
    try end("stopped.csv", .rejected, ledger, mapping: "drinks")
    try end("elsewhere.csv", .rejected, ledger, scope: Sample.otherScope)
    try end("older.csv", .superseded, ledger)
    var attention = try ledger.attention(Sample.scope)
    #expect(attention.rejected.map(\.name) == ["bad.csv", "stopped.csv"])
    #expect(attention.held.map(\.name) == ["held.csv"])
    #expect(!attention.isEmpty)
    try end("better.csv", .unchanged, ledger)
    attention = try ledger.attention(Sample.scope)
    #expect(attention.rejected.map(\.name) == ["stopped.csv"])
    #expect(attention.held.isEmpty)
    try end("better.csv", .sent, ledger, mapping: "drinks")
    #expect(try ledger.attention(Sample.scope).isEmpty)
    #expect(try ledger.attention(Sample.otherScope).rejected.map(\.name) == ["elsewhere.csv"])
  }

  @Test("a bad file that stands alone needs somebody until a good one of its name follows")
  func standsAlone() throws {
    let (_, ledger) = try Ledger.fresh()
    try end("status/1.csv", .rejected, ledger, standsAlone: true)
    try end("status/2.csv", .sent, ledger, standsAlone: true)
    #expect(try ledger.attention(Sample.scope).rejected.map(\.name) == ["status/1.csv"])
    try end("status/1.csv", .sent, ledger, standsAlone: true)
    #expect(try ledger.attention(Sample.scope).isEmpty)
  }

  @Test(
    "a file with bad rows needs somebody until a good one of other content follows",
    arguments: [false, true])
  func partial(_ standsAlone: Bool) throws {
    let (_, ledger) = try Ledger.fresh()
    func partial() throws -> [String] { try ledger.attention(Sample.scope).partial.map(\.name) }
    var claim = Sample.claim("bad.csv")
    claim.standsAlone = standsAlone
    for _ in 1...2 {
      let id = try ledger.claim(claim, at: 1)
      try ledger.decide(
        FileDecision(file: id, .sent, problems: 2, report: "rejected/bad.csv.problem.txt"), at: 2)
    }
    #expect(try partial() == ["bad.csv"])
    claim.digest = "other"
    claim.name = standsAlone ? "bad.csv" : "good.csv"
    try ledger.decide(FileDecision(file: try ledger.claim(claim, at: 3), .sent), at: 3)
    #expect(try partial() == [])
  }

  @Test("a refused or lost request needs somebody until one is accepted; an open one goes on")
  func requests() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.refuse("r1", Sample.refused, at: 1)
    try ledger.open([Sample.request("r2", store: "store-2")], files: [])
    try ledger.giveUp("r2", at: 1)
    try ledger.open([Sample.request("r3")], files: [])
    try ledger.recordTry("r3", Sample.unknown, nextTryAt: 99, at: 2)
    var attention = try ledger.attention(Sample.scope)
    #expect(attention.refused.map(\.requestId) == ["r1", "r2"])
    #expect(attention.open.map(\.requestId) == ["r3"])
    #expect(attention.open.map(\.nextTryAt) == [99])
    try ledger.accept("r3", Sample.accepted, at: 3)
    attention = try ledger.attention(Sample.scope)
    #expect(attention.refused.map(\.requestId) == ["r2"])
    #expect(attention.open.isEmpty)
    #expect(try ledger.attention(Sample.otherScope).isEmpty)
  }

  @Test("a request that was accepted before a refusal fixes nothing")
  func refusedLater() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.accept("r1", Sample.accepted, at: 1)
    try ledger.open([Sample.request("r2")], files: [])
    try ledger.refuse("r2", Sample.refused, at: 2)
    #expect(try ledger.attention(Sample.scope).refused.map(\.requestId) == ["r2"])
  }

  private func end(
    _ name: String, _ outcome: FileOutcome, _ ledger: Ledger, mapping: String = "menu",
    scope: Scope = Sample.scope, standsAlone: Bool = false
  ) throws {
    var claim = Sample.claim(name, mapping: mapping, scope: scope)
    claim.standsAlone = standsAlone
    let id = try ledger.claim(claim, at: 1)
    try ledger.decide(FileDecision(file: id, outcome), at: 2)
  }
}
