import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerEndingsTests {
  @Test("an accepted request's payload is the store's base, and its files are decided with it")
  func accepted() throws {
    let (_, ledger) = try Ledger.fresh()
    let file = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    try ledger.open([Sample.request("r1")], files: [file])
    let decision = FileDecision(file: file, .sent, target: "archive/menu.csv", records: 3)
    #expect(try ledger.accept("r1", Sample.accepted, files: [decision], at: 5000).isEmpty)
    let request = try #require(try ledger.request("r1"))
    #expect(request.state == .accepted)
    #expect(request.endedAt == 5000)
    #expect(request.tries == 1)
    #expect(request.last == Attempt(at: 5000, delivery: Sample.accepted))
    #expect(try ledger.file(file)?.state == .decided)
    #expect(try ledger.file(file)?.target == "archive/menu.csv")
    #expect(
      try ledger.accepted(Sample.scope, store: "store-1")
        == AcceptedSync(
          scope: Sample.scope, store: "store-1", requestId: "r1", catalogue: "main",
          payloadPath: "payloads/r1", productsDigest: "products-r1", recipe: "recipe-1",
          sourceDigest: "source-r1", productCount: 3, acceptedAt: 5000, isKnown: true))
    #expect(try ledger.accepted(Sample.otherScope, store: "store-1") == nil)
    #expect(try ledger.accepted(Sample.scope, store: "store-2") == nil)
  }

  @Test("the previous base, and a body that is no base, can be deleted afterwards")
  func replaced() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.accept("r1", Sample.accepted, at: 1)
    try ledger.open(
      [Sample.request("r2", base: "payloads/r2-full", kind: .statusUpdate)], files: [])
    #expect(
      try ledger.pathsInUse() == ["payloads/r1", "payloads/r2", "payloads/r2-full"])
    #expect(try ledger.accept("r2", Sample.accepted, at: 2) == ["payloads/r1", "payloads/r2"])
    #expect(try ledger.pathsInUse() == ["payloads/r2-full"])
    #expect(
      try ledger.accepted(Sample.scope).mapValues(\.payloadPath) == ["store-1": "payloads/r2-full"])
  }

  @Test("a path that another store still needs is not given away")
  func shared() throws {
    let (_, ledger) = try Ledger.fresh()
    for store in ["one", "two"] {
      try ledger.open([Sample.request(store, store: store, base: "payloads/same")], files: [])
      try ledger.accept(store, Sample.accepted, at: 1)
    }
    try ledger.open([Sample.request("new", store: "one")], files: [])
    #expect(try ledger.accept("new", Sample.accepted, at: 2).isEmpty)
    #expect(try ledger.pathsInUse() == ["payloads/same", "payloads/new"])
  }

  @Test("a refusal changes no base")
  func refused() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.accept("r1", Sample.accepted, at: 1)
    let file = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    try ledger.open([Sample.request("r2")], files: [file])
    let decision = FileDecision(file: file, .rejected, target: "rejected/menu.csv", problems: 1)
    #expect(
      try ledger.refuse("r2", Sample.refused, files: [decision], at: 7) == ["payloads/r2"])
    let request = try #require(try ledger.request("r2"))
    #expect(request.state == .refused)
    #expect(request.endedAt == 7)
    #expect(request.last?.delivery == Sample.refused)
    #expect(try ledger.file(file)?.outcome == .rejected)
    let base = try ledger.accepted(Sample.scope, store: "store-1")
    #expect(base?.requestId == "r1")
    #expect(base?.isKnown == true)
  }

  @Test("after a request is given up the base is unknown until the next one is accepted")
  func givenUp() throws {
    let (_, ledger) = try Ledger.fresh()
    for (id, store) in [("r1", "store-1"), ("r2", "store-2")] {
      try ledger.open([Sample.request(id, store: store)], files: [])
      try ledger.accept(id, Sample.accepted, at: 1)
    }
    try ledger.open([Sample.request("r3")], files: [])
    try ledger.recordTry("r3", Sample.unknown, nextTryAt: 50, at: 2)
    #expect(try ledger.giveUp("r3", at: 9) == ["payloads/r3"])
    let request = try #require(try ledger.request("r3"))
    #expect(request.state == .givenUp)
    #expect(request.tries == 1)
    #expect(request.nextTryAt == nil)
    #expect(
      try ledger.accepted(Sample.scope).mapValues(\.isKnown) == [
        "store-1": false, "store-2": true,
      ])
    try ledger.open([Sample.request("r4")], files: [])
    #expect(try ledger.accept("r4", Sample.accepted, at: 10) == ["payloads/r1"])
    #expect(try ledger.accepted(Sample.scope, store: "store-1")?.isKnown == true)
  }

  @Test("a newer request takes the place of an open one of its store, or nothing is recorded")
  func superseded() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.accept("r1", Sample.accepted, at: 1)
    try ledger.open([Sample.request("r2")], files: [])
    let earlier = try #require(try ledger.request("r2"))
    #expect(throws: Problem.self) {
      try ledger.open([Sample.request("r3")], files: [42], replacing: [earlier])
    }
    #expect(try ledger.request("r2")?.state == .open)
    #expect(try ledger.accepted(Sample.scope, store: "store-1")?.isKnown == true)
    let paths = try ledger.open([Sample.request("r3", at: 70)], files: [], replacing: [earlier])
    #expect(paths == ["payloads/r2"])
    #expect(try ledger.request("r2")?.state == .superseded)
    #expect(try ledger.request("r2")?.endedAt == 70)
    #expect(try ledger.openRequests(Sample.scope).map(\.requestId) == ["r3"])
    #expect(try ledger.accepted(Sample.scope, store: "store-1")?.isKnown == false)
    #expect(try ledger.attention(Sample.scope).refused.isEmpty)
  }

  @Test("a request ends once, and a failed ending changes nothing")
  func once() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    #expect(throws: Problem.self) {
      try ledger.accept(
        "r1", Sample.accepted, files: [FileDecision(file: 42, .sent)], at: 1)
    }
    #expect(try ledger.request("r1")?.state == .open)
    #expect(try ledger.request("r1")?.tries == 0)
    #expect(try ledger.accepted(Sample.scope).isEmpty)
    try ledger.refuse("r1", Sample.refused, at: 2)
    let problem = #expect(throws: Problem.self) {
      try ledger.accept("r1", Sample.accepted, at: 3)
    }
    #expect(problem?.message == "the request r1 is not open")
    #expect(try ledger.accepted(Sample.scope).isEmpty)
  }
}
