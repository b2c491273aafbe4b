import Digests
import GRDB
import Glibc
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerTests {
  @Test("a new ledger is private, logs ahead, has every commit on the disk, and forgets for good")
  func settings() throws {
    let folder = TemporaryFolder()
    let ledger = try Ledger.open(folder: folder.path + "/deep/.connector")
    let pragmas = try ledger.queue.writeWithoutTransaction { db in
      try ["journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout"].map {
        try String.fetchOne(db, sql: "PRAGMA \($0)")
      }
    }
    #expect(pragmas == ["wal", "2", "1", "1", "10000"])
    #expect(folder.mode(of: "deep/.connector") == 0o700)
    #expect(folder.mode(of: "deep/.connector/ledger.sqlite") == 0o600)
    #expect(folder.mode(of: "deep/.connector/ledger.sqlite-wal") == 0o600)
    #expect(folder.mode(of: "deep/.connector/opening.lock") == 0o600)
    #expect(ledger.warnings.isEmpty)
  }

  @Test("an existing ledger is opened with every commit on the disk, and forgets for good, too")
  func settingsAgain() throws {
    let (folder, first) = try Ledger.fresh()
    first.close()
    let ledger = try Ledger.open(folder: folder.path)
    let pragmas = try ledger.queue.writeWithoutTransaction { db in
      try ["synchronous", "secure_delete"].map { try Int.fetchOne(db, sql: "PRAGMA \($0)") }
    }
    #expect(pragmas == [2, 1])
  }

  @Test("what one connection recorded is there for the next")
  func remembers() throws {
    let (folder, first) = try Ledger.fresh()
    let id = try first.claim(Sample.claim("menu.csv"), at: 1)
    let second = try Ledger.open(folder: folder.path)
    #expect(try second.file(id)?.name == "menu.csv")
    first.close()
    second.close()
    #expect(try Ledger.open(folder: folder.path).file(id)?.name == "menu.csv")
    #expect(folder.names().contains("ledger.sqlite"))
  }

  @Test("many at once may open a ledger that does not exist yet")
  func manyAtOnce() async throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/state"
    let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
      for number in 0..<12 {
        group.addTask {
          let ledger = try Ledger.open(folder: path)
          return try ledger.claim(Sample.claim("\(number).csv"), at: 1)
        }
      }
      return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
    }
    #expect(ids == Set(1...12))
  }

  @Test("after kill -9 the committed is there and the uncommitted is not")
  func killed() throws {
    let (folder, ledger) = try Ledger.fresh()
    _ = try ledger.claim(Sample.claim("committed.csv"), at: 1)
    let copy = TemporaryFolder()
    try ledger.write { db in
      try db.execute(sql: "UPDATE file SET name = 'uncommitted.csv'")
      try db.execute(sql: "PRAGMA cache_spill = 1; PRAGMA cache_size = 1")
      for number in 0..<2000 {
        try db.execute(
          sql: "INSERT INTO scope VALUES (?, 'e', ?, 'c', 'a')", arguments: [number + 10, number])
      }
      for name in folder.names() { copy.write(folder.bytes(name) ?? [], to: name) }
    }
    let log = try #require(copy.bytes("ledger.sqlite-wal"))
    #expect(log.count > 100_000)
    let survivor = try Ledger.open(folder: copy.path)
    #expect(try survivor.unplaced().map(\.name) == ["committed.csv"])
  }

  @Test("the second of two writers waits, and says so when it waits in vain")
  func busy() throws {
    let (folder, first) = try Ledger.fresh()
    let second = try Ledger.open(folder: folder.path, patience: 20)
    try first.write { _ in
      _ = #expect(throws: Self.busyProblem(folder)) {
        try second.claim(Sample.claim("menu.csv"), at: 1)
      }
    }
    #expect(try second.claim(Sample.claim("menu.csv"), at: 1) == 1)
  }

  @Test("whoever opens the ledger while another one sets it up waits, and says so in vain")
  func openingLocked() throws {
    let folder = TemporaryFolder()
    let lock = try FileLock.take(folder.path + "/opening.lock")
    #expect(throws: Self.busyProblem(folder)) {
      try Ledger.open(folder: folder.path, patience: 20)
    }
    withExtendedLifetime(lock) {}
  }

  private static func busyProblem(_ folder: TemporaryFolder) -> Problem {
    Problem(
      "ledger-busy", at: Place(file: folder.path + "/ledger.sqlite"),
      "another process keeps the ledger locked",
      remedy:
        "Run again when it has ended; a backup or a database browser may have the file open.")
  }

  @Test("a file that is no database is said to be damaged, and left as it is")
  func notADatabase() throws {
    let folder = TemporaryFolder()
    let junk = Array("this is a shopping list, not a database".utf8)
    folder.write(junk, to: "ledger.sqlite")
    let problem = try #require(
      #expect(throws: Problem.self) { try Ledger.open(folder: folder.path) })
    #expect(
      problem.description == """
        \(folder.path)/ledger.sqlite: the ledger is damaged: this is not an SQLite database. \
        Stop serve first. Then put the last backup back in place of the file and its -wal and -shm; \
        or move all three away and run `dstore-connector run --new-ledger`. Either way refunds and \
        orders that may have gone out before wait for approval.
        """)
    #expect(throws: problem) { try Ledger.openIfThere(folder: folder.path) }
    #expect(folder.bytes("ledger.sqlite") == junk)
  }

  @Test("a ledger whose pages were overwritten is said to be damaged")
  func damaged() throws {
    let (folder, ledger) = try Ledger.fresh()
    for number in 0..<100 { _ = try ledger.claim(Sample.claim("\(number).csv"), at: 1) }
    ledger.close()
    var bytes = try #require(folder.bytes("ledger.sqlite"))
    for index in 4096..<bytes.count { bytes[index] = 0x5A }
    folder.write(bytes, to: "ledger.sqlite")
    let problem = #expect(throws: Problem.self) {
      try Ledger.open(folder: folder.path).unplaced()
    }
    #expect(problem?.code == "ledger-corrupt")
    #expect(
      problem?.message == "the ledger is damaged: database disk image is malformed")
  }

  @Test("a word that this program never writes is damage, not a crash")
  func unknownWord() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("menu.csv"), at: 1)
    try ledger.write { try $0.execute(sql: "UPDATE file SET outcome = 'vanished'") }
    let problem = #expect(throws: Problem.self) { try ledger.file(id) }
    #expect(problem?.message == "the ledger is damaged: \"vanished\" stands for no FileOutcome")
  }

  @Test("a ledger from a newer version is left alone")
  func newer() throws {
    let (folder, ledger) = try Ledger.fresh()
    try ledger.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('holograms')") }
    ledger.close()
    let expected = Problem(
      "ledger-newer", at: Place(file: folder.path + "/ledger.sqlite"),
      "the ledger was written by a newer version of this program",
      remedy: """
        Install that version again, or a later one; or put back the backup from before the update.
        """)
    #expect(throws: expected) { try Ledger.open(folder: folder.path) }
    #expect(throws: expected) { try Ledger.openIfThere(folder: folder.path) }
  }

  @Test("a full disk is said to be full, and what was recorded stays")
  func diskFull() throws {
    let (folder, ledger) = try Ledger.fresh()
    let first = try ledger.claim(Sample.claim("first.csv"), at: 1)
    try ledger.queue.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages)")
    }
    let expected = Problem(
      "ledger-disk-full", at: Place(file: folder.path + "/ledger.sqlite"),
      "nothing can be recorded, the disk is full",
      remedy:
        "Free some space on the disk of the ledger and run again; nothing recorded is lost.")
    let long = String(repeating: "x", count: 20_000)
    #expect(throws: expected) { try ledger.claim(Sample.claim(long), at: 1) }
    #expect(try ledger.unplaced().map(\.id) == [first])
  }

  @Test("whoever still asks when the ledger is closed gets a problem, and the others their answers")
  func closed() async throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    let answers = await withTaskGroup(of: String.self) { group in
      for number in 0..<200 {
        group.addTask {
          if number == 100 { ledger.close() }
          do throws(Problem) {
            let order = try ledger.order(Sample.gateway, .requestOrderId, "o1")
            return order?.posOrderId ?? "nothing"
          } catch {
            return error.code
          }
        }
      }
      return await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(answers.isSubset(of: [PosOrderId.of("o1"), "ledger-closed"]))
    let problem = #expect(throws: Problem.self) { try ledger.take(Sample.order("o2")) }
    #expect(
      problem?.description
        == "\(ledger.path): the program is ending, and looks up and records nothing more.")
    ledger.close()
  }
}
