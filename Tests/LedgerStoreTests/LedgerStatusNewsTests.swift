import Digests
import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct LedgerStatusNewsTests {
  @Test("a change is kept whole, with its file, its place and why it is refused")
  func whole() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    let file = try ledger.claim(Sample.claim("day.csv", scope: Sample.gateway), at: 1)
    let change = try Sample.said(PosOrderId.of("o1"), "READY", refund: 5, changedAt: 77, line: 9)
    try ledger.note(
      StatusNews(
        file: file, mapping: "pos", change: change, order: 1, version: 1, seenCount: 1,
        outcome: .refused(Sample.odd)), at: 6000)
    let problem = Problem(
      "journey",
      at: Place(file: "Inbox/status/day.csv", line: 9, record: 8, field: "orderStatus"),
      value: "READY", "it cannot follow", remedy: "Correct it.")
    let expected = HeldStatusChange(
      id: 1, file: file, mapping: "pos", change: change, copies: 1, order: 1,
      requestOrderId: "o1", state: .refused, problem: problem, firstSeenAt: 6000,
      waitsUntil: nil, endedAt: 6000)
    #expect(try ledger.statusChange(1) == expected)
    #expect(try ledger.changes(.refused) == [expected])
    #expect(try ledger.changes(.refused, Sample.otherGateway).isEmpty)
    #expect(try ledger.statusChange(2) == nil)
  }

  @Test("what a file says and what becomes of the file are recorded together, or neither is")
  func withItsFile() throws {
    let (_, ledger) = try Ledger.fresh()
    let id = try ledger.claim(Sample.claim("status/day.csv"), at: 1)
    let change = try Sample.said("unknown-order", "READY")
    let news = StatusNews(
      file: id, mapping: "pos", change: change, seenCount: 1, outcome: .waiting(until: 9000))
    #expect(throws: Problem.self) {
      try ledger.record(
        [news], Sample.gateway, ending: FileDecision(file: id + 1, .sent), at: 6000)
    }
    #expect(try ledger.changes(.waiting).isEmpty)
    let decision = FileDecision(file: id, .sent, target: "archive/2026-01-31/day.csv")
    #expect(try ledger.record([news], Sample.gateway, ending: decision, at: 6000))
    #expect(try ledger.changes(.waiting).map(\.file) == [id])
    #expect(try ledger.file(id)?.state == .decided)
    #expect(try ledger.record([], Sample.gateway, ending: decision, at: 6000))
  }

  @Test("a line of which there is nothing to send only counts as seen")
  func done() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var news = try Sample.news("", of: 1, "READY")
    news.outcome = .done
    for count in [2, 1, 3] {
      news.seenCount = count
      try ledger.note(news)
    }
    #expect(try ledger.standing(of: 1)?.seen == [news.change.content: 3])
    #expect(try ledger.standing(of: 1)?.order.status == "ORDER_SUCCESS")
    #expect(try ledger.statusChange(1) == nil)
    news.seenCount = nil
    #expect(try ledger.note(news, StatusNews(mapping: "pos", change: news.change, outcome: .done)))
    #expect(try ledger.standing(of: 1)?.seen == [news.change.content: 3])
  }

  @Test("news about an order that has moved since are not recorded, nor what comes with them")
  func moved() throws {
    let (folder, ledger) = try Ledger.fresh()
    let gateway = try Ledger.open(folder: folder.path)
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    let version = try #require(try ledger.standing(of: 2)).version
    try gateway.take(Sample.change("c1", of: "o2", status: "CANCELLED"))
    var late = try Sample.news("n2", of: 2, "ACCEPTED")
    late.version = version
    #expect(try !ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"), late))
    #expect(try ledger.due().isEmpty)
    #expect(try ledger.standing(of: 1)?.seen == [:])
    #expect(try ledger.order(Sample.gateway, .requestOrderId, "o2")?.status == "CANCELLED")
    late.version = try #require(try ledger.standing(of: 2)).version
    #expect(try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"), late))
    #expect(try ledger.due() == ["n1", "n2"])
  }

  @Test("several news about one order hold against the version before all of them")
  func together() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var first = try Sample.news("n1", of: 1, "ACCEPTED")
    var second = try Sample.news("n2", of: 1, "READY")
    first.version = 1
    second.version = 1
    #expect(try ledger.note(first, second))
    second.outcome = .done
    #expect(try !ledger.note(second))
  }

  @Test("all is recorded, or nothing")
  func allOrNothing() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    let twice = try Sample.news("n1", of: 1, "ACCEPTED")
    #expect(throws: Problem.self) { try ledger.note(twice, twice) }
    #expect(try ledger.standing(of: 1)?.steps.count == 1)
    #expect(try ledger.standing(of: 1)?.seen == [:])
    #expect(try ledger.statusChange(1) == nil)
  }

  @Test("nothing can be sent of an order that is not named")
  func noOrder() throws {
    let (folder, ledger) = try Ledger.fresh()
    let outcomes: [StatusNews.Outcome] = [
      .queued([]), .held(Sample.odd, meanwhile: [try Sample.draft("n1", refund: 100)]),
    ]
    for outcome in outcomes {
      #expect(
        throws: Problem(
          "ledger-failed", at: Place(file: folder.path + "/ledger.sqlite"),
          "a change of the order \"o<U+0007>\" is to be sent, and the order is unknown",
          remedy: "This should not happen; please report it with this message.")
      ) {
        try ledger.note(
          StatusNews(mapping: "pos", change: try Sample.said("o\u{7}"), outcome: outcome))
      }
    }
  }

  @Test("no news write nothing")
  func none() throws {
    let (folder, ledger) = try Ledger.fresh()
    let before = folder.bytes("ledger.sqlite-wal")
    #expect(try ledger.record([], Sample.gateway, at: 1))
    #expect(folder.bytes("ledger.sqlite-wal") == before)
  }

  @Test("of a held refund the rest goes at once, and the refund when it is let go, once")
  func held() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var news = try Sample.news("", of: 1, "ACCEPTED", refund: 100)
    news.outcome = .held(Sample.odd, meanwhile: [try Sample.draft("n1", "ACCEPTED")])
    try ledger.note(news)
    #expect(try ledger.due() == ["n1"])
    try ledger.accept(notification: "n1", Sample.accepted, at: 7000)
    #expect(try ledger.changes(.held).map(\.endedAt) == [nil])
    #expect(try ledger.changes(.held).map(\.problem?.code) == ["journey"])
    news.earlier = 1
    news.seenCount = nil
    news.outcome = .queued([try Sample.draft("n2", refund: 100)])
    #expect(try ledger.note(news))
    #expect(try ledger.changes(.held).isEmpty)
    #expect(try ledger.statusChange(1)?.problem == nil)
    news.outcome = .queued([try Sample.draft("n3", refund: 100)])
    #expect(try !ledger.note(news))
    #expect(try ledger.due() == ["n2"])
    try ledger.accept(notification: "n2", Sample.accepted, at: 8000)
    #expect(try ledger.statusChange(1)?.state == .done)
    #expect(try ledger.statusChange(1)?.endedAt == 8000)
    #expect(try !ledger.note(news))
    news.outcome = .done
    #expect(try ledger.note(news, at: 9000))
    #expect(try ledger.statusChange(1)?.endedAt == 8000)
    #expect(try ledger.standing(of: 1)?.refunded == 100)
  }

  @Test(
    "an earlier change is decided anew in its own row, and needs a person again where it must",
    arguments: [
      (.done, .done, nil), (.queued([]), .done, nil), (.refused(Sample.odd), .refused, "journey"),
      (.held(Sample.odd, meanwhile: []), .held, "journey"), (.waiting(until: 9), .waiting, nil),
    ] as [(StatusNews.Outcome, HeldStatusChange.State, String?)])
  func anew(outcome: StatusNews.Outcome, state: HeldStatusChange.State, code: String?) throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"))
    var news = try Sample.news("", of: 1, "READY")
    news.outcome = .refused(Problem("other", "other"))
    try ledger.note(news, at: 6000)
    try ledger.dismiss(changes: [1], at: 6500)
    news.earlier = 1
    news.outcome = outcome
    #expect(try ledger.note(news, at: 7000))
    let change = try #require(try ledger.statusChange(1))
    #expect(change.state == state)
    #expect(change.problem?.code == (state == .done ? change.problem?.code : code))
    #expect(change.firstSeenAt == 6000)
    #expect(change.waitsUntil == (state == .waiting ? 9 : nil))
    #expect(change.endedAt == (state == .done || state == .refused ? 7000 : nil))
    #expect(try ledger.statusChange(2) == nil)
    if state == .refused || state == .held { #expect(try ledger.changes(state) == [change]) }
  }
}
