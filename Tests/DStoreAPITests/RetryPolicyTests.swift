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
    #expect(policy.decision(after: delivery, triesInRun: 1, triesInAll: 1, chance: 0) == .settled)
  }

  @Test("within a run the pauses grow, then a later run tries again")
  func pauses() {
    let decisions = (1...4).map {
      policy.decision(after: lost, triesInRun: $0, triesInAll: $0, chance: 0)
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
    let before = policy.decision(after: lost, triesInRun: 4, triesInAll: 11, chance: 0)
    let then = policy.decision(after: lost, triesInRun: 4, triesInAll: 12, chance: 0)
    #expect(before == .later(after: .seconds(240), needsPerson: false))
    #expect(then == .later(after: .seconds(240), needsPerson: true))
  }

  @Test("a rate limit waits as long as it asks, in this run only where that is short")
  func rateLimit() {
    func decision(_ wait: Int?) -> RetryPolicy.Decision {
      let limited = Delivery(.unknown, reason: "", isRateLimited: true, retryAfter: wait)
      return policy.decision(after: limited, triesInRun: 1, triesInAll: 1, chance: 0)
    }
    #expect(decision(3) == .again(after: .seconds(3)))
    #expect(decision(0) == .again(after: .seconds(1)))
    #expect(decision(11) == .later(after: .seconds(60), needsPerson: false))
    #expect(decision(300) == .later(after: .seconds(300), needsPerson: false))
    #expect(decision(nil) == .later(after: .seconds(60), needsPerson: false))
  }

  @Test(
    "a pause is longer by chance, up to half of itself, and never shorter than D-Store asks",
    arguments: [
      (0.0, 2_000, 60_000, 8_000), (0.5, 2_500, 75_000, 10_000), (1, 3_000, 90_000, 12_000),
    ])
  func chance(_ chance: Double, _ pause: Int, _ rest: Int, _ asked: Int) {
    let limited = Delivery(.unknown, reason: "", isRateLimited: true, retryAfter: 8)
    #expect(
      policy.decision(after: lost, triesInRun: 2, triesInAll: 2, chance: chance)
        == .again(after: .milliseconds(pause)))
    #expect(
      policy.decision(after: lost, triesInRun: 4, triesInAll: 4, chance: chance)
        == .later(after: .milliseconds(rest), needsPerson: false))
    #expect(
      policy.decision(after: limited, triesInRun: 1, triesInAll: 1, chance: chance)
        == .again(after: .milliseconds(asked)))
  }

  @Test("what was never sent is tried like what got no answer")
  func unsent() {
    let unsent = Delivery(.unsent, reason: "nobody listens")
    #expect(
      policy.decision(after: unsent, triesInRun: 1, triesInAll: 1, chance: 0)
        == .again(after: .seconds(1)))
  }

  @Test("a policy without pauses tries once a run")
  func once() {
    var policy = RetryPolicy()
    policy.pauses = []
    #expect(
      policy.decision(after: lost, triesInRun: 1, triesInAll: 2, chance: 0)
        == .later(after: .seconds(120), needsPerson: false))
  }
}
