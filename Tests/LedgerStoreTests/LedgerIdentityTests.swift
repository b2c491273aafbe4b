import GRDB
import Glibc
import Records
import TestSupport
import Testing

@testable import LedgerStore

/// Which state of which ledger it is, and whether it is still in its place.
@Suite struct LedgerIdentityTests {
  private let folder = TemporaryFolder()

  init() { mkdir(folder.file("inbox"), 0o700) }

  private var surroundings: LedgerSurroundings {
    LedgerSurroundings(markFolder: folder.file("inbox/marks"), trace: { nil })
  }

  private func open(beginsAnew: Bool = false, at now: Int64 = 1000) throws -> Ledger {
    try Ledger.open(
      folder: folder.file("state"), surroundings: surroundings, beginsAnew: beginsAnew,
      now: { now })
  }

  private static let places = ["state", "inbox/marks"]

  private func mark(_ place: String) -> LedgerMark? {
    folder.text("\(place)/ledger.mark").flatMap { LedgerMark(text: $0) }
  }

  /// The ledger's files, as a backup of them would be.
  private func backUp() -> [String: [UInt8]] {
    let names = folder.names(in: "state").filter { $0.hasPrefix("ledger.sqlite") }
    return Dictionary(uniqueKeysWithValues: names.map { ($0, folder.bytes("state/\($0)") ?? []) })
  }

  private func putBack(_ backup: [String: [UInt8]]) {
    for name in folder.names(in: "state") where name.hasPrefix("ledger.sqlite") {
      folder.remove("state/\(name)")
    }
    for (name, bytes) in backup { folder.write(bytes, to: "state/\(name)") }
  }

  @Test("each start raises the generation, in the ledger first and then in both marks")
  func raised() throws {
    for generation in Int64(1)...3 {
      let ledger = try open(at: generation)
      let own = try ledger.read { try $0.identity() }
      #expect([own.generation, own.raisedAt] == [generation, generation])
      #expect(Self.places.map(mark) == [own, own])
      ledger.close()
    }
    #expect(folder.mode(of: "state/ledger.mark") == 0o600)
    #expect(try open().gaps() == [])
  }

  @Test("a kill between the ledger and its marks leaves the ledger ahead, which is no gap")
  func killedBetween() throws {
    try open().close()
    let marks = Self.places.map { folder.bytes("\($0)/ledger.mark") ?? [] }
    try open().close()
    for (place, bytes) in zip(Self.places, marks) {
      folder.write(bytes, to: "\(place)/ledger.mark")
    }
    let ledger = try open()
    #expect(try ledger.gaps() == [])
    #expect(mark("state")?.generation == 3)
  }

