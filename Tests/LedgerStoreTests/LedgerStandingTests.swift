import Digests
import GRDB
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerStandingTests {
  @Test("a new order has its first step, and nothing else")
  func new() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1", at: 1000))
    let order = try #require(try ledger.order(Sample.gateway, .requestOrderId, "o1"))
    let expected = OrderStanding(
      order: order, version: 1, steps: [OrderStep("ORDER_SUCCESS", .initial, at: 1000)],
      values: [:], refunded: 0, seen: [:], refused: [:], told: [], mayHaveGap: false,
      refundsSaid: [])
    #expect(try ledger.standing(of: 1) == expected)
    #expect(try ledger.standing(of: 2) == nil)
  }

  @Test("a change of the channel is a step where the order's journey allows it")
  func channel() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1", at: 1000), Sample.order("o2", at: 1000))
    let statuses: [String?] = [nil, "ORDER_SUCCESS", "COMPLETED", "CANCELLED", "CANCELLED"]
    for (number, status) in statuses.enumerated() {
      try ledger.take(
        Sample.change("c\(number)", of: "o1", status: status, at: 2000 + Int64(number)))
    }
    let standing = try #require(try ledger.standing(of: 1))
    #expect(
      standing.steps == [
        OrderStep("ORDER_SUCCESS", .initial, at: 1000),
        OrderStep("CANCELLED", .channel, at: 2003),
      ])
    #expect(standing.version == 3)
    #expect(try ledger.standing(of: 2)?.version == 2)
  }

  @Test("what was queued for an order is known: steps, values, refunds and lines")
  func queued() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1", at: 1000), Sample.order("o2", at: 1000))
    let change = try Sample.said(PosOrderId.of("o1"), "READY", refund: 150, changedAt: 5500)
    let news = StatusNews(
      mapping: "pos", change: change, order: 1, version: 1, seenCount: 2,
      outcome: .queued([
        try Sample.draft("n1", "ACCEPTED", isFilledIn: true),
        try Sample.draft("n2", "READY", refund: 150, number: "A7", changedAt: 5500),
      ]))
    #expect(try ledger.note(news, at: 6000))
    try ledger.note(try Sample.news("n3", of: 1, refund: 30))
    let standing = try #require(try ledger.standing(of: 1))
    #expect(standing.order.status == "READY")
    #expect(standing.order.shortOrderNumber == "A7")
    #expect(
      standing.steps == [
        OrderStep("ORDER_SUCCESS", .initial, at: 1000), OrderStep("ACCEPTED", .pos, at: 6000),
        OrderStep("READY", .pos, changedAt: 5500, at: 6000),
      ])
    #expect(standing.version == 4)
    #expect(
      standing.values == [
        "orderStatus": "\"READY\"", "refundAmount": "{\"value\":30,\"currency\":\"SGD\"}",
        "shortOrderNumber": "\"A7\"",
      ])
    #expect(standing.refunded == 180)
    let second = try Sample.said(PosOrderId.of("o1"), refund: 30)
    #expect(standing.seen == [change.content: 2, second.content: 1])
    #expect(standing.refundsSaid == [try Sample.money(30), try Sample.money(150)])
    let other = try #require(try ledger.standing(of: 2))
    #expect(other.values.isEmpty && other.seen.isEmpty && other.refundsSaid.isEmpty)
    #expect(other.refunded == 0)
  }

  @Test(
    "a refund counts as long as it is queued or was accepted",
    arguments: [(Sample.accepted, 100), (Sample.refused, 0), (Sample.unknown, 100)]
      as [(Delivery, Int64)])
  func refunded(delivery: Delivery, sum: Int64) throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.note(try Sample.news("n1", of: 1, refund: 100))
    switch delivery.outcome {
    case .accepted: try ledger.accept(notification: "n1", delivery, at: 7000)
    case .refused: try ledger.refuse(notification: "n1", delivery, at: 7000)
    case .unknown, .unsent:
      try ledger.recordTry(notification: "n1", delivery, nextTryAt: nil, at: 7000)
    }
    #expect(try ledger.standing(of: 1)?.refunded == sum)
  }

  @Test("a line's refund is known unless it was refused; let go later, it is known, too")
  func refundsSaid() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var news = try Sample.news("", of: 1, refund: 100)
    news.outcome = .refused(Sample.odd)
    try ledger.note(news)
    #expect(try ledger.standing(of: 1)?.seen == [news.change.content: 1])
    #expect(try ledger.standing(of: 1)?.refundsSaid == [])
    #expect(
      try ledger.standing(of: 1)?.refused == [
        news.change.content: OrderStanding.RefusedLine(change: 1, message: "it cannot follow")
      ])
    news.earlier = 1
    news.seenCount = nil
    news.outcome = .queued([try Sample.draft("n1", refund: 100)])
    try ledger.note(news)
    #expect(try ledger.standing(of: 1)?.seen == [news.change.content: 1])
    #expect(try ledger.standing(of: 1)?.refundsSaid == [try Sample.money(100)])
    #expect(try ledger.standing(of: 1)?.refused == [:])
    var zero = try Sample.news("", of: 1, refund: 0)
    zero.outcome = .done
    var held = try Sample.news("", of: 1, refund: 7)
    held.outcome = .held(Sample.odd, meanwhile: [])
    try ledger.note(zero, held)
    #expect(try ledger.standing(of: 1)?.refundsSaid.map(\.value) == [7, 100])
    #expect(try ledger.standing(of: 1)?.seen.count == 3)
  }

  @Test("a damaged amount is told, not taken for none")
  func corrupt() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.note(try Sample.news("n1", of: 1, refund: 100))
    try ledger.write { try $0.execute(sql: "UPDATE seenLine SET refundCurrency = 'XXX'") }
    let problem = #expect(throws: Problem.self) { try ledger.standing(of: 1) }
    #expect(problem?.code == "ledger-corrupt")
    #expect(problem?.message == "the ledger is damaged: an amount of 100 has no currency")
  }
}
