import GRDB
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerOrderSummaryTests {
  @Test("an empty ledger has nothing to tell")
  func empty() throws {
    let (_, ledger) = try Ledger.fresh()
    let expected = OrderSummary(
      counts: [:], waitingCount: 0, waiting: [], flagged: [], conflicts: [], doubtful: [])
    #expect(try ledger.orderSummary(Sample.gateway, since: 0) == expected)
  }

  @Test("how orders stand: by status, what waits and why, what is odd, refused or doubtful")
  func whole() throws {
    let (_, ledger) = try Ledger.fresh()
    let odd = OrderFlag("amounts-differ", field: "orderAmount", "the products add up to 1250")
    try ledger.take(
      Sample.order("o1"), Sample.change("c1", of: "o1", status: "CANCELLED", flags: [odd]),
      Sample.order("o2", flags: [odd]), Sample.order("o3", at: 3000),
      Sample.order("o3", body: "other", at: 4000))
    _ = try ledger.beginReleases([
      ReleaseStart(release: 1, file: Sample.file("orders/o1.json"))
    ])
    try ledger.endReleases([1], at: 5000, doubtful: [1])
    try ledger.postponeReleases([3], reason: "the folder is missing", nextTryAt: 9000)
    try ledger.take(Sample.order("other", flags: [odd]), scope: Sample.otherGateway)
    let o1 = OrderSummary.Subject(requestOrderId: "o1", requestId: nil)
    let c1 = OrderSummary.Subject(requestOrderId: "o1", requestId: "c1")
    let o2 = OrderSummary.Subject(requestOrderId: "o2", requestId: nil)
    let o3 = OrderSummary.Subject(requestOrderId: "o3", requestId: nil)
    let expected = OrderSummary(
      counts: ["CANCELLED": 1, "ORDER_SUCCESS": 2], waitingCount: 3,
      waiting: [
        OrderSummary.Waiting(
          subject: c1, receivedAt: 2000, state: .stored, tries: 0, reason: nil, nextTryAt: nil),
        OrderSummary.Waiting(
          subject: o2, receivedAt: 1000, state: .stored, tries: 1,
          reason: "the folder is missing", nextTryAt: 9000),
        OrderSummary.Waiting(
          subject: o3, receivedAt: 3000, state: .stored, tries: 0, reason: nil, nextTryAt: nil),
      ],
      flagged: [
        OrderSummary.Flagged(subject: c1, at: 2000, flag: odd),
        OrderSummary.Flagged(subject: o2, at: 1000, flag: odd),
      ],
      conflicts: [OrderSummary.Conflict(subject: o3, count: 1, lastAt: 4000)],
      doubtful: [
        OrderSummary.Doubtful(subject: o1, name: "orders/o1.json", releasedAt: 5000)
      ])
    #expect(try ledger.orderSummary(Sample.gateway, since: 0) == expected)
  }

  @Test("what is long ago is left out, but not what waits, and lists end somewhere")
  func limits() throws {
    let (_, ledger) = try Ledger.fresh()
    let odd = OrderFlag("odd", "odd")
    for number in 1...5 as ClosedRange<Int64> {
      try ledger.take(
        Sample.order("o\(number)", flags: [odd], at: number),
        Sample.order("o\(number)", body: "other", at: number))
    }
    let lately = try ledger.orderSummary(Sample.gateway, since: 4)
    #expect(lately.counts == ["ORDER_SUCCESS": 2])
    #expect(lately.waitingCount == 5)
    #expect(lately.waiting.count == 5)
    #expect(lately.flagged.map(\.at) == [5, 4])
    #expect(lately.conflicts.map(\.lastAt) == [5, 4])
    let short = try ledger.orderSummary(Sample.gateway, since: 0, limit: 1)
    #expect(short.waiting.map(\.subject.requestOrderId) == ["o1"])
    #expect(short.flagged.map(\.subject.requestOrderId) == ["o5"])
    #expect(short.conflicts.map(\.subject.requestOrderId) == ["o5"])
    try ledger.releaseAll(at: 9)
    try ledger.write { try $0.execute(sql: "UPDATE orderRelease SET isDoubtful = 1") }
    #expect(
      try ledger.orderSummary(Sample.gateway, since: 9, limit: 2).doubtful
        .map(\.subject.requestOrderId) == ["o5", "o4"])
    #expect(try ledger.orderSummary(Sample.gateway, since: 10).doubtful.isEmpty)
  }
}
