import Digests
import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerRefusedCallsTests {
  private func refused(
    _ ledger: Ledger, since: Int64 = 0, _ scope: Scope = Sample.gateway
  ) throws -> RefusedCalls {
    try ledger.refusedCalls(scope, since: since, limit: 3)
  }

  @Test("a call that was refused is kept as it came, newest first, and the same one is counted")
  func counted() throws {
    let (_, ledger) = try Ledger.fresh()
    let unreadable = RefusedCall(
      call: "pushOrderChange", cause: .body, reason: "the body is not JSON", refusedAt: 1500)
    #expect(
      try ledger.take(
        .refused(Sample.refused("o1")), .refused(unreadable),
        .refused(Sample.refused("o1", at: 2000)), .refused(Sample.refused("o1", store: nil)))
        == [.refused, .refused, .refused, .refused])
    let expected = RefusedCalls(
      total: 3,
      latest: [
        .init(call: Sample.refused("o1", at: 2000), count: 2), .init(call: unreadable, count: 1),
        .init(call: Sample.refused("o1", store: nil), count: 1),
      ])
    #expect(try refused(ledger) == expected)
    #expect(try refused(ledger, since: 2000).total == 1)
    #expect(try refused(ledger, Sample.otherGateway).total == 0)
  }

  @Test("an order that comes in after all is forgotten as refused")
  func repaired() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(.refused(Sample.refused("o1")), .refused(Sample.refused("o2")))
    #expect(try ledger.take(Sample.order("o1")) == [.stored(posOrderId: PosOrderId.of("o1"))])
    #expect(try refused(ledger).latest.map(\.call.requestOrderId) == ["o2"])
  }

  @Test("an order that was taken gets its answer again, although it would be refused now")
  func taken() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1", digest: "d1"))
    #expect(
      try ledger.take(
        .refused(Sample.refused("o1", digest: "d1")),
        .refused(Sample.refused("o1", digest: "d2", at: 3000)))
        == [.repeated(posOrderId: PosOrderId.of("o1")), .conflicting])
    #expect(try refused(ledger).total == 0)
    #expect(try ledger.orderSummary(Sample.gateway, since: 0).conflicts.map(\.lastAt) == [3000])
  }

  @Test("only the newest are kept, and no more than the beginning of a long text")
  func bounded() throws {
    let (_, ledger) = try Ledger.fresh()
    let long = String(repeating: "e\u{301}", count: 10_000)
    for number in 1...250 as ClosedRange<Int64> {
      try ledger.take(.refused(Sample.refused("\(number) \(long)", reason: long, at: number)))
    }
    let calls = try refused(ledger)
    #expect(calls.total == 200)
    #expect(calls.latest.map(\.call.refusedAt) == [250, 249, 248])
    #expect(calls.latest.map(\.call.reason.unicodeScalars.count) == [255, 255, 255])
    #expect(try refused(ledger, since: 51).total == 200)
  }
}
