import Digests
import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerNotificationsTests {
  @Test("a notification is kept whole, its bytes too")
  func whole() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    let change = try Sample.said(PosOrderId.of("o1"), "READY", refund: 150, line: 4)
    var draft = try Sample.draft("n1", "READY", refund: 150, isFilledIn: true)
    draft.body = [0, 255, 10]
    try ledger.note(
      StatusNews(mapping: "pos", change: change, order: 1, outcome: .queued([draft])), at: 6000)
    let expected = Notification(
      id: 1, requestId: "n1", order: 1, requestOrderId: "o1", account: "kopi-corner",
      store: "store-1", change: 1, mapping: "pos", place: change.place, body: [0, 255, 10],
      fields: draft.fields, orderStatus: "READY", refund: try Sample.money(150),
      isFilledIn: true, state: .queued, tries: 0, nextTryAt: nil, last: nil, createdAt: 6000,
      endedAt: nil)
    #expect(try ledger.notification("n1") == expected)
    #expect(try ledger.notificationsDue(Sample.gateway, limit: 1, at: 0) == [expected])
    #expect(try ledger.notifications(Sample.gateway, in: .queued, limit: 1) == [expected])
    #expect(try ledger.notification("n2") == nil)
  }

  @Test("an identity is used once, forever")
  func identity() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"))
    try ledger.accept(notification: "n1", Sample.accepted, at: 7000)
    let problem = #expect(throws: Problem.self) {
      try ledger.note(try Sample.news("n1", of: 2, "ACCEPTED"))
    }
    #expect(
      problem?.message
        == "the ledger failed: UNIQUE constraint failed: notification.requestId (2067)")
  }

  @Test("only the first of each order's queue can go; a stuck order holds up no other")
  func heads() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    try ledger.take(Sample.order("o1"), scope: Sample.otherGateway)
    try ledger.note(
      try Sample.news("a1", of: 1, "ACCEPTED"), try Sample.news("b1", of: 2, "ACCEPTED"),
      try Sample.news("a2", of: 1, "READY"), try Sample.news("b2", of: 2, "READY"))
    try ledger.note(try Sample.news("x1", of: 3, "ACCEPTED"), scope: Sample.otherGateway)
    #expect(try ledger.due() == ["a1", "b1"])
    #expect(try ledger.due(limit: 1) == ["a1"])
    #expect(try ledger.due(Sample.otherGateway) == ["x1"])
    let head = try #require(try ledger.notification("a1"))
    try ledger.recordTry(notification: "a1", Sample.unknown, nextTryAt: 9000, at: 7000)
    #expect(try ledger.due(at: 8999) == ["b1"])
    #expect(try ledger.nextNotification(after: head, at: 8999) == nil)
    // The one that was never tried has waited longest.
    #expect(try ledger.due(at: 9000) == ["b1", "a1"])
    #expect(try ledger.nextNotification(after: head, at: 9000)?.requestId == "a1")
    try ledger.accept(notification: "a1", Sample.accepted, at: 9000)
    #expect(try ledger.nextNotification(after: head, at: 9000)?.requestId == "a2")
    try ledger.refuse(notification: "b1", Sample.refused, at: 9000)
    #expect(try ledger.due(at: 9000) == ["a2", "b2"])
    try ledger.accept(notification: "a2", Sample.accepted, at: 9000)
    #expect(try ledger.nextNotification(after: head, at: .max) == nil)
  }

  @Test("one order's notifications go one by one, in the order in which they were decided")
  func inOrder() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var news = try Sample.news("", of: 1, "COMPLETED")
    news.outcome = .queued([
      try Sample.draft("z", "ACCEPTED", isFilledIn: true), try Sample.draft("y", "COMPLETED"),
    ])
    try ledger.note(news, try Sample.news("x", of: 1, refund: 5))
    var order: [String] = []
    while let first = try ledger.due().first {
      #expect(try ledger.due() == [first])
      order.append(first)
      try ledger.accept(notification: first, Sample.accepted, at: 7000)
    }
    #expect(order == ["z", "y", "x"])
  }

  @Test("everything that was put off can be sent at once when a person says so")
  func hurried() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.take(Sample.order("o1"), scope: Sample.otherGateway)
    try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"))
    try ledger.note(try Sample.news("n2", of: 2, "ACCEPTED"), scope: Sample.otherGateway)
    for id in ["n1", "n2"] {
      try ledger.recordTry(notification: id, Sample.unknown, nextTryAt: 9000, at: 7000)
    }
    try ledger.hurryNotifications(Sample.gateway)
    #expect(try ledger.due(at: 7000) == ["n1"])
    #expect(try ledger.due(Sample.otherGateway, at: 7000).isEmpty)
    #expect(try ledger.notification("n1")?.tries == 1)
  }

  @Test("what D-Store refused goes once more under a new id, at its old place in its order's queue")
  func retried() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.note(
      try Sample.news("n1", of: 1, refund: 100), try Sample.news("n2", of: 1, "ACCEPTED"))
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    #expect(try ledger.statusChange(1)?.state == .done)
    #expect(try ledger.notifications(Sample.gateway, in: .refused, limit: 9).map(\.id) == [1])
    let draft = try Sample.draft("n3", refund: 100)
    #expect(try ledger.retryNotification("n1", draft, at: 8000))
    #expect(try ledger.notifications(Sample.gateway, in: .refused, limit: 9).isEmpty)
    #expect(try ledger.notification("n1") == nil)
    #expect(try ledger.notifications(Sample.gateway, in: .queued, limit: 9).map(\.id) == [1, 2])
    #expect(try ledger.notification("n3")?.change == 1)
    #expect(try ledger.notification("n3")?.createdAt == 8000)
    #expect(try ledger.statusChange(1)?.state == .queued)
    let standing = try #require(try ledger.standing(of: 1))
    #expect(standing.refunded == 100)
    #expect(standing.steps.map(\.status) == ["ORDER_SUCCESS", "ACCEPTED"])
    for id in ["n1", "n2", "n3", "n9"] {
      #expect(try !ledger.retryNotification(id, try Sample.draft("n4", refund: 100), at: 8001))
    }
    #expect(try ledger.standing(of: 1)?.refunded == 100)
    try ledger.accept(notification: "n2", Sample.accepted, at: 9000)
    try ledger.accept(notification: "n3", Sample.accepted, at: 9001)
    #expect(try ledger.statusChange(1)?.endedAt == 9001)
  }

  @Test("a refused one that cannot be queued again stays open")
  func failedRetry() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.note(
      try Sample.news("n1", of: 1, refund: 100), try Sample.news("n2", of: 1, "ACCEPTED"))
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    #expect(throws: Problem.self) {
      try ledger.retryNotification("n1", try Sample.draft("n2", refund: 100), at: 8000)
    }
    #expect(try ledger.notificationCounts(Sample.gateway).refused == 1)
  }

  @Test("what a clock that was put back has put off for long is due at once")
  func clockPutBack() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"))
    try ledger.recordTry(notification: "n1", Sample.unknown, nextTryAt: 90_000, at: 80_000)
    #expect(try ledger.due(at: 85_000) == [])
    #expect(try ledger.due(at: 7000) == ["n1"])
  }

  @Test("a refund knows of refunds of its order that were queued later and not refused")
  func laterRefund() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    try ledger.note(try Sample.news("n1", of: 1, refund: 100))
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    try ledger.note(try Sample.news("n2", of: 2, refund: 100))
    let refused = try #require(try ledger.notification("n1"))
    #expect(try !ledger.hasLaterRefund(than: refused))
    try ledger.note(try Sample.news("n3", of: 1, refund: 50))
    #expect(try ledger.hasLaterRefund(than: refused))
    try ledger.refuse(notification: "n3", Sample.refused, at: 7000)
    #expect(try !ledger.hasLaterRefund(than: refused))
  }

  @Test("two processes see the same queue, and one of them ends a notification")
  func twoProcesses() throws {
    let (folder, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    let other = try Ledger.open(folder: folder.path)
    try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"))
    #expect(try other.due() == ["n1"])
    try other.accept(notification: "n1", Sample.accepted, at: 7000)
    #expect(try ledger.due().isEmpty)
    #expect(throws: Problem.self) {
      try ledger.refuse(notification: "n1", Sample.refused, at: 7001)
    }
    #expect(try ledger.notification("n1")?.state == .accepted)
  }
}
