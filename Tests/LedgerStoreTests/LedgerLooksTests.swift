import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerLooksTests {
  @Test("what a run saw is there for the next one, and only the last is kept")
  func looks() throws {
    let (_, ledger) = try Ledger.fresh()
    #expect(try ledger.looks(Sample.scope).isEmpty)
    let first = [
      "a.csv": FileLook(stamp: Sample.stamp(1), digest: "abc"),
      "b.csv": FileLook(stamp: Sample.stamp(2)),
    ]
    try ledger.saveLooks(Sample.scope, first)
    #expect(try ledger.looks(Sample.scope) == first)
    #expect(try ledger.looks(Sample.otherScope).isEmpty)
    let second = ["b.csv": FileLook(stamp: Sample.stamp(3))]
    try ledger.saveLooks(Sample.scope, second)
    #expect(try ledger.looks(Sample.scope) == second)
    try ledger.saveLooks(Sample.scope, [:])
    #expect(try ledger.looks(Sample.scope).isEmpty)
  }

  @Test("saving what is saved already writes nothing, not even under a lock")
  func unchanged() throws {
    let (folder, ledger) = try Ledger.fresh()
    let looks = ["a.csv": FileLook(stamp: Sample.stamp(1))]
    try ledger.saveLooks(Sample.scope, looks)
    let looking = try #require(try Ledger.openIfThere(folder: folder.path))
    try looking.saveLooks(Sample.scope, looks)
    #expect(throws: Problem.self) { try looking.saveLooks(Sample.scope, [:]) }
  }
}
