import Contract
import Testing

@Suite struct JourneyTests {
  @Test(
    "an order goes on only as the journey says",
    arguments: [
      ("new", "ORDER_SUCCESS", true), ("ORDER_SUCCESS", "ACCEPTED", true),
      ("ORDER_SUCCESS", "READY", false), ("ACCEPTED", "REJECTED", false),
      ("ACCEPTED", "COMPLETED", true), ("READY", "PREPARING", false),
      ("COMPLETED", "CANCELLED", false), ("CANCELLED", "ACCEPTED", false),
      ("UNHEARD_OF", "ACCEPTED", false),
    ])
  func steps(from: String, to: String, isAllowed: Bool) throws {
    let journey = try contract().journey
    #expect(journey.allows(to, after: from, by: .pos) == isAllowed)
  }

  @Test("the channel may cancel what the POS has completed")
  func channel() throws {
    let journey = try contract().journey
    #expect(journey.allows("CANCELLED", after: "COMPLETED", by: .channel))
    #expect(journey.allows("PREPARING", after: "ACCEPTED", by: .channel))
  }

  @Test("only what nobody can change any more is final")
  func final() throws {
    let journey = try contract().journey
    let finals = journey.stops.keys.filter { journey.isFinal($0) }.sorted()
    #expect(finals == ["CANCELLED", "ORDER_FAIL", "REJECTED"])
    #expect(!journey.isFinal("UNHEARD_OF"))
  }

  @Test("an override changes one status and leaves the rest")
  func override() throws {
    let journey = try contract("journey: {COMPLETED: {next: [CANCELLED]}}").journey
    #expect(journey.next(after: "COMPLETED", by: .pos) == ["CANCELLED"])
    #expect(journey.next(after: "READY", by: .pos).first == "COMPLETED")
    #expect(journey.stops["READY"]?.basis == .assumed)
  }
}
