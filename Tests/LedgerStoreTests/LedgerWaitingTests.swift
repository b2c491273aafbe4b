import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerWaitingTests {
  private func file(_ name: String, _ reason: String = "its marker is missing") -> WaitingFile {
    WaitingFile(name: name, mapping: "menu", reason: reason)
  }

  @Test("a file that waits on keeps the moment when it began to, and counts the runs")
  func since() throws {
    let (_, ledger) = try Ledger.fresh()
    #expect(try ledger.noteWaiting([], Sample.scope, at: 1) == [])
    _ = try ledger.noteWaiting([file("a.csv"), file("b.csv")], Sample.scope, at: 10)
    let second = try ledger.noteWaiting(
      [file("a.csv", "it is still changing"), file("c.csv")], Sample.scope, at: 20)
    #expect(second.map(\.since) == [10, 20])
    #expect(second.map(\.runs) == [2, 1])
    #expect(try ledger.waitingFiles(Sample.scope) == second)
    #expect(try ledger.waitingFiles(Sample.otherScope) == [])
    #expect(try ledger.noteWaiting([], Sample.scope, at: 30) == [])
    #expect(try ledger.waitingFiles(Sample.scope) == [])
  }

  @Test("what a person has to do about a file is kept with it")
  func trouble() throws {
    let (_, ledger) = try Ledger.fresh()
    var stray = file("x.csv")
    stray.mapping = nil
    stray.trouble = Problem(
      "no-mapping", at: Place(file: "Inbox/x.csv"), "no mapping takes this file", remedy: "Add one."
    )
    let noted = try ledger.noteWaiting([stray], Sample.scope, at: 10)
    #expect(try ledger.waitingFiles(Sample.scope) == noted)
    #expect(noted.first?.trouble == stray.trouble)
  }

  @Test("where nothing waits and nothing waited nothing is written, not even under a lock")
  func quiet() throws {
    let (folder, ledger) = try Ledger.fresh()
    _ = try ledger.noteWaiting([file("a.csv")], Sample.otherScope, at: 10)
    let looking = try #require(try Ledger.openIfThere(folder: folder.path))
    #expect(try looking.noteWaiting([], Sample.scope, at: 20) == [])
    try looking.noteFailures([], Sample.scope, at: 20)
    #expect(throws: Problem.self) { try looking.noteWaiting([], Sample.otherScope, at: 20) }
  }

  @Test("what the last run failed at is kept until the next one has ended")
  func failures() throws {
    let (_, ledger) = try Ledger.fresh()
    let failure = Problem(
      "disk-full", at: Place(file: "Inbox/menu.csv"), value: "x", "the disk is full",
      remedy: "Free some space.")
    try ledger.noteFailures([failure], Sample.scope, at: 10)
    let kept = try ledger.runFailures(Sample.scope)
    #expect(kept.map(\.problem) == [failure])
    #expect(kept.map(\.at) == [10])
    #expect(try ledger.runFailures(Sample.otherScope).isEmpty)
    try ledger.noteFailures([], Sample.scope, at: 20)
    #expect(try ledger.runFailures(Sample.scope).isEmpty)
  }
}
