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
