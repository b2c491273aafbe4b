import Records
import Testing

@testable import LedgerStore

@Suite struct LedgerAttemptsTests {
  @Test("a try is counted, kept whole, and says when the next one is due")
  func recorded() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.recordTry("r1", Sample.unknown, nextTryAt: 9000, at: 3000)
    var request = try #require(try ledger.request("r1"))
    #expect(request.state == .open)
    #expect(request.tries == 1)
    #expect(request.nextTryAt == 9000)
    #expect(request.last == Attempt(at: 3000, delivery: Sample.unknown))
    let claimed = Delivery(
      .unknown, reason: "the answer is not signed", httpStatus: 403, claimedCode: "DENIED")
    try ledger.recordTry("r1", claimed, nextTryAt: nil, at: 9000)
    request = try #require(try ledger.request("r1"))
    #expect(request.tries == 2)
    #expect(request.nextTryAt == nil)
    #expect(
      try ledger.attempts("r1") == [
        Attempt(at: 9000, delivery: claimed), Attempt(at: 3000, delivery: Sample.unknown),
      ])
  }

  @Test("the last twenty tries are kept, all of them are counted")
  func capped() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.open([Sample.request("r2", store: "store-2")], files: [])
    try ledger.recordTry("r2", Sample.unknown, nextTryAt: nil, at: 1)
    for time in 1...30 {
      try ledger.recordTry("r1", Sample.unknown, nextTryAt: nil, at: Int64(time))
    }
    #expect(try ledger.attempts("r1").map(\.at) == (11...30).reversed())
    #expect(try ledger.request("r1")?.tries == 30)
    #expect(try ledger.attempts("r2").count == 1)
  }

  @Test("long words from outside are cut")
  func cut() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    let long = String(repeating: "é", count: 10_000)
    try ledger.recordTry(
      "r1", Delivery(.unknown, reason: long, resultMessage: long), nextTryAt: nil, at: 1)
    let delivery = try ledger.attempts("r1").first?.delivery
    #expect(delivery?.reason.count == 500)
    #expect(delivery?.resultMessage?.count == 500)
  }

  @Test("a request that has ended, or never was, cannot be tried")
  func notOpen() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.open([Sample.request("r1")], files: [])
    try ledger.accept("r1", Sample.accepted, at: 2)
    for id in ["r1", "unheard-of"] {
      let problem = #expect(throws: Problem.self) {
        try ledger.recordTry(id, Sample.unknown, nextTryAt: nil, at: 3)
      }
      #expect(problem?.message == "the request \(id) is not open")
    }
    #expect(try ledger.attempts("unheard-of").isEmpty)
  }
}
