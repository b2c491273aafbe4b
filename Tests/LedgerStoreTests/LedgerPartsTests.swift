import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerPartsTests {
  @Test("a store's parts come by mapping, and a new one takes the place of the old")
  func parts() throws {
    let (_, ledger) = try Ledger.fresh()
    let file = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    let drinks = Sample.part("drinks", path: "parts/1", file: file)
    let food = Sample.part("food", path: "parts/2", file: file)
    #expect(try ledger.setPart(food).isEmpty)
    #expect(try ledger.setPart(drinks).isEmpty)
    try ledger.setPart(Sample.part("food", path: "parts/3", file: file, store: "store-2"))
    #expect(try ledger.parts(Sample.scope, store: "store-1") == [drinks, food])
    #expect(try ledger.parts(Sample.otherScope, store: "store-1").isEmpty)
    let newer = Sample.part("food", path: "parts/4", file: file)
    #expect(try ledger.setPart(newer) == ["parts/2"])
    #expect(try ledger.setPart(newer).isEmpty)
    #expect(try ledger.parts(Sample.scope, store: "store-1") == [drinks, newer])
    #expect(try ledger.pathsInUse() == ["parts/1", "parts/3", "parts/4"])
  }

  @Test("a part that is taken out leaves its path, unless something else needs it")
  func removed() throws {
    let (_, ledger) = try Ledger.fresh()
    let file = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    try ledger.setPart(Sample.part("food", path: "parts/1", file: file))
    try ledger.setPart(Sample.part("drinks", path: "payloads/r1", file: file))
    try ledger.open([Sample.request("r1")], files: [file])
    #expect(
      try ledger.removePart(Sample.scope, store: "store-1", mapping: "food") == ["parts/1"])
    #expect(
      try ledger.removePart(Sample.scope, store: "store-1", mapping: "drinks").isEmpty)
    #expect(
      try ledger.removePart(Sample.otherScope, store: "store-1", mapping: "drinks").isEmpty)
    #expect(try ledger.parts(Sample.scope, store: "store-1").isEmpty)
  }

  @Test("a part that was made from no file is refused")
  func withoutFile() throws {
    let (_, ledger) = try Ledger.fresh()
    let problem = #expect(throws: Problem.self) {
      try ledger.setPart(Sample.part("food", path: "parts/1", file: 42))
    }
    #expect(problem?.message == "the ledger failed: FOREIGN KEY constraint failed (787)")
  }
}
