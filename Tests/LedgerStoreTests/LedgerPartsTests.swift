import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerPartsTests {
  /// Opens a request with a part and lets D-Store decide on it.
  private func send(
    _ part: Part, as id: String, _ ledger: Ledger, isAccepted: Bool = true
  ) throws -> [String] {
    let request = Sample.request(id, store: part.store, base: "payloads/\(id)")
    try ledger.open([request], files: [part.file], parts: [id: part])
    return isAccepted
      ? try ledger.accept(id, Sample.accepted, at: 2)
      : try ledger.refuse(id, Sample.refused, at: 2)
  }

  @Test("accepted parts come by mapping, and a new one takes the place of the old")
  func parts() throws {
    let (_, ledger) = try Ledger.fresh()
    let file = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    let drinks = Sample.part("drinks", path: "parts/1", file: file)
    let food = Sample.part("food", path: "parts/2", file: file)
    _ = try send(food, as: "r1", ledger)
    _ = try send(drinks, as: "r2", ledger)
    _ = try send(
      Sample.part("food", path: "parts/3", file: file, store: "store-2"), as: "r3", ledger)
    #expect(try ledger.parts(Sample.scope, store: "store-1") == [drinks, food])
    #expect(try ledger.parts(Sample.otherScope, store: "store-1").isEmpty)
    let newer = Sample.part("food", path: "parts/4", file: file)
    #expect(try send(newer, as: "r4", ledger).contains("parts/2"))
    #expect(try ledger.parts(Sample.scope, store: "store-1") == [drinks, newer])
    #expect(
      try ledger.pathsInUse().filter { $0.hasPrefix("parts/") }.sorted()
        == ["parts/1", "parts/3", "parts/4"])
  }

  @Test("a part that D-Store refused, or never decided on, leaves the catalogue as it was")
  func refused() throws {
    let (_, ledger) = try Ledger.fresh()
    let file = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    let food = Sample.part("food", path: "parts/1", file: file)
    _ = try send(food, as: "r1", ledger)
    let wrong = Sample.part("food", path: "parts/2", file: file)
    #expect(try send(wrong, as: "r2", ledger, isAccepted: false).contains("parts/2"))
    #expect(try ledger.parts(Sample.scope, store: "store-1") == [food])
    let lost = Sample.part("food", path: "parts/3", file: file)
    try ledger.open([Sample.request("r3")], files: [file], parts: ["r3": lost])
    #expect(try ledger.giveUp("r3", at: 3).contains("parts/3"))
    #expect(try ledger.parts(Sample.scope, store: "store-1") == [food])
  }
}
