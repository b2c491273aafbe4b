import Contract
import Flows
import Records
import RowMapping
import Testing

/// Lines of one file about one order, and what is decided about each.
struct OrderStory: Sendable, CustomTestStringConvertible {
  let testDescription: String
  var statuses = "ORDER_SUCCESS"
  var fills = false
  var refunds = StatusMapping.Refunds.delta
  /// Each list is a file of its own.
  let files: [[(line: String, becomes: String)]]

  init(
    _ description: String, statuses: String = "ORDER_SUCCESS", fills: Bool = false,
    refunds: StatusMapping.Refunds = .delta, _ files: [(line: String, becomes: String)]...
  ) {
    testDescription = description
    self.statuses = statuses
    self.fills = fills
    self.refunds = refunds
    self.files = files
  }

  static let journeys = [
    OrderStory(
      "a POS that writes every step",
      [
        ("ACCEPTED @1 ticket A1", #"ACCEPTED shortOrderNumber "A1""#),
        ("PREPARING @2", "PREPARING"),
        ("READY @9", "READY"), ("COMPLETED @12", "COMPLETED"),
      ]),
    OrderStory(
      "a POS that says done only", fills: true,
      [("COMPLETED @12 ticket A1", #"ACCEPTED+, COMPLETED shortOrderNumber "A1""#)]),
    OrderStory("without fillJourney it is refused", [("COMPLETED @12", "refused journey")]),
    OrderStory(
      "what is refused changes nothing",
      [("READY @2", "refused journey"), ("ACCEPTED @3", "ACCEPTED"), ("READY @4", "READY")]),
    OrderStory(
      "a repeat is done", statuses: "ORDER_SUCCESS ACCEPTED",
      [("ACCEPTED @3", "so already"), ("ACCEPTED @4", "so already")]),
    OrderStory(
      "what a repeat says besides goes on without the status", statuses: "ORDER_SUCCESS ACCEPTED",
      [
        ("ACCEPTED @3 ticket A1", #"shortOrderNumber "A1""#),
        ("ACCEPTED @4 ticket A1", "so already"),
        ("ACCEPTED @5 ticket A2", #"shortOrderNumber "A2""#),
      ]),
    OrderStory(
      "a step back is refused", fills: true,
      [
        ("READY", "ACCEPTED+, READY"), ("PREPARING", "refused journey"),
        ("ACCEPTED", "refused journey"),
      ]),
    OrderStory(
      "older news of a status that was set is done", fills: true,
      [("READY @9", "ACCEPTED+, READY")],
      [
        ("ACCEPTED @1 ticket A1", #"shortOrderNumber "A1""#), ("PREPARING @5", "refused journey"),
        ("ACCEPTED @10", "refused journey"),
      ]),
    OrderStory(
      "after the end nothing follows", statuses: "ORDER_SUCCESS CANCELLED",
      [("ACCEPTED @3", "refused journey"), ("CANCELLED @3", "so already")]),
    OrderStory(
      "only the channel cancels what is completed", statuses: "ORDER_SUCCESS ACCEPTED COMPLETED",
      [("CANCELLED @30", "refused journey")]),
    OrderStory("rejected is right after the start only", [("REJECTED @1", "REJECTED")]),
    OrderStory(
      "rejected comes too late", statuses: "ORDER_SUCCESS ACCEPTED",
      [("REJECTED @1", "refused journey")]),
    OrderStory(
      "a number alone needs no status, and goes once",
      [("ticket A1", #"shortOrderNumber "A1""#), ("ticket A1 @3", "so already")]),
  ]

  static let lists = [
    OrderStory(
      "the whole day's list again",
      [("ACCEPTED @1", "ACCEPTED"), ("READY @9", "READY")],
      [("ACCEPTED @1", "seen"), ("READY @9", "seen"), ("COMPLETED @12", "COMPLETED")],
      [("ACCEPTED @1", "seen"), ("READY @9", "seen"), ("COMPLETED @12", "seen")]),
    OrderStory(
      "a refused line is not told again",
      [("READY @9", "refused journey")], [("READY @9", "seen")]),
    OrderStory(
      "an equal line beyond those seen before is new, and its refund is held",
      statuses: "ORDER_SUCCESS ACCEPTED COMPLETED",
      [("refund 2.50 @20", "refund 2.50")],
      [("refund 2.50 @20", "seen"), ("refund 2.50 @20", "held refund-again")],
      [("refund 2.50 @20", "seen"), ("refund 2.50 @20", "seen")],
      [
        ("refund 2.50 @20", "seen"), ("refund 2.50 @20", "seen"),
        ("refund 2.50 @20", "held refund-again"),
      ]),
    OrderStory(
      "equal refunds within the first file", statuses: "ORDER_SUCCESS ACCEPTED COMPLETED",
      [("refund 2.50 @20", "refund 2.50"), ("refund 2.50 @20", "held refund-again")]),
    OrderStory(
      "a refund that stays in the line while its status goes on",
      statuses: "ORDER_SUCCESS ACCEPTED",
      [("READY refund 2.50", "READY refund 2.50")],
      [("COMPLETED refund 2.50", "held refund-again, meanwhile COMPLETED")]),
    OrderStory(
      "the same refund at another time may be the same money",
      statuses: "ORDER_SUCCESS ACCEPTED COMPLETED",
      [
        ("refund 2.50 @20", "refund 2.50"), ("refund 2.50 @25", "held refund-again"),
        ("refund 2.00 @26", "refund 2.00"),
      ]),
  ]

  static let refunds = [
    OrderStory(
      "a refund rides on the last step", fills: true,
      [("COMPLETED @12 refund 2.50", "ACCEPTED+, COMPLETED refund 2.50")]),
    OrderStory(
      "up to the total, and not a cent more", statuses: "ORDER_SUCCESS ACCEPTED COMPLETED",
      [
        ("refund 12.00 @20", "refund 12.00"), ("refund 8.01 @21", "refused refund-total"),
        ("refund 8.00 @22", "refund 8.00"), ("refund 0.01 @23", "refused refund-total"),
      ]),
    OrderStory(
      "a refund above the total holds its line back", statuses: "ORDER_SUCCESS ACCEPTED",
      [("COMPLETED @12 refund 20.01", "refused refund-total"), ("COMPLETED @13", "COMPLETED")]),
    OrderStory(
      "a status that cannot follow does not decide about the refund beside it",
      statuses: "ORDER_SUCCESS ACCEPTED COMPLETED",
      [("CANCELLED @12 refund 20.00", "held journey"), ("CANCELLED @13", "refused journey")]),
    OrderStory(
      "nothing refunded is no refund", statuses: "ORDER_SUCCESS ACCEPTED",
      [("COMPLETED @12 refund 0.00", "COMPLETED"), ("refund 0.00 @13", "so already")]),
    OrderStory(
      "after a cancellation too", statuses: "ORDER_SUCCESS CANCELLED",
      [("CANCELLED @12 refund 20.00", "refund 20.00")]),
    OrderStory(
      "all that was refunded so far", statuses: "ORDER_SUCCESS ACCEPTED", refunds: .cumulative,
      [
        ("COMPLETED @12 refund 2.50", "COMPLETED refund 2.50"),
        ("COMPLETED @13 refund 2.50", "so already"), ("COMPLETED @14 refund 4.00", "refund 1.50"),
        ("COMPLETED @15 refund 3.00", "refused refund-less"),
        ("COMPLETED @16 refund 20.01", "refused refund-total"),
        ("COMPLETED @17 refund 20.00", "refund 16.00"),
      ]),
  ]
}

struct ChangeQueuePlanTests {
  @Test(
    "each line is decided by what is known of its order",
    arguments: OrderStory.journeys + OrderStory.lists + OrderStory.refunds)
  func stories(_ story: OrderStory) throws {
    let rules = try OrderLine.rules(fills: story.fills, refunds: story.refunds)
    var order = OrderLine.order(story.statuses)
    for file in story.files {
      var plan = ChangeQueuePlan(order: order, rules: rules, now: OrderLine.minutes(60))
      for (index, line) in file.enumerated() {
        let decision = plan.decide(OrderLine.change(line.line, line: index + 2))
        #expect(OrderLine.words(decision) == line.becomes, "\(line.line)")
      }
      order = plan.order
    }
  }

  @Test("what was decided is known of the order")
  func remembers() throws {
    let change = OrderLine.change("COMPLETED @12 refund 2.50 ticket A1")
    var plan = ChangeQueuePlan(
      order: OrderLine.order(), rules: try OrderLine.rules(fills: true),
      now: OrderLine.minutes(60))
    _ = plan.decide(change)
    var wanted = OrderLine.order()
    wanted.statuses += [
      KnownOrder.Past("ACCEPTED", changedAt: OrderLine.minutes(12)),
      KnownOrder.Past("COMPLETED", changedAt: OrderLine.minutes(12)),
    ]
    wanted.values = [
      "orderStatus": "\"COMPLETED\"", "refundAmount": "{\"value\":250,\"currency\":\"SGD\"}",
      "shortOrderNumber": "\"A1\"",
    ]
    wanted.refunded = 250
    wanted.seen = [change.content: 1]
    wanted.refundsSaid = [Amount(value: 250, currency: OrderLine.sgd)]
    #expect(plan.order == wanted)
  }

  @Test("what a person lets go is sent, as far as it can be")
  func approves() throws {
    let rules = try OrderLine.rules()
    var order = OrderLine.order("ORDER_SUCCESS ACCEPTED COMPLETED")
    let refund = OrderLine.change("COMPLETED refund 9.00 @20")
    var plan = ChangeQueuePlan(order: order, rules: rules, now: OrderLine.minutes(60))
    #expect(OrderLine.words(plan.decide(refund)) == "refund 9.00")
    #expect(OrderLine.words(plan.decide(refund)) == "held refund-again")
    order = plan.order
    #expect(order.refunded == 900)
    plan = ChangeQueuePlan(order: order, rules: rules, now: OrderLine.minutes(90))
    #expect(OrderLine.words(plan.decideAgain(refund, isApproved: true)) == "refund 9.00")
    #expect(plan.order.refunded == 1800)
    #expect(OrderLine.words(plan.decideAgain(refund, isApproved: true)) == "refused refund-total")
  }

  @Test("a refund goes without the status that cannot follow, once a person lets it")
  func approvesBesideStatus() throws {
    let change = OrderLine.change("CANCELLED refund 20.00")
    var plan = ChangeQueuePlan(
      order: OrderLine.order("ORDER_SUCCESS ACCEPTED COMPLETED"), rules: try OrderLine.rules(),
      now: OrderLine.minutes(60))
    guard case .hold(let problem, []) = plan.decide(change) else {
      Issue.record("it is not held")
      return
    }
    #expect(
      problem.description
        == "Inbox/status/day.csv, line 1, record 1: the order is COMPLETED, after which only the "
        + "channel may set CANCELLED (found: \"CANCELLED\"). The refund of 20.00 SGD beside it "
        + "waits: let it go without the status with dstore-connector approve, or correct the order "
        + "in the POS.")
    #expect(OrderLine.words(plan.decideAgain(change, isApproved: true)) == "refund 20.00")
  }

  @Test("a line that was refused is told again only where it fares better, or worse, now")
  func refusedBefore() throws {
    let change = OrderLine.change("READY @5")
    var order = OrderLine.order()
    order.seen = [change.content: 1]
    order.refused = [
      change.content: KnownOrder.Refused(
        change: 7, message: "the order is ORDER_SUCCESS, and READY may follow only after ACCEPTED")
    ]
    for (statuses, becomes) in [
      ("ORDER_SUCCESS", "seen"), ("ORDER_SUCCESS ACCEPTED", "READY"),
      ("ORDER_SUCCESS CANCELLED", "refused journey"),
    ] {
      order.statuses = OrderLine.order(statuses).statuses
      var plan = ChangeQueuePlan(
        order: order, rules: try OrderLine.rules(), now: OrderLine.minutes(60))
      #expect(OrderLine.words(plan.decide(change)) == becomes)
    }
  }

  @Test("a refund of an order whose total nobody knows waits for a person")
  func unknownTotal() throws {
    let order = OrderLine.order("ORDER_SUCCESS ACCEPTED", total: nil)
    let change = OrderLine.change("COMPLETED @12 refund 2.50")
    var plan = ChangeQueuePlan(
      order: order, rules: try OrderLine.rules(), now: OrderLine.minutes(60))
    #expect(OrderLine.words(plan.decide(change)) == "held refund-unchecked, meanwhile COMPLETED")
    #expect(OrderLine.words(plan.decideAgain(change, isApproved: true)) == "refund 2.50")
  }

  @Test("a step that the POS may not send is not filled in")
  func notSendable() throws {
    let contract = try Contract.load(overrides: [
      (
        "Mappings/contract.yaml",
        Array(
          """
          kind: contract
          journey:
            ORDER_SUCCESS: {next: [CHECKED]}
            CHECKED: {next: [ACCEPTED], basis: confirmed}
          """.utf8)
      )
    ])
    let rules = ChangeRules(
      contract: contract, fillsJourney: true, refunds: .delta, waitForOrder: .seconds(60),
      mapping: "m.yaml", zone: .utc)
    var plan = ChangeQueuePlan(
      order: OrderLine.order(), rules: rules, now: OrderLine.minutes(60))
    guard case .refuse(let problem) = plan.decide(OrderLine.change("READY")) else {
      Issue.record("it is not refused")
      return
    }
    #expect(
      problem.description
        == "Inbox/status/day.csv, line 1, record 1: CHECKED comes before READY, and the POS cannot "
        + "set it (found: \"READY\"). Look at the order in the POS and at the channel: D-Store has "
        + "to set CHECKED first.")
  }
}

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
        + "amount was seen before (found: \"2.00 SGD\"). If the guest is to get it once more, let it go with "
        + "dstore-connector approve; where the POS writes all that was refunded so far, write "
        + "refunds: cumulative in Mappings/status.yaml.")
  }

  private func problem(_ decision: ChangeDecision) -> String? {
    switch decision {
    case .refuse(let problem), .hold(let problem, _): problem.description
    case .done, .queue: nil
    }
  }
}
