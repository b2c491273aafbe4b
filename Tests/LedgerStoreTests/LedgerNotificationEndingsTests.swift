import Digests
import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerNotificationEndingsTests {
  @Test("a try that decided nothing is kept, and says when the next one is")
  func tried() throws {
    let (_, ledger) = try queued()
    try ledger.recordTry(notification: "n1", Sample.unknown, nextTryAt: 9000, at: 7000)
    var notification = try #require(try ledger.notification("n1"))
    #expect(notification.state == .queued)
    #expect(notification.tries == 1)
    #expect(notification.nextTryAt == 9000)
    #expect(notification.last == Attempt(at: 7000, delivery: Sample.unknown))
    #expect(notification.endedAt == nil)
    let long = Delivery(
      .unknown, reason: String(repeating: "é", count: 600), httpStatus: 500, resultStatus: "U",
      resultCode: "UNKNOWN_EXCEPTION", resultMessage: String(repeating: "x", count: 600),
      claimedCode: "BUSY")
    try ledger.recordTry(notification: "n1", long, nextTryAt: nil, at: 8000)
    notification = try #require(try ledger.notification("n1"))
    var cut = long
    cut.reason = String(repeating: "é", count: 500)
    cut.resultMessage = String(repeating: "x", count: 500)
    #expect(notification.last == Attempt(at: 8000, delivery: cut))
    #expect(notification.tries == 2)
    #expect(notification.nextTryAt == nil)
  }

  @Test("a notification ends once, with what D-Store said", arguments: [true, false])
  func ended(isAccepted: Bool) throws {
    let (folder, ledger) = try queued()
    try ledger.recordTry(notification: "n1", Sample.unknown, nextTryAt: 9000, at: 7000)
    if isAccepted {
      try ledger.accept(notification: "n1", Sample.accepted, at: 9500)
    } else {
      try ledger.refuse(notification: "n1", Sample.refused, at: 9500)
    }
    let notification = try #require(try ledger.notification("n1"))
    #expect(notification.state == (isAccepted ? .accepted : .refused))
    #expect(notification.tries == 2)
    #expect(notification.nextTryAt == nil)
    let said = isAccepted ? Sample.accepted : Sample.refused
    #expect(notification.last == Attempt(at: 9500, delivery: said))
    #expect(notification.endedAt == 9500)
    #expect(try ledger.statusChange(1)?.state == .done)
    #expect(try ledger.statusChange(1)?.endedAt == 9500)
    let problem = Problem(
      "ledger-failed", at: Place(file: folder.path + "/ledger.sqlite"),
      "the request n1 is not open",
      remedy: "This should not happen; please report it with this message.")
    #expect(throws: problem) {
      try ledger.accept(notification: "n1", Sample.accepted, at: 9600)
    }
    #expect(throws: problem) {
      try ledger.refuse(notification: "n1", Sample.refused, at: 9600)
    }
    #expect(throws: problem) {
      try ledger.recordTry(notification: "n1", Sample.unknown, nextTryAt: 1, at: 9600)
    }
    #expect(try ledger.notification("n1") == notification)
  }

  @Test("a change ends with the last of its notifications, whatever D-Store says")
  func changeEnds() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var news = try Sample.news("", of: 1, "READY")
    news.outcome = .queued([try Sample.draft("n1", "ACCEPTED"), try Sample.draft("n2", "READY")])
    try ledger.note(news)
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    #expect(try ledger.statusChange(1)?.state == .queued)
    try ledger.accept(notification: "n2", Sample.accepted, at: 7001)
    #expect(try ledger.statusChange(1)?.state == .done)
    #expect(try ledger.statusChange(1)?.endedAt == 7001)
  }

  @Test(
    "what comes later in the journey makes a refused status moot, and nothing a refused refund",
    arguments: [
      // What was refused, what is accepted, whether that makes it moot.
      ("READY", nil, "COMPLETED", nil, true), ("READY", nil, "READY", nil, true),
      ("READY", nil, "ACCEPTED", nil, false), ("READY", nil, nil, 5, false),
      ("READY", 0, "COMPLETED", nil, true),
      (nil, 5, "COMPLETED", nil, false), (nil, 5, nil, 7, false),
      ("READY", 5, "COMPLETED", nil, false), ("READY", 5, "COMPLETED", 5, false),
    ] as [(String?, Int64?, String?, Int64?, Bool)])
  func moot(
    refused: String?, refundOfRefused: Int64?, accepted: String?, refund: Int64?, isMoot: Bool
  ) throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    for order in [1, 2] as [Int64] {
      try refuse(refused, refundOfRefused, order, ledger)
    }
    #expect(try ledger.notificationCounts(Sample.gateway).refused == 4)
    try ledger.note(
      StatusNews(
        mapping: "pos", change: try Sample.said(PosOrderId.of("o1"), accepted, refund: refund),
        order: 1,
        outcome: .queued([try Sample.draft("later", accepted, refund: refund)])))
    #expect(try ledger.notificationCounts(Sample.gateway).refused == 4)
    try ledger.accept(notification: "later", Sample.accepted, at: 9000)
    #expect(try ledger.notificationCounts(Sample.gateway).refused == (isMoot ? 2 : 4))
    let left: [Int64] = isMoot ? [2] : [1, 2]
    #expect(try ledger.changes(.refused).compactMap(\.order) == left)
    #expect(
      try ledger.notifications(Sample.gateway, in: .refused, limit: 9).map(\.order) == left)
  }

  @Test("a refused value is moot once a value of its kind is accepted")
  func values() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    func news(_ id: String, _ name: String) throws -> StatusNews {
      let field = Sample.field(name, "\"7\"")
      return StatusNews(
        mapping: "pos",
        change: OrderChange(order: PosOrderId.of("o1"), matchBy: .posOrderId, fields: [field]),
        order: 1,
        outcome: .queued([
          NotificationDraft(requestId: id, body: [], fields: [field])
        ]))
    }
    try ledger.note(
      try news("n1", "readyTime"), try news("n2", "deliveryStatus"), try news("n3", "readyTime"))
    try ledger.refuse(notification: "n1", Sample.refused, at: 7000)
    try ledger.refuse(notification: "n2", Sample.refused, at: 7000)
    try ledger.accept(notification: "n3", Sample.accepted, at: 7001)
    let left = try ledger.notifications(Sample.gateway, in: .refused, limit: 9)
    #expect(left.map(\.requestId) == ["n2"])
  }

  @Test("what the channel overtook ends unsent, with its change")
  func superseded() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"))
    try ledger.supersede(notification: "n1", at: 7000)
    #expect(try ledger.notification("n1")?.state == .superseded)
    #expect(try ledger.notification("n1")?.tries == 0)
    #expect(try ledger.statusChange(1)?.state == .done)
    #expect(try ledger.due() == [])
    #expect(try ledger.notificationCounts(Sample.gateway).refused == 0)
  }

  /// Has a change refused before it was sent, and the same one by D-Store.
  private func refuse(
    _ status: String?, _ refund: Int64?, _ order: Int64, _ ledger: Ledger
  ) throws {
    var unfit = try Sample.news("", of: order, status, refund: refund)
    unfit.outcome = .refused(Sample.odd)
    let sent = refund.flatMap { $0 > 0 ? $0 : nil }
    try ledger.note(unfit, try Sample.news("n\(order)", of: order, status, refund: sent))
    try ledger.refuse(notification: "n\(order)", Sample.refused, at: 7000)
  }

  @Test("what was queued before a change was refused does not make it moot")
  func queuedBefore() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var unfit = try Sample.news("", of: 1, "PREPARING")
    unfit.outcome = .refused(Sample.odd)
    try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"), unfit)
    try ledger.accept(notification: "n1", Sample.accepted, at: 7000)
    #expect(try ledger.changes(.refused).map(\.id) == [2])
    unfit.earlier = 2
    try ledger.note(try Sample.news("n2", of: 1, "READY"), unfit)
    try ledger.accept(notification: "n2", Sample.accepted, at: 7001)
    #expect(try ledger.changes(.refused).map(\.id) == [2])
    try ledger.note(try Sample.news("n3", of: 1, "COMPLETED"))
    try ledger.accept(notification: "n3", Sample.accepted, at: 7002)
    #expect(try ledger.changes(.refused).isEmpty)
    #expect(try ledger.statusChange(2)?.state == .refused)
  }

  private func queued() throws -> (TemporaryFolder, Ledger) {
    let (folder, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"))
    return (folder, ledger)
  }
}
