import GRDB
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerRequestsTests {
  @Test("a request and the files behind it are recorded as one")
  func opened() throws {
    let (_, ledger) = try Ledger.fresh()
    let first = try ledger.claim(Sample.claim("a.csv"), at: 1)
    let second = try ledger.claim(Sample.claim("b.csv"), at: 1)
    let request = Sample.request("r1", base: "payloads/base", kind: .statusUpdate)
    let part = Sample.part("menu", path: "parts/1", file: first)
    try ledger.open([request], files: [second, first], counts: (7, 1), parts: ["r1": part])
    var expected = request
    expected.files = [first, second]
    #expect(try ledger.request("r1") == expected)
    #expect(try ledger.openRequests(Sample.scope) == [expected])
    #expect(try ledger.requests(behind: first) == [expected])
    #expect(try ledger.file(first)?.state == .waiting)
    #expect(try ledger.file(second)?.outcome == .waiting)
    #expect(try ledger.file(second)?.records == 7)
    #expect(try ledger.file(second)?.problemCount == 1)
    #expect(try ledger.parts(Sample.scope, store: "store-1").isEmpty)
    #expect(try ledger.pathsInUse().contains("parts/1"))
  }

  @Test("a request with a file that nobody claimed is not recorded at all")
  func allOrNothing() throws {
    let (_, ledger) = try Ledger.fresh()
    let file = try ledger.claim(Sample.claim("a.csv"), at: 1)
    let part = Sample.part("menu", path: "parts/1", file: file)
    let problem = #expect(throws: Problem.self) {
      try ledger.open([Sample.request("r1")], files: [file, 42], parts: ["r1": part])
    }
    #expect(problem?.message == "the ledger knows no file of the number 42")
    #expect(try ledger.request("r1") == nil)
    #expect(try ledger.file(file)?.state == .claimed)
    #expect(try ledger.parts(Sample.scope, store: "store-1").isEmpty)
  }

  @Test("a store has one open request; other stores and scopes have theirs")
  func oneForAStore() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    #expect(
      throws: Problem(
        "open-request", at: Place(field: "store-1"), value: "r1",
        "the store has a syncProduct that D-Store has not decided on yet",
        remedy: "It is tried again in the next run; until then newer files wait.")
    ) { try ledger.open([Sample.request("r2")], files: []) }
    try ledger.open([Sample.request("r3", store: "store-2")], files: [])
    try ledger.open([Sample.request("r4", scope: Sample.otherScope)], files: [])
    #expect(try ledger.openRequests(Sample.scope).map(\.requestId) == ["r1", "r3"])
    #expect(
      try ledger.openRequests(Sample.scope, store: "store-2").map(\.requestId) == ["r3"])
    try ledger.refuse("r1", Sample.refused, at: 2)
    try ledger.open([Sample.request("r2")], files: [])
    #expect(try ledger.openRequests(Sample.scope).map(\.requestId) == ["r3", "r2"])
  }

  @Test("the database itself holds a store to one open request")
  func indexHolds() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.open([Sample.request("r2", store: "store-2")], files: [])
    let problem = #expect(throws: Problem.self) {
      try ledger.write { try $0.execute(sql: "UPDATE request SET store = 'store-1'") }
    }
    #expect(
      problem?.message == """
        the ledger failed: UNIQUE constraint failed: request.scopeId, request.store, request.api \
        (2067)
        """)
  }

  @Test("a request's identity is used once")
  func identityOnce() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.accept("r1", Sample.accepted, at: 2)
    let problem = #expect(throws: Problem.self) {
      try ledger.open([Sample.request("r1", store: "store-2")], files: [])
    }
    #expect(
      problem?.message == "the ledger failed: UNIQUE constraint failed: request.requestId (2067)")
  }

  @Test("the last requests come newest first")
  func recent() throws {
    let (_, ledger) = try Ledger.fresh()
    for store in ["a", "b", "c"] {
      try ledger.open([Sample.request("r-\(store)", store: store)], files: [])
    }
    try ledger.open([Sample.request("other", scope: Sample.otherScope)], files: [])
    #expect(
      try ledger.recentRequests(Sample.scope, limit: 2).map(\.requestId) == ["r-c", "r-b"])
    #expect(try ledger.request("unheard-of") == nil)
  }
}
