import Digests
import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerPurgeTests {
  @Test("what came before and is released is purged; ids, digests, answers and flags stay")
  func purged() throws {
    let (_, ledger) = try Ledger.fresh()
    let flag = OrderFlag("odd", "odd")
    let change = Sample.change("c1", of: "o1", status: "CANCELLED", body: "Mrs Tan", at: 1500)
    let order = Sample.order("o1", body: "Mrs Tan", channelOrderId: "GF-1", flags: [flag])
    try ledger.take(order, change, Sample.order("young", at: 2000))
    try ledger.releaseAll()
    var expected = [
      PurgedFile(
        release: 1, name: "orders/1.json", marker: nil, temporary: "t1", size: 2,
        digest: "file-orders/1.json"),
      PurgedFile(
        release: 2, name: "orders/2.json", marker: nil, temporary: "t1", size: 2,
        digest: "file-orders/2.json"),
    ]
    #expect(try ledger.purge(Sample.otherGateway, before: 2000, at: 9000).isEmpty)
    #expect(try ledger.purge(Sample.gateway, before: 2000, at: 9000) == expected)
    let held = try #require(try ledger.order(Sample.gateway, .channelOrderId, "GF-1"))
    #expect(held.body == nil)
    #expect(held.purgedAt == 9000)
    #expect(held.status == "CANCELLED")
    #expect(held.flags == [flag])
    #expect(try ledger.order(Sample.gateway, .requestOrderId, "young")?.body == Array("{}".utf8))
    #expect(
      try ledger.take(order, change, Sample.order("o1", body: "other"))
        == [
          .repeated(posOrderId: PosOrderId.of("o1")), .repeated(posOrderId: PosOrderId.of("o1")),
          .conflicting,
        ])
    try ledger.removed([1])
    expected.removeFirst()
    #expect(try ledger.purge(Sample.gateway, before: 2000, at: 9999) == expected)
    #expect(try ledger.order(Sample.gateway, .requestOrderId, "o1")?.purgedAt == 9000)
  }

  @Test("an order that the POS has not been given, or a change of it, is not purged")
  func waiting() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(
      Sample.order("o1"), Sample.order("o2"), Sample.change("c2", of: "o2"), Sample.order("o3"))
    try ledger.postponeReleases([1, 3], reason: "offline", nextTryAt: 9000)
    try ledger.releaseAll()
    try ledger.take(Sample.change("c3", of: "o3"))
    #expect(try ledger.purge(Sample.gateway, before: .max, at: 9000).isEmpty)
    try ledger.releaseAll(at: 9000)
    #expect(try ledger.purge(Sample.gateway, before: .max, at: 9000).count == 5)
  }

  @Test("a change of a purged order is kept and goes to the POS, and is purged in its time")
  func lateChange() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1", at: 1000))
    try ledger.releaseAll()
    _ = try ledger.purge(Sample.gateway, before: 2000, at: 3000)
    try ledger.removed([1])
    try ledger.take(Sample.change("c1", of: "o1", body: "late", at: 4000))
    let release = try #require(try ledger.open().first)
    #expect(release.order.body == nil)
    #expect(release.change?.body == Array("late".utf8))
    try ledger.releaseAll()
    #expect(try ledger.purge(Sample.gateway, before: 4000, at: 9000).isEmpty)
    #expect(try ledger.purge(Sample.gateway, before: 4001, at: 9000).map(\.release) == [2])
  }

  @Test("no byte of a purged body stays in the files, whatever came and went", arguments: 1...3)
  func traces(seed: Int) throws {
    let (folder, ledger) = try Ledger.fresh()
    var last = 0
    for day in 1...6 {
      let first = last + 1
      last += 20 + pick(day, seed, of: 150)
      try takeIn(first...last, seed, ledger, at: Int64(day) * 1000)
      // Some stay behind for a while, so that purged and unpurged bodies lie side by side.
      let stuck = try ledger.open().map(\.id).filter { pick(Int($0), seed, of: 9) == 0 }
      try ledger.postponeReleases(stuck, reason: "", nextTryAt: Int64(day + 2) * 1000)
      try ledger.releaseAll(at: Int64(day) * 1000)
      _ = try ledger.purge(Sample.gateway, before: Int64(day) * 1000 - 500, at: 1)
      try check(ledger, folder)
    }
    try ledger.releaseAll(at: .max)
    _ = try ledger.purge(Sample.gateway, before: .max, at: 9000)
    try check(ledger, folder)
  }

  /// Takes in orders whose bodies name them, from a few bytes to some pages long.
  private func takeIn(
    _ numbers: ClosedRange<Int>, _ seed: Int, _ ledger: Ledger, at now: Int64
  ) throws {
    let orders = numbers.map { number in
      let length = [2, 10, 40, 100, 300, 900][pick(number, seed, of: 6)]
      let body = String(repeating: "«\(number)»", count: 1 + pick(number, seed + 1, of: length))
      return Sample.order("o\(number)", body: body, digest: "", at: now)
    }
    _ = try ledger.takeIn(
      orders, Sample.gateway, initialStatus: "NEW", isAllowed: { _, _ in true })
  }

  /// A number below `count` that looks random, and is the same in every run.
  private func pick(_ number: Int, _ seed: Int, of count: Int) -> Int {
    (number &* 7919 &+ seed &* 104_729) % 10_007 % count
  }

  /// Looks for the name of every order in the bytes on the disk.
  private func check(_ ledger: Ledger, _ folder: TemporaryFolder) throws {
    let bytes = ["ledger.sqlite", "ledger.sqlite-wal"].flatMap { folder.bytes($0) ?? [] }
    let text = String(decoding: bytes, as: UTF8.self)
    let found = Set(text.matches(of: #/«(\d+)»/#).map { String($0.1) })
    let kept = try ledger.read { db in
      try String.fetchAll(
        db, sql: "SELECT substr(requestOrderId, 2) FROM heldOrder WHERE bodyId IS NOT NULL")
    }
    #expect(found == Set(kept))
  }

  @Test("blank rows go, and their space is used again")
  func space() throws {
    let (_, ledger) = try Ledger.fresh()
    let body = String(repeating: "x", count: 500)
    var sizes: [Int] = []
    for day in 1...4 as ClosedRange<Int64> {
      let orders = (1...1500).map { Sample.order("o\(day)-\($0)", body: body, at: day) }
      _ = try ledger.takeIn(
        orders, Sample.gateway, initialStatus: "NEW", isAllowed: { _, _ in true })
      try ledger.write { try $0.execute(sql: "UPDATE orderRelease SET state = 'released'") }
      _ = try ledger.purge(Sample.gateway, before: .max, at: day)
      sizes.append(
        try ledger.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM orderBody") ?? 0 })
    }
    #expect(sizes == [1001, 1001, 1001, 1001])
  }

  @Test("while somebody reads the log it keeps its traces, and the next purge removes them")
  func busyLog() throws {
    let (folder, first) = try Ledger.fresh()
    first.close()
    let ledger = try Ledger.open(folder: folder.path, patience: 20)
    let reader = try #require(try Ledger.openIfThere(folder: folder.path))
    try ledger.take(Sample.order("o1", body: "Mrs Tan", digest: "d"))
    try ledger.releaseAll()
    try reader.read { db in
      _ = try String.fetchOne(db, sql: "SELECT status FROM heldOrder")
      #expect(try ledger.purge(Sample.gateway, before: .max, at: 1).count == 1)
    }
    #expect(folder.text("ledger.sqlite-wal")?.contains("Mrs Tan") == true)
    #expect(try ledger.purge(Sample.gateway, before: .max, at: 1).count == 1)
    #expect(folder.text("ledger.sqlite-wal")?.contains("Mrs Tan") == false)
    #expect(folder.text("ledger.sqlite")?.contains("Mrs Tan") == false)
  }

  @Test("a purge that finds nothing writes nothing")
  func nothing() throws {
    let (folder, ledger) = try Ledger.fresh()
    let before = folder.bytes("ledger.sqlite-wal")
    #expect(try ledger.purge(Sample.gateway, before: .max, at: 1).isEmpty)
    #expect(folder.bytes("ledger.sqlite-wal") == before)
  }
}