  @Test(
    "a ledger that is gone or empty is not silently a new one",
    arguments: ["state/ledger.mark", "inbox/marks/ledger.mark"],
    ["gone", "empty", "without tables", "of a version without identity"])
  func missing(mark: String, ledger: String) throws {
    try open().close()
    for place in Self.places where !mark.hasPrefix(place) { folder.remove("\(place)/ledger.mark") }
    putBack([:])
    let path = folder.file("state/ledger.sqlite")
    switch ledger {
    case "empty": folder.write([], to: "state/ledger.sqlite")
    case "without tables":
      try DatabaseQueue(path: path).write { try $0.execute(sql: "PRAGMA user_version = 1") }
    case "of a version without identity":
      try LedgerSchema.migrator.migrate(
        try DatabaseQueue(path: path), upTo: "folders of the outbox")
    default: break
    }
    let before = folder.names(in: "state")
    let problem = try #require(#expect(throws: Problem.self) { try open() })
    #expect(problem.code == "ledger-missing")
    #expect(problem.value == folder.file(mark))
    #expect(throws: problem) {
      try Ledger.openIfThere(folder: folder.file("state"), surroundings: surroundings)
    }
    #expect(folder.names(in: "state").filter { !$0.hasPrefix("ledger.sqlite-") } == before)
    let new = try open(beginsAnew: true, at: 2000)
    #expect(try new.gaps().map(\.isNew) == [true])
    #expect(try new.gaps().map(\.until) == [1000])
    new.close()
    #expect(try open().gaps().count == 1)
  }

  @Test("what only a ledger leaves behind counts like a mark")
  func traces() throws {
    let other = LedgerSurroundings(
      markFolder: folder.file("inbox/marks"), trace: { "Inbox/.work/claimed-1" })
    let problem = #expect(throws: Problem.self) {
      try Ledger.open(folder: folder.file("state"), surroundings: other)
    }
    #expect(problem?.value == "Inbox/.work/claimed-1")
    #expect(folder.names() == ["inbox"])
    folder.write([1], to: "inbox/x")
    mkdir(folder.file("state"), 0o700)
    folder.write([1], to: "state/ledger.sqlite-wal")
    #expect(throws: Problem.self) { try open() }
    #expect(folder.names(in: "state") == ["ledger.sqlite-wal"])
  }

  @Test("a new ledger does not take the place of one that is there")
  func there() throws {
    let ledger = try open()
    try ledger.take(Sample.order("o1"))
    ledger.close()
    let problem = #expect(throws: Problem.self) { try open(beginsAnew: true) }
    #expect(problem?.code == "ledger-there")
    #expect(try open().order(Sample.gateway, .requestOrderId, "o1") != nil)
  }

  @Test("a ledger of the version before gets its identity, and what it gave lately is noted")
  func adopted() throws {
    let ledger = try open()
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    try give("o1", ledger)
    ledger.close()
    let queue = try DatabaseQueue(path: folder.file("state/ledger.sqlite"))
    try queue.write { db in
      for table in ["identity", "gap", "givenBefore"] {
        try db.execute(sql: "DROP TABLE \(table)")
      }
      try db.execute(sql: "DROP INDEX orderReleaseHeld")
      try db.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = 'identity'")
    }
    try queue.close()
    for place in Self.places {
      folder.names(in: place).filter { $0.contains("ledger.mark") || $0.contains("written") }
        .forEach { folder.remove("\(place)/\($0)") }
    }
    let adopted = try open()
    #expect(try adopted.gaps() == [])
    #expect(mark("state")?.generation == 1)
    let key = GivenKey.of(Sample.gateway, "o1", change: nil)
    for place in Self.places {
      #expect(MarkFolder(path: folder.file(place)).readWritten() == [key])
    }
  }

  /// Gives an order to the POS.
  private func give(_ order: String, _ ledger: Ledger) throws {
    let release = try #require(
      try ledger.openReleases(Sample.gateway, limit: 9, dueAt: .max)
        .first { $0.order.requestOrderId == order })
    let start = ReleaseStart(release: release.id, file: Sample.file("\(order).json"))
    #expect(try ledger.beginReleases([start]) == [.won])
    ledger.noteGiven([release], Sample.gateway)
    try ledger.endReleases([release.id], at: 5)
  }

  private func held(_ ledger: Ledger) throws -> [String] {
    try ledger.heldReleases(Sample.gateway, limit: 9).map { release in
      [release.requestOrderId, release.requestId].compactMap { $0 }.joined(separator: " ")
    }
  }

  private func open(_ ledger: Ledger) throws -> [String] {
    try ledger.openReleases(Sample.gateway, limit: 9, dueAt: .max).map(\.order.requestOrderId)
  }

  @Test("a ledger that was copied back holds what was given to the POS since, and nothing else")
  func copiedBack() throws {
    let first = try open(at: 1000)
    try first.take(Sample.order("o1"), Sample.order("o2"))
    try first.open(
      [Sample.request("r1")],
      files: [try first.claim(Sample.claim("menu.csv"), at: 1)])
    try first.accept("r1", Sample.accepted, at: 2)
    first.close()
    let backup = backUp()
    let second = try open(at: 9000)
    try second.take(Sample.order("o3"), Sample.order("o4"), Sample.change("c1", of: "o2"))
    for order in ["o1", "o3"] { try give(order, second) }
    second.close()
    putBack(backup)
    let third = try open(at: 20_000)
    let gap = LedgerGap(isNew: false, since: 1000, until: 9000, noticedAt: 20_000)
    #expect(try third.gaps() == [gap])
    #expect(try third.untoldGaps() == [gap])
    try third.noteGapsTold()
    #expect(try third.untoldGaps() == [])
    #expect(try third.accepted(Sample.scope, store: "store-1")?.isKnown == false)
    #expect(try held(third) == ["o1"])
    #expect(
      try third.take(Sample.order("o3"), Sample.order("o4"), Sample.order("new")).map(\.isStored)
        == [true, true, true])
    #expect(try held(third) == ["o1", "o3"])
    #expect(try open(third) == ["o2", "o4", "new"])
    #expect(
      try (1...5).map { try third.standing(of: $0)?.mayHaveGap } == [
        true, true, true, false, false,
      ])
    #expect(try third.releaseAgain(order: 1) == .isHeld)
    #expect(try third.approveReleases(of: 1) == 1)
    #expect(try third.dismissReleases(of: 3, at: 6) == 1)
    #expect(try held(third) == [])
    #expect(try open(third) == ["o1", "o2", "o4", "new"])
    third.close()
    #expect(try open(at: 30_000).gaps() == [gap])
  }

  @Test("a new ledger holds what the lost one gave to the POS, too")
  func begunAnew() throws {
    let first = try open()
    try first.take(Sample.order("o1"), Sample.change("c1", of: "o1"), Sample.order("o2"))
    try give("o1", first)
    first.close()
    putBack([:])
    let second = try open(beginsAnew: true)
    try second.take(Sample.order("o1"), Sample.change("c1", of: "o1"), Sample.order("o2"))
    #expect(try held(second) == ["o1"])
    #expect(try open(second) == ["o2"])
  }

  @Test("looking sees that a ledger was copied back before a run does")
  func lookedAt() throws {
    try open().close()
    let backup = backUp()
    try open(at: 9000).close()
    putBack(backup)
    let looking = try #require(
      try Ledger.openIfThere(folder: folder.file("state"), surroundings: surroundings))
    #expect(try looking.gaps().map(\.until) == [9000])
  }

  /// What becomes of an open ledger's file.
  enum Move: String, CaseIterable {
    case moved, deleted, replaced, logDeleted
  }

  @Test(
    "an open ledger that is not in its place takes nothing and answers nothing until it is back",
    arguments: Move.allCases)
  func watched(move: Move) throws {
    let ledger = try open()
    try ledger.take(Sample.order("o1"))
    let name = folder.file(move == .logDeleted ? "state/ledger.sqlite-wal" : "state/ledger.sqlite")
    let aside = folder.file("aside")
    // A second name keeps the very file.
    #expect(link(name, aside) == 0)
    unlink(name)
    if move == .replaced { folder.write([1, 2, 3], to: "state/ledger.sqlite") }
    let write = #expect(throws: Problem.self) { try ledger.take(Sample.order("o2")) }
    let read = #expect(throws: Problem.self) {
      try ledger.order(Sample.gateway, .requestOrderId, "o1")
    }
    let health = #expect(throws: Problem.self) { try ledger.canStore() }
    #expect([write, read, health].map { $0?.code } == Array(repeating: "ledger-moved", count: 3))
    #expect(rename(aside, name) == 0)
    try ledger.canStore()
    #expect(
      try ledger.take(Sample.order("o1"), Sample.order("o2")).map(\.isStored) == [false, true])
  }

  @Test("a mark lies in no folder that is a link, and what somebody else planted is not read")
  func links() throws {
    mkdir(folder.file("elsewhere"), 0o700)
    #expect(symlink(folder.file("elsewhere"), folder.file("inbox/marks")) == 0)
    let ledger = try open()
    #expect(ledger.warnings.map(\.code) == ["ledger-mark"])
    #expect(folder.names(in: "elsewhere") == [])
    #expect(mark("state")?.generation == 1)
  }

  @Test("a line that a kill has torn costs no other one")
  func tornLine() throws {
    let place = MarkFolder(path: folder.file("inbox"))
    try place.addWritten(["first"])
    let file = folder.file("inbox/ledger.written")
    truncate(file, 4)
    try place.addWritten(["second", "third"])
    #expect(place.readWritten() == ["fir", "second", "third"])
    place.limitWritten(to: 3)
    try place.addWritten(["fourth"])
    #expect(place.readWritten() == ["fir", "second", "third", "fourth"])
    #expect(folder.names(in: "inbox") == ["ledger.written", "ledger.written.old"])
  }
}

extension IntakeReceipt {
  fileprivate var isStored: Bool {
    if case .stored = self { true } else { false }
  }
}
