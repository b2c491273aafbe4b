import GRDB
import Records
import Testing

@testable import LedgerStore

extension Ledger {
  /// Everything that is known.
  fileprivate func known(_ scope: Scope) throws -> [String: KnownFile] {
    try known(
      scope, try read { try String.fetchSet($0, sql: "SELECT name FROM file WHERE isKnown = 1") })
  }
}

@Suite struct LedgerKnownTests {
  @Test("a file that stays is known once it is decided, one that is moved never")
  func known() throws {
    let (_, ledger) = try Ledger.fresh()
    let stays = try ledger.claim(Sample.claim("stays.csv", stays: true), at: 1000)
    let moves = try ledger.claim(Sample.claim("moves.csv"), at: 1000)
    #expect(try ledger.known(Sample.scope).isEmpty)
    try ledger.decide(FileDecision(file: stays, .unchanged, digest: "abc"), at: 2000)
    try ledger.decide(FileDecision(file: moves, .sent), at: 2000)
    #expect(
      try ledger.known(Sample.scope) == [
        "stays.csv": KnownFile(
          id: stays, mapping: "menu", recipe: "recipe-1", stamp: Sample.stamp(7), digest: "abc",
          outcome: .unchanged, recordedAt: 1000)
      ])
    #expect(try ledger.known(Sample.otherScope).isEmpty)
  }

  @Test("a file that waits for D-Store is known, too")
  func waiting() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv", stays: true, digest: "abc"), at: 1)
    try ledger.open([Sample.request("r1")], files: [id])
    #expect(try ledger.known(Sample.scope)["menu.csv"]?.outcome == .waiting)
    try ledger.accept(
      "r1", Sample.accepted, files: [FileDecision(file: id, .sent)], at: 2)
    #expect(try ledger.known(Sample.scope)["menu.csv"]?.outcome == .sent)
  }

  @Test("the last file of a name is the known one, however it ended")
  func replaced() throws {
    let (_, ledger) = try Ledger.fresh()
    for (time, outcome) in [(1, FileOutcome.sent), (2, .rejected), (3, .unchanged)]
      as [(Int64, FileOutcome)]
    {
      let id = try ledger.claim(Sample.claim("menu.csv", stays: true), at: time)
      if time > 1 { #expect(try ledger.known(Sample.scope)["menu.csv"]?.recordedAt == time - 1) }
      try ledger.decide(FileDecision(file: id, outcome), at: time)
      #expect(try ledger.known(Sample.scope)["menu.csv"]?.outcome == outcome)
    }
    #expect(try ledger.known(Sample.scope).count == 1)
  }

  @Test("a file that is moved away takes what was known under its name with it")
  func movedAway() throws {
    let (_, ledger) = try Ledger.fresh()
    for stays in [true, false] {
      let id = try ledger.claim(Sample.claim("menu.csv", stays: stays), at: 1)
      try ledger.decide(FileDecision(file: id, .sent), at: 2)
      #expect(try ledger.known(Sample.scope).isEmpty == !stays)
    }
  }

  @Test("a file of the same name in another scope is another file")
  func scopes() throws {
    let (_, ledger) = try Ledger.fresh()
    for scope in [Sample.scope, Sample.otherScope] {
      let id = try ledger.claim(Sample.claim("menu.csv", scope: scope, stays: true), at: 1)
      try ledger.decide(FileDecision(file: id, .sent), at: 2)
    }
    #expect(try ledger.known(Sample.scope).count == 1)
    #expect(try ledger.known(Sample.otherScope).count == 1)
  }

  @Test("a file that proved to be the same is known by its new stamp")
  func refreshed() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv", stays: true), at: 1)
    try ledger.decide(FileDecision(file: id, .sent), at: 2)
    try ledger.refresh([id: Sample.stamp(99)], at: 50)
    let known = try ledger.known(Sample.scope)["menu.csv"]
    #expect(known?.stamp == Sample.stamp(99))
    #expect(known?.recordedAt == 50)
    #expect(known?.outcome == .sent)
  }

  @Test("a file that is gone is forgotten, its history is not")
  func forgotten() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv", stays: true), at: 1)
    try ledger.decide(FileDecision(file: id, .sent), at: 2)
    try ledger.forget(Sample.otherScope, names: ["menu.csv"])
    #expect(try ledger.known(Sample.scope).count == 1)
    try ledger.forget(Sample.scope, names: ["menu.csv", "never-seen.csv"])
    #expect(try ledger.known(Sample.scope).isEmpty)
    #expect(try ledger.file(id)?.outcome == .sent)
  }

  @Test("only what is asked for comes back, however much stays in the inbox")
  func asked() throws {
    let (_, ledger) = try Ledger.fresh()
    for name in ["a.csv", "b.csv"] {
      let id = try ledger.claim(Sample.claim(name, stays: true), at: 1)
      try ledger.decide(FileDecision(file: id, .sent), at: 2)
    }
    #expect(try ledger.known(Sample.scope, ["b.csv", "never.csv"]).keys.sorted() == ["b.csv"])
    let plans = try ledger.plans { _ = try ledger.known(Sample.scope, ["b.csv"]) }
    #expect(plans.values.joined().contains { $0.contains("USING INDEX fileKnown") })
  }

  @Test("a thousand known files come back in one go")
  func aThousand() throws {
    let (_, ledger) = try Ledger.fresh()
    for number in 0..<1000 {
      let claim = Sample.claim("\(number).csv", stays: true, digest: "\(number)")
      let id = try ledger.claim(claim, at: 1)
      try ledger.decide(FileDecision(file: id, .unchanged), at: 2)
    }
    let known = try ledger.known(Sample.scope)
    #expect(known.count == 1000)
    #expect(known.allSatisfy { "\($1.digest ?? "").csv" == $0 })
  }
}
