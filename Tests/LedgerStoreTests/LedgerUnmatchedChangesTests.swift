import Digests
import GRDB
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerUnmatchedChangesTests {
  @Test("a line that waits is one change, however often it comes, and stands where it came last")
  func again() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.note(try waiting(until: 100, line: 2), at: 10)
    try ledger.note(try waiting(until: 200, line: 5), try waiting(until: 300, line: 7), at: 20)
    let change = try #require(try ledger.changes(.waiting).first)
    #expect(try ledger.changes(.waiting).count == 1)
    #expect(change.firstSeenAt == 10)
    #expect(change.waitsUntil == 100)
    #expect(change.copies == 1)
    #expect(change.change.place.line == 7)
    #expect(change.order == nil)
    #expect(change.requestOrderId == nil)
  }

  @Test("equal lines within one file count up to their count")
  func copies() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.note(try waiting(count: 1), try waiting(count: 2), try waiting(count: 3))
    #expect(try ledger.changes(.waiting).map(\.copies) == [3])
    try ledger.note(try waiting(count: 1), try waiting(count: 2))
    #expect(try ledger.changes(.waiting).map(\.copies) == [3])
  }

  @Test("lines that differ in scope, id, kind of id or content are changes of their own")
  func apart() throws {
    let (_, ledger) = try Ledger.fresh()
    let others = [
      try Sample.said("o1", "READY"), try Sample.said("o2", "READY"),
      try Sample.said("o1", "READY", matchBy: .channelOrderId),
      try Sample.said("o1", "READY", changedAt: 5), try Sample.said("o1", "ACCEPTED"),
    ]
    for other in others {
      try ledger.note(StatusNews(mapping: "pos", change: other, outcome: .waiting(until: 1)))
    }
    try ledger.note(try waiting(), scope: Sample.otherGateway)
    #expect(try ledger.changes(.waiting).map(\.change) == others)
    #expect(try ledger.changes(.waiting, Sample.otherGateway).count == 1)
  }

  @Test(
    "what was decided about a line stands when it comes again, unless it comes more often",
    arguments: [(1, .refused), (2, .waiting)] as [(Int, HeldStatusChange.State)])
  func refused(count: Int, state: HeldStatusChange.State) throws {
    let (_, ledger) = try Ledger.fresh()
    var news = try waiting(until: 100)
    try ledger.note(news, at: 10)
    news.earlier = 1
    news.outcome = .refused(Sample.odd)
    #expect(try ledger.note(news, at: 100))
    try ledger.dismiss(changes: [1], at: 150)
    try ledger.note(try waiting(until: 300, count: count), at: 200)
    let change = try #require(try ledger.statusChange(1))
    #expect(change.state == state)
    #expect(change.copies == count)
    #expect(change.firstSeenAt == 10)
    #expect(change.waitsUntil == (state == .waiting ? 300 : nil))
    #expect(try ledger.changes(.refused).isEmpty)
    #expect(try ledger.statusChange(2) == nil)
  }

  @Test("a line that waits is refused when it comes again and cannot be matched any more")
  func ambiguous() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.note(try waiting(until: 100), at: 10)
    var news = try waiting()
    news.outcome = .refused(Sample.odd)
    try ledger.note(news, at: 20)
    #expect(try ledger.changes(.waiting).isEmpty)
    #expect(try ledger.changes(.refused).map(\.endedAt) == [20])
    try ledger.note(news, at: 30)
    #expect(try ledger.changes(.refused).map(\.endedAt) == [20])
  }

  @Test("once its order has come, a waiting line is decided in its own row, its copies in others")
  func matched() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.note(try waiting(count: 2), at: 10)
    try ledger.take(Sample.order("o1"))
    var news = try Sample.news("n1", of: 1, "READY")
    news.earlier = 1
    var copy = try Sample.news("", of: 1, "READY")
    copy.seenCount = 2
    copy.outcome = .held(Sample.odd, meanwhile: [])
    #expect(try ledger.note(news, copy, at: 20))
    #expect(try ledger.statusChange(1)?.state == .queued)
    #expect(try ledger.statusChange(1)?.requestOrderId == "o1")
    #expect(try ledger.statusChange(1)?.waitsUntil == nil)
    #expect(try ledger.changes(.held).map(\.id) == [2])
    #expect(try ledger.changes(.held).map(\.copies) == [1])
    #expect(try ledger.standing(of: 1)?.seen == [news.change.content: 2])
  }

  @Test(
    "a line that is decided from a file ends what was kept of it while its order was unknown",
    arguments: [(1, "waiting"), (2, "done"), (3, "done")])
  func ended(count: Int, state: String) throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.note(try waiting(count: 2), at: 10)
    try ledger.note(try waiting(order: PosOrderId.of("o2")), at: 10)
    try ledger.take(Sample.order("o1"))
    var news = try Sample.news("n1", of: 1, "READY")
    news.seenCount = count
    try ledger.note(news, at: 20)
    #expect(try ledger.statusChange(1)?.state.rawValue == state)
    #expect(try ledger.statusChange(1)?.order == (state == "done" ? 1 : nil))
    #expect(try ledger.statusChange(2)?.state == .waiting)
    #expect(try ledger.statusChange(3)?.state == .queued)
  }

  private func waiting(
    order: String = PosOrderId.of("o1"), until: Int64 = 100, count: Int = 1, line: Int = 2
  ) throws -> StatusNews {
    StatusNews(
      mapping: "pos", change: try Sample.said(order, "READY", line: line), seenCount: count,
      outcome: .waiting(until: until))
  }
}
