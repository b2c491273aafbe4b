import Flows
import Records
import Testing

struct OrderMatchTests {
  private func unmatched(_ match: OrderMatch, after minutes: Int64) throws -> OrderMatch.Unmatched?
  {
    match.unmatched(
      OrderLine.change("READY", order: "17", line: 3), try OrderLine.rules(),
      firstSeenAt: OrderLine.received, now: OrderLine.minutes(minutes))
  }

  @Test("a change of one known order has nothing to wait for")
  func one() throws {
    #expect(try unmatched(.one(requestOrderId: "d-1"), after: 0) == nil)
  }

  @Test("a change of an order that nobody knows waits, and then needs a person")
  func none() throws {
    #expect(try unmatched(.none, after: 0) == .wait(until: OrderLine.minutes(60)))
    #expect(try unmatched(.none, after: 59) == .wait(until: OrderLine.minutes(60)))
    guard case .refuse(let problem) = try unmatched(.none, after: 60) else {
      Issue.record("it still waits")
      return
    }
    #expect(
      problem.description
        == "Inbox/status/day.csv, line 3, record 3: no order with this channelOrderId came within 1h "
        + "(found: \"17\"). Compare it with the order's file in Outbox/, and with order: and matchBy: "
        + "in Mappings/status.yaml.")
  }

  @Test("a number that several orders have is nobody's")
  func several() throws {
    let ids = (1...6).map { "d-\($0)" }
    guard case .refuse(let problem) = try unmatched(.several(ids), after: 0) else {
      Issue.record("it is not refused")
      return
    }
    #expect(
      problem.description
        == "Inbox/status/day.csv, line 3, record 3: 6 orders have this channelOrderId: d-1, d-2, d-3, "
        + "d-4, d-5 … (found: \"17\"). Have the POS write an id that no other order has, and say which "
        + "with matchBy:.")
  }
}

struct ChangeSequenceTests {
  @Test(
    "changes are put in the order in which they happened",
    arguments: [
      ("READY @9|ACCEPTED @1|COMPLETED @12", "ACCEPTED READY COMPLETED"),
      ("READY @5|ACCEPTED @5", "READY ACCEPTED"),
      ("ACCEPTED|READY|COMPLETED", "ACCEPTED READY COMPLETED"),
      ("READY @9|COMPLETED|ACCEPTED @1", "ACCEPTED READY COMPLETED"),
      ("ACCEPTED|COMPLETED @12|READY @9", "ACCEPTED READY COMPLETED"),
    ])
  func sorts(lines: String, order: String) {
    let changes = lines.split(separator: "|").map { OrderLine.change(String($0)) }
    let sorted = ChangeSequence.inOrder(changes, by: \.self).compactMap(\.orderStatus)
    #expect(sorted.joined(separator: " ") == order)
  }

  @Test(
    "where times contradict the journey and the sequence does not, the sequence decides; and so on",
    arguments: [
      ("ACCEPTED @50|READY @10|COMPLETED @30", "ACCEPTED READY COMPLETED", true),
      ("COMPLETED @12|READY @9|ACCEPTED @1", "ACCEPTED READY COMPLETED", true),
      ("ACCEPTED @1|READY @9|COMPLETED @12", "ACCEPTED READY COMPLETED", false),
      ("READY @5|ACCEPTED @5", "ACCEPTED READY", true),
      ("COMPLETED @5|READY @5|ACCEPTED @5", "ACCEPTED READY COMPLETED", true),
      ("READY|ACCEPTED", "READY ACCEPTED", false),
      ("READY @9|COMPLETED @1|ACCEPTED @5", "COMPLETED ACCEPTED READY", false),
    ])
  func alongJourney(lines: String, order: String, isCorrected: Bool) throws {
    let changes = lines.split(separator: "|").map { OrderLine.change(String($0)) }
    let sorted = ChangeSequence.inOrder(changes, along: try OrderLine.rules().journey)
    #expect(sorted.changes.compactMap(\.orderStatus).joined(separator: " ") == order)
    #expect(sorted.corrected == (isCorrected ? ["7"] : []))
  }

  @Test("a line without a time follows the line of its own order")
  func orders() {
    let changes = [
      OrderLine.change("ACCEPTED @9", order: "1"), OrderLine.change("ACCEPTED @1", order: "2"),
      OrderLine.change("READY", order: "2"), OrderLine.change("READY", order: "1"),
    ]
    let sorted = ChangeSequence.inOrder(changes, by: \.self).map {
      "\($0.order) \($0.orderStatus ?? "")"
    }
    #expect(sorted == ["2 ACCEPTED", "2 READY", "1 ACCEPTED", "1 READY"])
  }
}
