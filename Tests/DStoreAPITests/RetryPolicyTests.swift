import Records
import Testing

@testable import DStoreAPI

struct RetryPolicyTests {
  private let policy = RetryPolicy()
  private let lost = Delivery(.unknown, reason: "lost")

  @Test(
    "accepted and refused settle a request",
    arguments: [Delivery.Outcome.accepted, .refused])
  func settled(_ outcome: Delivery.Outcome) {
    let delivery = Delivery(outcome, reason: "", isRateLimited: true)
    #expect(policy.decision(after: delivery, triesInRun: 1, triesInAll: 1) == .settled)
  }

  @Test("within a run the pauses grow, then a later run tries again")
  func pauses() {
    let decisions = (1...4).map {
      policy.decision(after: lost, triesInRun: $0, triesInAll: $0)
    }
    #expect(
      decisions == [
        .again(after: .seconds(1)), .again(after: .seconds(2)), .again(after: .seconds(4)),
        .later(after: .seconds(60), needsPerson: false),
      ])
  }

  @Test(
    "the rest between runs doubles up to a quarter of an hour",
    arguments: [(1, 60), (4, 60), (5, 120), (8, 120), (9, 240), (16, 480), (17, 900), (999, 900)])
  func rests(_ tries: Int, _ seconds: Int) {
    #expect(policy.rest(afterTries: tries) == .seconds(seconds))
  }

  @Test("after many tries a person must look")
  func warning() {
    let before = policy.decision(after: lost, triesInRun: 4, triesInAll: 11)
    let then = policy.decision(after: lost, triesInRun: 4, triesInAll: 12)
    #expect(before == .later(after: .seconds(240), needsPerson: false))
    #expect(then == .later(after: .seconds(240), needsPerson: true))
  }

  @Test("a rate limit waits as long as it asks, in this run only where that is short")
  func rateLimit() {
    func decision(_ wait: Int?) -> RetryPolicy.Decision {
      let limited = Delivery(.unknown, reason: "", isRateLimited: true, retryAfter: wait)
      return policy.decision(after: limited, triesInRun: 1, triesInAll: 1)
    }
    #expect(decision(3) == .again(after: .seconds(3)))
    #expect(decision(0) == .again(after: .seconds(1)))
    #expect(decision(11) == .later(after: .seconds(60), needsPerson: false))
    #expect(decision(300) == .later(after: .seconds(300), needsPerson: false))
    #expect(decision(nil) == .later(after: .seconds(60), needsPerson: false))
  }

  @Test("a policy without pauses tries once a run")
  func once() {
    var policy = RetryPolicy()
    policy.pauses = []
    #expect(
      policy.decision(after: lost, triesInRun: 1, triesInAll: 2)
        == .later(after: .seconds(120), needsPerson: false))
  }
}
