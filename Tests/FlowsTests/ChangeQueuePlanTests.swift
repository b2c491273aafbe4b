import Contract
import Flows
import LedgerStore
import Records
import RowMapping
import Testing

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
        + "waits: let it go without the status with dstore-connector approve ORDER, or correct the "
        + "order in the POS.")
    #expect(OrderLine.words(plan.decideAgain(change, isApproved: true)) == "refund 20.00")
  }

  @Test("a line that was refused is told again only where it fares better, or worse, now")
  func refusedBefore() throws {
    let change = OrderLine.change("READY @5")
    var order = OrderLine.order()
    order.seen = [change.content: 1]
    order.refused = [
      change.content: OrderStanding.RefusedLine(
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
