import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerFilesTests {
  @Test("a claim is recorded whole")
  func claimed() throws {
    let (_, ledger) = try Ledger.fresh()
    let claim = Sample.claim("products/menu.csv", stays: true)
    let id = try ledger.claim(claim, at: 1000)
    let expected = FileRecord(
      id: id, scope: Sample.scope, name: "products/menu.csv", mapping: "menu", recipe: "recipe-1",
      stamp: Sample.stamp(7), digest: nil, workName: "work-products/menu.csv", stays: true,
      standsAlone: false, outcome: nil, target: nil, isPlaced: false, records: 0, problemCount: 0,
      summary: "",
      createdAt: 1000, endedAt: nil)
    #expect(try ledger.file(id) == expected)
    #expect(expected.state == .claimed)
    #expect(try ledger.file(id + 1) == nil)
  }

  @Test("inodes and devices of any size survive")
  func largeNumbers() throws {
    let (_, ledger) = try Ledger.fresh()
    var claim = Sample.claim("menu.csv")
    claim.stamp = FileStamp(size: .max, modified: .min, changed: -1, inode: .max, device: .max - 1)
    let id = try ledger.claim(claim, at: 1)
    #expect(try ledger.file(id)?.stamp == claim.stamp)
  }

  @Test("a decision is recorded whole before the file moves, and then that it has moved")
  func decided() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv"), at: 1000)
    let decision = FileDecision(
      file: id, .rejected, target: "rejected/menu.csv", digest: "abc", records: 12, problems: 2,
      summary: "2 of 12 records are wrong")
    try ledger.decide(decision, at: 2000)
    let file = try #require(try ledger.file(id))
    #expect(file.state == .decided)
    #expect(file.outcome == .rejected)
    #expect(file.target == "rejected/menu.csv")
    #expect(file.digest == "abc")
    #expect(file.records == 12)
    #expect(file.problemCount == 2)
    #expect(file.summary == "2 of 12 records are wrong")
    #expect(file.endedAt == 2000)
    try ledger.placed(id)
    #expect(try ledger.file(id)?.state == .done)
  }

  @Test("a held file that is approved is decided anew, and must be moved anew")
  func decidedAgain() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv", digest: "abc"), at: 1)
    try ledger.decide(FileDecision(file: id, .held, target: "held/menu.csv"), at: 2)
    try ledger.placed(id)
    try ledger.decide(FileDecision(file: id, .sent, target: "archive/menu.csv"), at: 3)
    let file = try #require(try ledger.file(id))
    #expect(file.state == .decided)
    #expect(file.target == "archive/menu.csv")
    #expect(file.digest == "abc")
  }

  @Test("deciding about a file that was never claimed is refused")
  func decidedUnclaimed() throws {
    let (_, ledger) = try Ledger.fresh()
    let problem = #expect(throws: Problem.self) {
      try ledger.decide(FileDecision(file: 42, .sent), at: 1)
    }
    #expect(problem?.message == "the ledger knows no file of the number 42")
  }

  @Test("an undecided file is never in its place, whatever anybody says")
  func placedTooEarly() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    try ledger.placed(id)
    #expect(try ledger.file(id)?.state == .claimed)
  }

  @Test("an abandoned claim leaves nothing behind; a decided file cannot be abandoned")
  func abandoned() throws {
    let (_, ledger) = try Ledger.fresh()
    let first = try ledger.claim(Sample.claim("first.csv"), at: 1)
    let second = try ledger.claim(Sample.claim("second.csv"), at: 1)
    try ledger.decide(FileDecision(file: second, .unchanged), at: 2)
    try ledger.abandon(first)
    try ledger.abandon(second)
    #expect(try ledger.file(first) == nil)
    #expect(try ledger.file(second)?.outcome == .unchanged)
    #expect(try ledger.claim(Sample.claim("third.csv"), at: 3) == second + 1)
  }

  @Test("a claim that a status change refers to can be abandoned; the change stays")
  func abandonedWithChanges() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("status/day.csv"), at: 1)
    let change = try Sample.said("unknown-order", "READY")
    try ledger.note(
      StatusNews(
        file: id, mapping: "pos", change: change, seenCount: 1, outcome: .waiting(until: 9000)))
    try ledger.abandon(id)
    #expect(try ledger.file(id) == nil)
    #expect(try ledger.changes(.waiting).map(\.file) == [nil])
  }

  @Test("after a crash the files that somebody must go on with are known, in every scope")
  func unplaced() throws {
    let (_, ledger) = try Ledger.fresh()
    let claimed = try ledger.claim(Sample.claim("claimed.csv"), at: 1)
    let decided = try ledger.claim(Sample.claim("decided.csv"), at: 1)
    try ledger.decide(FileDecision(file: decided, .sent, target: "archive/x"), at: 2)
    let done = try ledger.claim(Sample.claim("done.csv"), at: 1)
    try ledger.decide(FileDecision(file: done, .sent, target: "archive/y"), at: 2)
    try ledger.placed(done)
    let elsewhere = try ledger.claim(Sample.claim("other.csv", scope: Sample.otherScope), at: 1)
    #expect(try ledger.unplaced().map(\.id) == [claimed, decided, elsewhere])
    #expect(try ledger.unplaced(Sample.scope).map(\.id) == [claimed, decided])
    #expect(try ledger.unplaced(Sample.otherScope).map(\.id) == [elsewhere])
  }

  @Test("a waiting file is left alone while a request of it is open, and taken up when none is")
  func unplacedWaiting() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    try ledger.open([Sample.request("r1", store: "one")], files: [id])
    try ledger.open([Sample.request("r2", store: "two")], files: [id])
    try ledger.accept("r1", Sample.accepted, at: 2)
    #expect(try ledger.unplaced().isEmpty)
    try ledger.accept("r2", Sample.accepted, at: 2)
    #expect(try ledger.unplaced().map(\.id) == [id])
    #expect(try ledger.unplaced().map(\.state) == [.waiting])
    #expect(try ledger.requests(behind: id).map(\.state) == [.accepted, .accepted])
  }

  @Test(
    "a file is found by its name, where it was filed, or the last part of either",
    arguments: ["products/menu.csv", "menu.csv", "held/menu-1a.csv", "menu-1a.csv"])
  func found(_ name: String) throws {
    let (_, ledger) = try Ledger.fresh()
    for (number, name) in ["products/menu.csv", "products/menu.csv", "products/other-menu.csv"]
      .enumerated()
    {
      let id = try ledger.claim(Sample.claim(name), at: 1)
      let target = number == 1 ? "held/menu-1a.csv" : "held/\(number).csv"
      try ledger.decide(FileDecision(file: id, .held, target: target), at: 2)
    }
    #expect(try ledger.newestFile(Sample.scope, .held, named: name)?.id == 2)
    #expect(try ledger.newestFile(Sample.scope, .rejected, named: name) == nil)
    #expect(try ledger.newestFile(Sample.otherScope, .held, named: name) == nil)
  }

  @Test("a file that is set aside is known with its reason until it is placed or dismissed")
  func setAside() throws {
    let (_, ledger) = try Ledger.fresh()
    for outcome: FileOutcome? in [.sent, .waiting, .rejected, nil] {
      let id = try ledger.claim(Sample.claim("menu.csv"), at: 1)
      if let outcome { try ledger.decide(FileDecision(file: id, outcome), at: 2) }
      try ledger.setAside(id, because: "the folder is closed")
    }
    #expect(
      try ledger.filesSetAside().map(\.trouble)
        == .init(repeating: "the folder is closed", count: 4))
    try ledger.placed(1)
    for file: Int64 in 2...4 { try ledger.dismiss(file: file, at: 9) }
    #expect(try ledger.filesSetAside().isEmpty)
    #expect(try ledger.unplaced().isEmpty)
    #expect(
      try (1...4).map { try ledger.file($0)?.outcome } == [.sent, .superseded, .rejected, nil])
    #expect(try ledger.file(1)?.trouble == nil)
  }

  @Test("the last files come newest first, of one scope")
  func recent() throws {
    let (_, ledger) = try Ledger.fresh()
    for name in ["a", "b", "c"] { _ = try ledger.claim(Sample.claim(name), at: 1) }
    _ = try ledger.claim(Sample.claim("d", scope: Sample.otherScope), at: 1)
    #expect(try ledger.recentFiles(Sample.scope, limit: 2).map(\.name) == ["c", "b"])
    let nowhere = Scope(environment: "production", endpoint: "", clientId: "", account: "")
    #expect(try ledger.recentFiles(nowhere, limit: 2).isEmpty)
  }
}
