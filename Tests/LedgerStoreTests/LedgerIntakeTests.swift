import Digests
import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerIntakeTests {
  @Test("an order is kept whole, with the first status, and waits for its release")
  func order() throws {
    let (_, ledger) = try Ledger.fresh()
    let flag = OrderFlag("amounts-differ", field: "orderAmount", "the products add up to 1250")
    let body = "{\"requestOrderId\":\"o1\"}\u{0}é"
    let intake = Sample.order("o1", body: body, channelOrderId: "GF-1", flags: [flag], at: 1000)
    #expect(try ledger.take(intake) == [.stored(posOrderId: PosOrderId.of("o1"))])
    let expected = HeldOrder(
      id: 1, account: "kopi-corner", store: "store-1", requestOrderId: "o1",
      channelOrderId: "GF-1", posOrderId: PosOrderId.of("o1"), shortOrderNumber: nil,
      status: "ORDER_SUCCESS", flags: [flag], body: Array(body.utf8), receivedAt: 1000,
      purgedAt: nil)
    #expect(try ledger.order(Sample.gateway, .requestOrderId, "o1") == expected)
    let release = Release(
      id: 1, order: expected, change: nil, state: .stored, file: nil, tries: 0, reason: nil,
      nextTryAt: nil, isRepeat: false, releasedAt: nil)
    #expect(try ledger.open() == [release])
  }

  @Test("an empty body, and one of a megabyte with every byte, come back as they were")
  func bodies() throws {
    let (_, ledger) = try Ledger.fresh()
    let bodies = [[], (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }]
    for (number, body) in bodies.enumerated() {
      let order = ReceivedOrder(
        requestOrderId: "o\(number)", account: "a", store: "s", body: body,
        digest: "d", receivedAt: 1)
      try ledger.take(.order(order))
      #expect(try ledger.order(Sample.gateway, .requestOrderId, "o\(number)")?.body == body)
    }
  }

  @Test("the same order again gets the same answer, and changes nothing")
  func repeated() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    let before = try ledger.open()
    #expect(
      try ledger.take(Sample.order("o1", at: 9000), Sample.order("o1", at: 9001))
        == [.repeated(posOrderId: PosOrderId.of("o1")), .repeated(posOrderId: PosOrderId.of("o1"))])
    #expect(try ledger.open() == before)
  }

  @Test("twins in one group are one order")
  func twins() throws {
    let (_, ledger) = try Ledger.fresh()
    #expect(
      try ledger.take(Sample.order("o1"), Sample.order("o1"), Sample.order("o1", digest: "other"))
        == [
          .stored(posOrderId: PosOrderId.of("o1")), .repeated(posOrderId: PosOrderId.of("o1")),
          .conflicting,
        ])
    #expect(try ledger.open().count == 1)
  }

  @Test("an id with other content is refused, counted, and changes nothing else")
  func conflicting() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1", body: "first"), Sample.change("c1", of: "o1"))
    let before = try ledger.order(Sample.gateway, .requestOrderId, "o1")
    for time in [3000, 4000] as [Int64] {
      #expect(
        try ledger.take(
          Sample.order("o1", body: "second", at: time),
          Sample.change("c1", of: "o1", body: "second", at: time)) == [.conflicting, .conflicting])
    }
    #expect(try ledger.order(Sample.gateway, .requestOrderId, "o1") == before)
    let conflicts = try ledger.orderSummary(Sample.gateway, since: 0).conflicts
    #expect(conflicts.map(\.subject.requestId) == [nil, "c1"])
    #expect(conflicts.map(\.count) == [2, 2])
    #expect(conflicts.map(\.lastAt) == [4000, 4000])
  }

  @Test("another scope knows nothing of an order")
  func scopes() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    #expect(
      try ledger.take(
        Sample.change("c1", of: "o1"), Sample.order("o1", digest: "other"),
        scope: Sample.otherGateway) == [.unknownOrder, .stored(posOrderId: PosOrderId.of("o1"))])
    #expect(try ledger.open(Sample.otherGateway).map(\.order.id) == [2])
    #expect(try ledger.open(Sample.gateway).map(\.order.id) == [1])
  }

  @Test("a change of an order that nobody handed in is not kept, and can come again")
  func unknownOrder() throws {
    let (_, ledger) = try Ledger.fresh()
    let change = Sample.change("c1", of: "o1")
    #expect(try ledger.take(change) == [.unknownOrder])
    #expect(
      try ledger.take(Sample.order("o1"), change)
        == [.stored(posOrderId: PosOrderId.of("o1")), .stored(posOrderId: PosOrderId.of("o1"))])
    #expect(try ledger.take(change) == [.repeated(posOrderId: PosOrderId.of("o1"))])
  }

  @Test(
    "a change gives the order its status where the journey allows that, else it is flagged",
    arguments: [
      (["CANCELLED"], "CANCELLED", [nil]),
      ([nil], "ORDER_SUCCESS", [nil]),
      (["ORDER_SUCCESS"], "ORDER_SUCCESS", [nil]),
      (["CANCELLED", "CANCELLED"], "CANCELLED", [nil, nil]),
      (
        ["COMPLETED", "CANCELLED"], "CANCELLED",
        ["the order was \"ORDER_SUCCESS\", and \"COMPLETED\" cannot follow", nil]
      ),
      (
        ["CANCELLED", "EATEN\u{7}"], "CANCELLED",
        [nil, "the order was \"CANCELLED\", and \"EATEN<U+0007>\" cannot follow"]
      ),
    ] as [([String?], String, [String?])])
  func journey(statuses: [String?], status: String, flags: [String?]) throws {
    let (_, ledger) = try Ledger.fresh()
    let own = OrderFlag("odd", "odd")
    try ledger.take(Sample.order("o1"))
    for (number, status) in statuses.enumerated() {
      try ledger.take(Sample.change("c\(number)", of: "o1", status: status, flags: [own]))
    }
    #expect(try ledger.order(Sample.gateway, .requestOrderId, "o1")?.status == status)
    #expect(try ledger.order(Sample.gateway, .requestOrderId, "o1")?.flags == [])
    try ledger.releaseAll()
    let changes = try ledger.read { db in
      try db.releases("SELECT id FROM orderRelease WHERE changeId IS NOT NULL", [])
        .compactMap(\.change)
    }
    #expect(changes.map(\.orderStatus) == statuses)
    #expect(
      changes.map(\.flags)
        == flags.map { [own] + ($0.map { [OrderFlag("journey", $0)] } ?? []) })
  }

  @Test("all are recorded, or none")
  func allOrNone() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.limitPages()
    let problem = #expect(throws: Problem.self) {
      try ledger.take(
        Sample.order("small"), Sample.order("large", body: String(repeating: "x", count: 1 << 20)))
    }
    #expect(problem?.code == "ledger-disk-full")
    #expect(try ledger.open().isEmpty)
  }

  @Test("that an order could be recorded now is tried by really writing")
  func canStore() throws {
    let (folder, ledger) = try Ledger.fresh()
    let size = try #require(folder.bytes("ledger.sqlite-wal")).count
    try ledger.canStore()
    #expect(try #require(folder.bytes("ledger.sqlite-wal")).count > size)
    let other = try Ledger.open(folder: folder.path, patience: 20)
    try ledger.write { _ in
      let problem = #expect(throws: Problem.self) { try other.canStore() }
      #expect(problem?.code == "ledger-busy")
    }
  }
}

extension Ledger {
  /// Leaves room in the database for a few more pages, as if the disk were full then.
  func limitPages() throws {
    try queue.writeWithoutTransaction { db in
      let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
      try db.execute(sql: "PRAGMA max_page_count = \(pages + 20)")
    }
  }
}
