import Contract
import Flows
import Records
import RowMapping
import Testing

/// What a person reads.
struct ChangeProblemTests {
  @Test(
    "a refusal says why and what to do",
    arguments: [
      (
        "ORDER_SUCCESS", "READY @3", StatusMapping.Refunds.delta,
        "the order is ORDER_SUCCESS, and READY may follow only after ACCEPTED (found: \"READY\"). Have "
          + "the POS write every step, or write fillJourney: true in Mappings/status.yaml."
      ),
      (
        "ORDER_SUCCESS CANCELLED", "READY @3", .delta,
        "the order is CANCELLED, after which nothing follows (found: \"READY\"). D-Store takes no such "
          + "step: correct the order in the POS, or settle it with the channel."
      ),
      (
        "ORDER_SUCCESS ACCEPTED READY", "PREPARING @3", .delta,
        "the order is READY, and PREPARING would be a step back (found: \"PREPARING\"). D-Store takes "
          + "no such step: correct the order in the POS, or settle it with the channel."
      ),
      (
        "ORDER_SUCCESS ACCEPTED", "refund 25.00", .delta,
        "with the 0.00 SGD refunded before it is more than the 20.00 SGD that were paid (found: "
          + "\"25.00 SGD\"). Correct the refund in the POS; where the POS writes all that was refunded "
          + "so far, write refunds: cumulative in Mappings/status.yaml."
      ),
      (
        "ORDER_SUCCESS ACCEPTED", "refund 25.00", .cumulative,
        "with the 0.00 SGD refunded before it is more than the 20.00 SGD that were paid (found: "
          + "\"25.00 SGD\"). Correct the refund in the POS."
      ),
      (
        "ORDER_SUCCESS ACCEPTED", "READY @-100000", .delta,
        "the change is dated before its order, which came on 2026-03-14 (found: \"2026-01-04\"). Set "
          + "the POS's clock, or correct dates: in Mappings/status.yaml, and have the POS write the "
          + "line again."
      ),
      (
        "ORDER_SUCCESS ACCEPTED", "READY @-14000000", .delta,
        "the change is dated before its order, which came on 2026-03-14 (found: \"1999-08-01\"). Set "
          + "the POS's clock, or correct dates: in Mappings/status.yaml, and have the POS write the "
          + "line again."
      ),
      (
        "ORDER_SUCCESS ACCEPTED", "READY @1600", .delta,
        "the change is dated in the future; today is 2026-03-14 (found: \"2026-03-15\"). Set the POS's "
          + "clock, or correct dates: in Mappings/status.yaml, and have the POS write the line again."
      ),
    ])
  func refusals(
    statuses: String, line: String, refunds: StatusMapping.Refunds, message: String
  ) throws {
    var plan = ChangeQueuePlan(
      order: OrderLine.order(statuses), rules: try OrderLine.rules(refunds: refunds),
      now: OrderLine.minutes(60))
    guard case .refuse(let problem) = plan.decide(OrderLine.change(line, line: 5)) else {
      Issue.record("it is not refused")
      return
    }
    #expect(problem.description == "Inbox/status/day.csv, line 5, record 5: " + message)
  }

  @Test("a clock that is a day off is none of our business", arguments: ["@-1439", "@1499"])
  func tolerates(time: String) throws {
    var plan = ChangeQueuePlan(
      order: OrderLine.order(), rules: try OrderLine.rules(), now: OrderLine.minutes(60))
    #expect(OrderLine.words(plan.decide(OrderLine.change("ACCEPTED \(time)"))) == "ACCEPTED")
  }

  @Test("a refund in another currency than the order's is refused")
  func currency() throws {
    let euros = Amount(value: 2000, currency: Currency(code: "EUR")!)
    var plan = ChangeQueuePlan(
      order: OrderLine.order(total: euros), rules: try OrderLine.rules(),
      now: OrderLine.minutes(60))
    guard case .refuse(let problem) = plan.decide(OrderLine.change("refund 2.00")) else {
      Issue.record("it is not refused")
      return
    }
    #expect(
      problem.description
        == "Inbox/status/day.csv, line 1, record 1: the refund is in SGD, and the order was paid in "
        + "EUR (found: \"2.00 SGD\"). State the right currency: in the mapping.")
  }

  @Test("a refund that came back smaller, and one that came again, say what to do")
  func otherRefunds() throws {
    var order = OrderLine.order("ORDER_SUCCESS ACCEPTED COMPLETED")
    order.refunded = 500
    var plan = ChangeQueuePlan(
      order: order, rules: try OrderLine.rules(refunds: .cumulative), now: OrderLine.minutes(60))
    #expect(
      problem(plan.decide(OrderLine.change("refund 2.00")))
        == "Inbox/status/day.csv, line 1, record 1: this is less than the 5.00 SGD refunded before, "
        + "and a refund is not taken back (found: \"2.00 SGD\"). Correct it in the POS; where each "
        + "line is a refund of its own, write refunds: delta in Mappings/status.yaml.")
    plan = ChangeQueuePlan(
      order: order, rules: try OrderLine.rules(), now: OrderLine.minutes(60))
    _ = plan.decide(OrderLine.change("refund 2.00"))
    #expect(
      problem(plan.decide(OrderLine.change("refund 2.00", line: 9)))
        == "Inbox/status/day.csv, line 9, record 9: a refund of this order with the same "
        + "amount was seen before (found: \"2.00 SGD\"). If the guest is to get it once more, send it with "
        + "dstore-connector approve ORDER; where the POS writes all that was refunded so far, write "
        + "refunds: cumulative in Mappings/status.yaml.")
  }

  private func problem(_ decision: ChangeDecision) -> String? {
    switch decision {
    case .refuse(let problem), .hold(let problem, _): problem.description
    case .done, .queue: nil
    }
  }
}
