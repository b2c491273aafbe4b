import Digests
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerOrderJourneysTests {
  @Test("an order's journey: its ids, its steps, what waits and what came of the last try")
  func whole() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1", channelOrderId: "GF-1", at: 1000))
    var news = try Sample.news("", of: 1, "READY")
    news.outcome = .queued([
      try Sample.draft("n1", "ACCEPTED"),
      try Sample.draft("n2", "READY", number: "A7", changedAt: 5000), try Sample.draft("n3"),
    ])
    try ledger.note(news, at: 6000)
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    try ledger.recordTry(notification: "n2", Sample.unknown, nextTryAt: 9000, at: 7001)
    let expected = OrderJourney(
      order: 1, requestOrderId: "o1", channelOrderId: "GF-1", posOrderId: PosOrderId.of("o1"),
      shortOrderNumber: "A7", store: "store-1", status: "READY", receivedAt: 1000,
      steps: [
        OrderStep("ORDER_SUCCESS", .initial, at: 1000), OrderStep("ACCEPTED", .pos, at: 6000),
        OrderStep("READY", .pos, changedAt: 5000, at: 6000),
      ], queued: 2, refused: 1, nextTryAt: 9000,
      last: Attempt(at: 7001, delivery: Sample.unknown))
    #expect(try ledger.orderJourneys(Sample.gateway, since: 0, limit: 9) == [expected])
    #expect(try ledger.orderJourneys(Sample.otherGateway, since: 0, limit: 9).isEmpty)
    try ledger.accept(notification: "n2", Sample.accepted, at: 9000)
    let later = try #require(
      try ledger.orderJourneys(Sample.gateway, since: 0, limit: 9).first)
    #expect(later.queued == 1)
    #expect(later.refused == 0)
    #expect(later.nextTryAt == nil)
    #expect(later.last == Attempt(at: 9000, delivery: Sample.accepted))
  }

  @Test("those that came lately, newest first, and older ones only as long as something is open")
  func lately() throws {
    let (_, ledger) = try Ledger.fresh()
    for number in 1...5 as ClosedRange<Int64> {
      try ledger.take(Sample.order("o\(number)", at: number))
    }
    #expect(try journeys(ledger, since: 4) == ["o5", "o4"])
    for order in 1...3 as ClosedRange<Int64> {
      try ledger.note(try Sample.news("n\(order)", of: order, "ACCEPTED"))
    }
    #expect(try journeys(ledger, since: 4) == ["o5", "o4", "o3", "o2", "o1"])
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    try ledger.accept(notification: "n2", Sample.accepted, at: 7000)
    #expect(try journeys(ledger, since: 4) == ["o5", "o4", "o3", "o1"])
    #expect(try journeys(ledger, since: 4, limit: 3) == ["o5", "o4", "o3"])
    try ledger.dismiss(notifications: ["n1"], at: 8000)
    #expect(try journeys(ledger, since: 4) == ["o5", "o4", "o3"])
  }

  @Test("an order that nobody gave a status is unattended, from then on and not forever")
  func unattended() throws {
    let (_, ledger) = try Ledger.fresh()
    for number in 1...6 as ClosedRange<Int64> {
      try ledger.take(Sample.order("o\(number)", at: number))
    }
    try ledger.take(Sample.order("o7", at: 3), scope: Sample.otherGateway)
    try ledger.take(Sample.change("c1", of: "o3", status: "CANCELLED"))
    try ledger.take(Sample.change("c2", of: "o5"))
    try ledger.note(try Sample.news("n1", of: 2, "ACCEPTED"))
    #expect(try ids(ledger, before: 6, since: 1) == ["o1", "o4", "o5"])
    #expect(try ids(ledger, before: 5, since: 2) == ["o4"])
    #expect(try ids(ledger, before: 4, since: 4).isEmpty)
    try ledger.note(
      StatusNews(
        mapping: "pos", change: try Sample.said(PosOrderId.of("o4")), order: 4,
        outcome: .queued([try Sample.draft("n2", number: "A7")])))
    #expect(try ids(ledger, before: 5, since: 2) == ["o4"])
  }

  private func journeys(_ ledger: Ledger, since: Int64, limit: Int = 9) throws -> [String] {
    try ledger.orderJourneys(Sample.gateway, since: since, limit: limit).map(\.requestOrderId)
  }

  private func ids(_ ledger: Ledger, before: Int64, since: Int64) throws -> [String] {
    try ledger.unattended(Sample.gateway, receivedBefore: before, since: since)
      .map(\.requestOrderId)
  }
}
