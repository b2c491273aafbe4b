import Digests
import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerPruningTests {
  private static let day: Int64 = 86_400_000
  private static let tables = [
    "file", "request", "attempt", "statusChange", "notification", "orderFlag", "orderRelease",
  ]

  private func counts(_ ledger: Ledger) throws -> [String: Int] {
    let counts = try Self.tables.map { table in
      (table, try ledger.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 })
    }
    return Dictionary(uniqueKeysWithValues: counts)
  }

  @discardableResult
  private func prune(
    _ ledger: Ledger, before: Int64 = 100_000, at now: Int64 = 200_000, inInbox: Set<String> = []
  ) throws -> Int {
    try ledger.prune(before: before, at: now, isInInbox: inInbox.contains)
  }

  @Test("what has ended goes; an order's answer, its steps, lines and refunds stay")
  func ended() throws {
    let (_, ledger) = try Ledger.fresh()
    try recordEnded(ledger)
    let standing = try #require(try ledger.standing(of: 1))
    #expect(try prune(ledger, before: 6000) == 2)
    try prune(ledger)
    #expect(
      try counts(ledger) == [
        "file": 0, "request": 0, "attempt": 0, "statusChange": 1, "notification": 1,
        "orderFlag": 0, "orderRelease": 0,
      ])
    let later = try #require(try ledger.standing(of: 1))
    #expect(later.steps == standing.steps)
    #expect(later.values == standing.values)
    #expect(later.seen == standing.seen)
    #expect(later.seen.count == 2)
    #expect(later.refunded == 5)
    #expect(later.refundsSaid == standing.refundsSaid)
    #expect(
      try ledger.take(Sample.order("o1"), Sample.change("c1", of: "o1")) == [
        .repeated(posOrderId: PosOrderId.of("o1")), .repeated(posOrderId: PosOrderId.of("o1")),
      ])
    #expect(try ledger.hasReleased(into: "orders", Sample.gateway))
    #expect(try ledger.accepted(Sample.scope, store: "store-1")?.requestId == "r2")
  }

  /// An order with a change, both released and purged, a status and a refund that D-Store accepted;
  /// a request that was refused and the next one, accepted; their files. Two flags are the oldest.
  private func recordEnded(_ ledger: Ledger) throws {
    let flag = OrderFlag("odd", "odd")
    try ledger.take(
      Sample.order("o1", flags: [flag]), Sample.change("c1", of: "o1", flags: [flag]))
    try ledger.releaseAll(at: 6000)
    let files = try ledger.purge(Sample.gateway, before: .max, at: 6000)
    try ledger.removed(files.map(\.release))
    let status = try ledger.claim(Sample.claim("status.csv"), at: 6000)
    var news = try Sample.news("n1", of: 1, "ACCEPTED")
    news.file = status
    try ledger.note(news, try Sample.news("n2", of: 1, refund: 5))
    for id in ["n1", "n2"] { try ledger.accept(notification: id, Sample.accepted, at: 7000) }
    try end(status, .sent, ledger)
    for (request, outcome) in [("r1", FileOutcome.rejected), ("r2", .sent)] {
      let file = try ledger.claim(Sample.claim("menu.csv"), at: 6000)
      try ledger.open([Sample.request(request, at: 6000)], files: [file])
      try ledger.recordTry(request, Sample.unknown, nextTryAt: nil, at: 6000)
      let decision = FileDecision(file: file, outcome)
      if outcome == .sent {
        try ledger.accept(request, Sample.accepted, files: [decision], at: 7000)
      } else {
        try ledger.refuse(request, Sample.refused, files: [decision], at: 7000)
      }
      try ledger.placed(file)
    }
  }

  private func end(
    _ file: Int64, _ outcome: FileOutcome, _ ledger: Ledger, at now: Int64 = 7000
  ) throws {
    try ledger.decide(FileDecision(file: file, outcome), at: now)
    try ledger.placed(file)
  }

  @Test("what is open, waits or needs attention stays, whatever its age")
  func open() throws {
    let (_, ledger) = try Ledger.fresh()
    try recordOpen(ledger)
    let before = try counts(ledger)
    #expect(before.values.allSatisfy { $0 > 0 })
    #expect(try prune(ledger, before: .max) == 0)
    #expect(try counts(ledger) == before)
  }

  /// An order that waits for the outbox; another with a queued update, a refused and a held one; an
  /// update whose order nobody knows; a request that is open and one that was refused; rejected and
  /// held files, and two that are under way.
  private func recordOpen(_ ledger: Ledger) throws {
    let flag = OrderFlag("odd", "odd")
    try ledger.take(Sample.order("o1", flags: [flag]), Sample.order("o2"))
    var held = try Sample.news("", of: 2, refund: 7)
    held.outcome = .held(Sample.odd, meanwhile: [])
    var refused = try Sample.news("", of: 2, "READY")
    refused.outcome = .refused(Sample.odd)
    let waiting = StatusNews(
      mapping: "pos", change: try Sample.said("who"), outcome: .waiting(until: 1))
    try ledger.note(
      try Sample.news("n1", of: 2, "ACCEPTED"), try Sample.news("n2", of: 2, "PREPARING"), held,
      refused, waiting)
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    // A good file of the same mapping would make up for a rejected or held one.
    let files = try (1...5).map {
      try ledger.claim(Sample.claim("\($0).csv", mapping: "menu-\($0)"), at: 1)
    }
    try ledger.open([Sample.request("r1")], files: [files[0]])
    try ledger.refuse(
      "r1", Sample.refused, files: [FileDecision(file: files[0], .rejected)], at: 2)
    try ledger.placed(files[0])
    try ledger.open([Sample.request("r2")], files: [files[1]])
    try ledger.recordTry("r2", Sample.unknown, nextTryAt: nil, at: 3)
    try ledger.recordTry("r2", Sample.unknown, nextTryAt: nil, at: 3)
    try end(files[2], .held, ledger)
    try ledger.decide(FileDecision(file: files[3], .sent), at: 7000)
  }

  @Test("what still was open goes with a later pass, a day after the last one began")
  func laterPass() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.note(
      try Sample.news("n1", of: 1, "ACCEPTED"), try Sample.news("n2", of: 1, "READY"))
    try ledger.accept(notification: "n2", Sample.accepted, at: 7000)
    #expect(try prune(ledger) == 2)
    try ledger.accept(notification: "n1", Sample.accepted, at: 8000)
    #expect(try prune(ledger) == 0)
    #expect(try prune(ledger, at: 200_000 + Self.day) == 0)
    #expect(try prune(ledger, at: 200_001 + Self.day) == 2)
  }

  @Test("a file that stays is known as long as the inbox holds it")
  func known() throws {
    let (_, ledger) = try Ledger.fresh()
    try end(try ledger.claim(Sample.claim("day-1.csv", stays: true), at: 1), .sent, ledger)
    #expect(try prune(ledger, inInbox: ["day-1.csv"]) == 0)
    #expect(try ledger.known(Sample.scope, ["day-1.csv"]).count == 1)
    #expect(try prune(ledger, at: 200_001 + Self.day) == 1)
    #expect(try ledger.known(Sample.scope, ["day-1.csv"]).isEmpty)
  }

  @Test("a pass that finds much takes a part of it, and the next goes on there")
  func steps() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.releaseAll()
    try ledger.write { db in
      try db.execute(
        sql: """
          WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 10300)
          INSERT INTO orderFlag (scopeId, orderId, at, code, message)
          SELECT 1, 1, n, 'odd', '' FROM n
          """)
    }
    #expect(try prune(ledger) == 10_000)
    #expect(try prune(ledger) == 300)
    #expect(try prune(ledger) == 0)
  }

  @Test("the folders that files went into stay known: that tells a missing folder from a new one")
  func folders() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"), Sample.order("o3"))
    let names = ["orders/a.csv", "orders/b.csv", "changes/c.csv"]
    _ = try ledger.beginReleases(
      zip(1..., names).map { ReleaseStart(release: $0, file: Sample.file($1)) })
    try ledger.endReleases([1, 2, 3], at: 5000)
    let files = try ledger.purge(Sample.gateway, before: .max, at: 6000)
    #expect(try prune(ledger) == 0)
    try ledger.removed(files.map(\.release))
    #expect(try prune(ledger, at: 200_001 + Self.day) == 3)
    for folder in ["orders", "changes", ""] {
      #expect(try ledger.hasReleased(into: folder, Sample.gateway))
      #expect(try !ledger.hasReleased(into: folder, Sample.otherGateway))
    }
    #expect(try !ledger.hasReleased(into: "others", Sample.gateway))
  }

  @Test("a prune that finds nothing old writes nothing")
  func nothing() throws {
    let (folder, ledger) = try Ledger.fresh()
    try recordEnded(ledger)
    let log = folder.bytes("ledger.sqlite-wal")
    #expect(try prune(ledger, before: 1) == 0)
    #expect(folder.bytes("ledger.sqlite-wal") == log)
  }

  @Test("whatever a prune asks, and what deletes, is found by an index that fits")
  func plans() throws {
    let (_, ledger) = try Ledger.fresh()
    try recordEnded(ledger)
    let plans = try ledger.plans { try prune(ledger) }
    #expect(plans.count > 15)
    let scans = plans.filter { plan in
      plan.value.contains { $0.hasPrefix("SCAN") && !Self.small.contains($0) }
    }
    #expect(scans == [:])
  }

  /// What is small: the rows of one step, and the parts of catalogues.
  private static let small: Set<String> = ["SCAN (subquery-1)", "SCAN part", "SCAN openPart"]
}
