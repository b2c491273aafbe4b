import GRDB
import Glibc
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerLookingTests {
  @Test("looking creates nothing where there is nothing")
  func nothingThere() throws {
    let folder = TemporaryFolder()
    #expect(try Ledger.openIfThere(folder: folder.path + "/.connector") == nil)
    #expect(folder.names().isEmpty)
    folder.write([], to: "ledger.sqlite")
    #expect(try Ledger.openIfThere(folder: folder.path) == nil)
    #expect(folder.names() == ["ledger.sqlite"])
  }

  @Test("looking at a ledger that nobody has open leaves the folder as it was")
  func leavesNothing() throws {
    let (folder, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    ledger.close()
    let before = try #require(folder.bytes("ledger.sqlite"))
    let looking = try #require(try Ledger.openIfThere(folder: folder.path))
    #expect(try looking.file(id)?.name == "menu.csv")
    looking.close()
    #expect(
      folder.names() == ["ledger.mark", "ledger.sqlite", "ledger.written", "opening.lock"])
    #expect(folder.bytes("ledger.sqlite") == before)
  }

  @Test("looking sees what a run has just recorded")
  func besideARun() throws {
    let (folder, ledger) = try Ledger.fresh()
    let looking = try #require(try Ledger.openIfThere(folder: folder.path))
    let id = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    #expect(try looking.file(id)?.name == "menu.csv")
  }

  @Test("looking sees what a killed run recorded, and leaves its log to the next run")
  func afterAKill() throws {
    let (folder, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    let copy = TemporaryFolder()
    for name in folder.names() { copy.write(folder.bytes(name) ?? [], to: name) }
    let log = try #require(copy.bytes("ledger.sqlite-wal"))
    let looking = try #require(try Ledger.openIfThere(folder: copy.path))
    #expect(try looking.file(id)?.name == "menu.csv")
    looking.close()
    #expect(copy.names() == folder.names())
    #expect(copy.bytes("ledger.sqlite-wal") == log)
  }

  @Test("nothing can be written by whoever only looks", arguments: [true, false])
  func refusesToWrite(isOpenElsewhere: Bool) throws {
    let (folder, ledger) = try Ledger.fresh()
    if !isOpenElsewhere { ledger.close() }
    let looking = try #require(try Ledger.openIfThere(folder: folder.path))
    let problem = #expect(throws: Problem.self) {
      try looking.claim(Sample.claim("menu.csv"), at: 1)
    }
    #expect(problem?.code == "ledger-unwritable")
    withExtendedLifetime(ledger) {}
  }

  @Test("a ledger whose making was cut short counts as none")
  func unfinished() throws {
    let (folder, ledger) = try Ledger.fresh()
    try ledger.write { try $0.execute(sql: "DELETE FROM grdb_migrations") }
    #expect(try Ledger.openIfThere(folder: folder.path) == nil)
  }
}
