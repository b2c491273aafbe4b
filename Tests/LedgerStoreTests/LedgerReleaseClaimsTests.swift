import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerReleaseClaimsTests {
  @Test("of two that ask for one release, in two processes, one wins")
  func twoLedgers() throws {
    let (folder, serve) = try Ledger.fresh()
    let run = try Ledger.open(folder: folder.path)
    try serve.take(Sample.order("o1"))
    let first = start(1, "orders/o1.json", "t1")
    let second = start(1, "orders/o1.json", "t2")
    #expect(try run.open().map(\.id) == [1])
    #expect(try serve.beginReleases([first]) == [.won])
    #expect(try run.beginReleases([second]) == [.lost])
    #expect(try serve.beginReleases([first]) == [.lost])
    #expect(try run.releasesUnderWay(Sample.gateway).map(\.file?.temporary) == ["t1"])
    try run.endReleases([1], at: 4000)
    #expect(try serve.beginReleases([second]) == [.lost])
    #expect(try serve.beginReleases([start(42, "orders/42.json", "t3")]) == [.lost])
  }

  @Test("many processes that ask for many releases at once share them without overlap")
  func race() async throws {
    let (folder, ledger) = try Ledger.fresh()
    for number in 0..<40 { try ledger.take(Sample.order("o\(number)")) }
    let path = folder.path
    let won = try await withThrowingTaskGroup(of: [Int64].self) { group in
      for process in 0..<4 {
        group.addTask {
          let ledger = try Ledger.open(folder: path)
          var won: [Int64] = []
          while true {
            let releases = try ledger.openReleases(Sample.gateway, limit: 7, dueAt: 5000)
            if releases.isEmpty { return won }
            let starts = releases.map {
              start($0.id, "orders/\($0.id).json", "t\(process)-\($0.id)")
            }
            let claims = try ledger.beginReleases(starts)
            won += zip(starts, claims).filter { $0.1 == .won }.map(\.0.release)
          }
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(won.sorted() == Array(1...40))
  }

  @Test("a name is given once, in whatever case, whatever became of the first file")
  func nameTaken() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"), Sample.order("o3"))
    try ledger.take(Sample.order("o1"), scope: Sample.otherGateway)
    #expect(
      try ledger.beginReleases([
        start(1, "orders/A.json", "t1"), start(2, "orders/a.JSON", "t2"),
        start(3, "orders/b.json", "t3"), start(3, "orders/A.json", "t3"),
      ]) == [.won, .nameTaken, .won, .lost])
    #expect(try ledger.open().map(\.id) == [2])
    try ledger.endReleases([1], at: 4000)
    #expect(try ledger.beginReleases([start(2, "ORDERS/a.json", "t2")]) == [.nameTaken])
    #expect(try ledger.beginReleases([start(4, "orders/a.json", "t2")]) == [.nameTaken])
    #expect(try ledger.beginReleases([start(2, "orders/a-2.json", "t2")]) == [.won])
  }

  @Test("a name that follows from an order's id is given once, whoever asks for it and when")
  func ownNames() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("r-1"), Sample.order("R-1"), Sample.order("r-2"))
    try ledger.take(Sample.order("r-1"), scope: Sample.otherGateway)
    #expect(
      try ledger.beginReleases([
        start(1, "orders/r-1.json", "t1"), start(2, "orders/R-1.json", "t2"),
        start(3, "ORDERS/R-1.json", "t3"), start(4, "orders/r-1.JSON", "t4"),
      ]) == [.won, .nameTaken, .nameTaken, .nameTaken])
    try ledger.endReleases([1], at: 4000)
    #expect(try ledger.beginReleases([start(2, "orders/R-1.json", "t2")]) == [.nameTaken])
    #expect(
      try ledger.beginReleases([
        start(2, "orders/R-1-2.json", "t2"), start(3, "orders/r-9.json", "t3"),
        start(4, "changes/r-1.json", "t4"),
      ]) == [.won, .won, .won])
    #expect(
      try ledger.renameRelease(3, from: "orders/r-9.json", to: "orders/r-1.json") == .nameTaken)
    try ledger.take(Sample.order("r-9"), Sample.order("X"), Sample.order("x"))
    #expect(
      try ledger.beginReleases([
        start(5, "orders/r-9.json", "t5"), start(6, "orders/X.json", "t6"),
        start(7, "orders/x.json", "t7"),
      ]) == [.nameTaken, .won, .nameTaken])
    #expect(try ledger.renameRelease(3, from: "orders/r-9.json", to: "orders/r-2.json") == .won)
    #expect(try ledger.beginReleases([start(5, "orders/r-9.json", "t5")]) == [.won])
    let unindexed = try ledger.read { db in
      try String.fetchAll(db, sql: "SELECT name FROM orderRelease WHERE isNamedById ORDER BY id")
    }
    #expect(
      unindexed == [
        "orders/r-1.json", "orders/r-2.json", "changes/r-1.json", "orders/r-9.json",
      ])
  }

  @Test("a release under way can have another name, as long as nobody else has changed it")
  func renamed() throws {
    let (folder, ledger) = try Ledger.fresh()
    let run = try Ledger.open(folder: folder.path)
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    #expect(try ledger.renameRelease(1, from: "orders/a.json", to: "orders/b.json") == .lost)
    _ = try ledger.beginReleases([start(1, "orders/a.json", "t1"), start(2, "orders/x.json", "t2")])
    #expect(try ledger.renameRelease(1, from: "orders/a.json", to: "orders/X.json") == .nameTaken)
    #expect(try ledger.renameRelease(1, from: "orders/a.json", to: "orders/b.json") == .won)
    #expect(try run.renameRelease(1, from: "orders/a.json", to: "orders/c.json") == .lost)
    #expect(
      try run.releasesUnderWay(Sample.gateway).map(\.file?.name) == [
        "orders/b.json", "orders/x.json",
      ])
    try ledger.endReleases([1], at: 4000)
    #expect(try ledger.renameRelease(1, from: "orders/b.json", to: "orders/d.json") == .lost)
  }

  @Test("an empty list of anything touches nothing, not even under another's lock")
  func empty() throws {
    let (folder, ledger) = try Ledger.fresh()
    let other = try Ledger.open(folder: folder.path, patience: 20)
    try ledger.write { _ in
      #expect(try other.beginReleases([]).isEmpty)
      try other.endReleases([], at: 1)
      try other.postponeReleases([], reason: "", nextTryAt: 1)
      try other.removed([])
    }
  }
}

private func start(_ release: Int64, _ name: String, _ temporary: String) -> ReleaseStart {
  ReleaseStart(release: release, file: Sample.file(name, temporary: temporary))
}
