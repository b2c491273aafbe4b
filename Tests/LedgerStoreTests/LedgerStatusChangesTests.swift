import Digests
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerStatusChangesTests {
  @Test("changes are listed by state, oldest first, and no more than asked for")
  func listed() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    let outcomes: [StatusNews.Outcome] = [
      .held(Sample.odd, meanwhile: []), .refused(Sample.odd), .waiting(until: 1),
      .queued([try Sample.draft("n1", "READY")]), .held(Sample.odd, meanwhile: []),
    ]
    for (number, outcome) in outcomes.enumerated() {
      let order: Int64? = if case .waiting = outcome { nil } else { 1 }
      try ledger.note(
        StatusNews(
          mapping: "pos", change: try Sample.said("o", "READY", changedAt: Int64(number)),
          order: order, seenCount: 1, outcome: outcome))
    }
    #expect(try ledger.changes(.held).map(\.id) == [1, 5])
    #expect(try ledger.changes(.refused).map(\.id) == [2])
    #expect(try ledger.changes(.waiting).map(\.id) == [3])
    #expect(try ledger.changes(.queued).map(\.id) == [4])
    #expect(try ledger.changes(.done).isEmpty)
    #expect(try ledger.statusChanges(Sample.gateway, in: .held, limit: 1).map(\.id) == [1])
    let counts = NotificationCounts(queued: 1, refused: 1, held: 2, waiting: 1)
    #expect(try ledger.notificationCounts(Sample.gateway) == counts)
    let none = NotificationCounts(queued: 0, refused: 0, held: 0, waiting: 0)
    #expect(try ledger.notificationCounts(Sample.otherGateway) == none)
  }

  @Test(
    "what a person has seen to is told no more: held and refused changes, refused notifications")
  func dismissed() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var held = try Sample.news("", of: 1, refund: 5)
    held.outcome = .held(Sample.odd, meanwhile: [])
    var refused = try Sample.news("", of: 1, "READY")
    refused.outcome = .refused(Sample.odd)
    let waiting = StatusNews(
      mapping: "pos", change: try Sample.said("who"), outcome: .waiting(until: 1))
    try ledger.note(held, refused, waiting, try Sample.news("n1", of: 1, "ACCEPTED"))
    try ledger.note(try Sample.news("n2", of: 1, "READY"))
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    #expect(
      try ledger.notificationCounts(Sample.gateway)
        == NotificationCounts(queued: 1, refused: 2, held: 1, waiting: 1))
    try ledger.dismiss(changes: [1, 2, 3, 4], notifications: ["n1", "n2", "n3"], at: 8000)
    #expect(
      try ledger.notificationCounts(Sample.gateway)
        == NotificationCounts(queued: 1, refused: 0, held: 0, waiting: 1))
    #expect(try ledger.changes(.held).isEmpty)
    #expect(try ledger.statusChange(1)?.endedAt == 8000)
    #expect(try ledger.statusChange(2)?.endedAt == 6000)
    #expect(try ledger.notifications(Sample.gateway, in: .refused, limit: 9).isEmpty)
    #expect(try !ledger.retryNotification("n1", try Sample.draft("n4", "ACCEPTED"), at: 8001))
    #expect(try ledger.due() == ["n2"])
  }

  @Test("the changes and notifications of one order are found among any number of others")
  func ofOneOrder() throws {
    let (_, ledger) = try Ledger.fresh()
    for order in 1...3 { try ledger.take(Sample.order("o\(order)")) }
    for number in 0..<1100 {
      var news = try Sample.news("n\(number)", of: 1, "READY")
      news.change = try Sample.said(PosOrderId.of("o1"), "READY", changedAt: Int64(number))
      news.outcome = .refused(Sample.odd)
      news.version = nil
      try ledger.note(news)
    }
    var news = try Sample.news("last", of: 2, "READY")
    news.outcome = .refused(Sample.odd)
    try ledger.note(news)
    let nobodys = StatusNews(
      mapping: "pos", change: try Sample.said("nobody", "READY"), seenCount: 1,
      outcome: .refused(Sample.odd))
    try ledger.note(nobodys)
    func orders(_ rows: [Int64], _ name: String) throws -> [String] {
      try ledger.statusChanges(Sample.gateway, in: .refused, of: rows, named: name)
        .map(\.change.order)
    }
    #expect(try orders([2], "o2") == [PosOrderId.of("o2")])
    #expect(try orders([], "nobody") == ["nobody"])
    #expect(try orders([3], "o3") == [])
    try ledger.note(try Sample.news("queued", of: 3, "READY"))
    #expect(try ledger.notifications(in: .queued, of: [3]).map(\.requestId) == ["queued"])
    #expect(try ledger.notifications(in: .queued, of: [1, 2]).isEmpty)
  }
}
