import Digests
import GRDB
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerOrdersTests {
  @Test("an order is found by each of its ids", arguments: MatchBy.allCases)
  func found(key: MatchBy) throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1", channelOrderId: "GF-1"))
    try ledger.take(Sample.order("o2", channelOrderId: "GF-2"))
    try ledger.write { db in
      try db.execute(sql: "UPDATE heldOrder SET shortOrderNumber = 'A' || id")
    }
    let values: [MatchBy: String] = [
      .requestOrderId: "o2", .posOrderId: PosOrderId.of("o2"), .channelOrderId: "GF-2",
      .shortOrderNumber: "A2",
    ]
    let value = try #require(values[key])
    #expect(try ledger.orders(Sample.gateway, key, value, limit: 9).map(\.requestOrderId) == ["o2"])
    #expect(try ledger.order(Sample.gateway, key, value)?.requestOrderId == "o2")
    #expect(try ledger.order(Sample.gateway, key, "nobody's") == nil)
    #expect(try ledger.order(Sample.otherGateway, key, value) == nil)
  }

  @Test("of several orders with one number the last comes first")
  func several() throws {
    let (_, ledger) = try Ledger.fresh()
    for id in ["o1", "o2", "o3"] { try ledger.take(Sample.order(id, channelOrderId: "GF-1")) }
    #expect(
      try ledger.orders(Sample.gateway, .channelOrderId, "GF-1", limit: 2).map(\.requestOrderId)
        == ["o3", "o2"])
    #expect(try ledger.order(Sample.gateway, .channelOrderId, "GF-1")?.requestOrderId == "o3")
  }

  @Test("a channel's id that comes again is found on each day, the last order first")
  func days() throws {
    let (_, ledger) = try Ledger.fresh()
    let day: Int64 = 86_400_000
    for (number, at) in [20_000 * day, 20_000 * day - 1, 20_400 * day, 3, 20_401 * day].enumerated()
    {
      try ledger.take(
        Sample.order("o\(number)", channelOrderId: number == 4 ? "GF-2" : "GF-1", at: at))
    }
    try ledger.take(Sample.order("o5", channelOrderId: "GF-1"), scope: Sample.otherGateway)
    #expect(
      try ledger.orders(Sample.gateway, .channelOrderId, "GF-1", limit: 9).map(\.requestOrderId)
        == ["o3", "o2", "o1", "o0"])
    #expect(try ledger.order(Sample.gateway, .channelOrderId, "GF-3") == nil)
  }

  @Test("two orders with one id of D-Store's cannot be in the ledger, whoever writes")
  func unique() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    #expect(throws: Problem.self) {
      try ledger.write { db in
        try db.execute(
          sql: """
            INSERT INTO heldOrder (scopeId, requestOrderId, account, store, posOrderId, digest,
              status, receivedAt)
            SELECT scopeId, requestOrderId, account, store, posOrderId, 'other', status, 2
            FROM heldOrder
            """)
      }
    }
  }
}
