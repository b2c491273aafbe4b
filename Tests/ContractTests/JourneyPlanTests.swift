import Contract
import Testing

/// One pair of statuses, and what lies between them.
struct JourneyPair: Sendable, CustomTestStringConvertible {
  let from: String
  let to: String
  /// `=` the order has the status, `.` one step, `A` one step after ACCEPTED, `-` no way.
  let mark: Character

  var testDescription: String { "\(from) → \(to)" }

  /// What is planned; a refusal without its words.
  func plan(fills: Bool) -> [String] {
    switch mark {
    case "=": ["repeated"]
    case ".": [to]
    case "A" where fills: ["ACCEPTED", to]
    default: ["refused"]
    }
  }

  /// Every pair: a line for each status that the order has, a column for each that it shall have.
  static func all(_ table: String) -> [JourneyPair] {
    let rows = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    let statuses = rows.map { $0[0] }
    return rows.flatMap { row in
      zip(statuses, row.dropFirst()).map {
        JourneyPair(from: row[0], to: $0, mark: Character($1))
      }
    }
  }

  static let byPOS = all(
    """
    new           = . - - - - - . .
    ORDER_SUCCESS - = . A A A . . .
    ACCEPTED      - - = . . . - . .
    PREPARING     - - - = . . - . .
    READY         - - - - = . - . .
    COMPLETED     - - - - - = - - -
    REJECTED      - - - - - - = - -
    CANCELLED     - - - - - - - = -
    ORDER_FAIL    - - - - - - - - =
    """)

  static let byChannel = byPOS.map { pair in
    pair.from == "COMPLETED" && pair.to == "CANCELLED"
      ? JourneyPair(from: pair.from, to: pair.to, mark: ".") : pair
  }
}

@Suite struct JourneyPlanTests {
  private func plan(_ pair: JourneyPair, by actor: Contract.Journey.Actor, fills: Bool) throws
    -> [String]
  {
    switch try contract().journey.plan(from: pair.from, to: pair.to, by: actor, fills: fills) {
    case .steps(let steps): steps
    case .repeated: ["repeated"]
    case .refused: ["refused"]
    }
  }

  @Test("the table names every pair of statuses")
  func tableIsWhole() throws {
    let statuses = try contract().journey.stops.keys
    #expect(JourneyPair.byPOS.count == statuses.count * statuses.count)
    #expect(Set(JourneyPair.byPOS.map(\.from)) == Set(statuses))
  }

  @Test("the POS goes on as the journey says", arguments: JourneyPair.byPOS, [false, true])
  func byPOS(_ pair: JourneyPair, fills: Bool) throws {
    #expect(try plan(pair, by: .pos, fills: fills) == pair.plan(fills: fills))
  }

  @Test("the channel goes on as the journey says", arguments: JourneyPair.byChannel, [false, true])
  func byChannel(_ pair: JourneyPair, fills: Bool) throws {
    #expect(try plan(pair, by: .channel, fills: fills) == pair.plan(fills: fills))
  }

  @Test("every planned step is one that the journey allows", arguments: JourneyPair.byPOS)
  func stepsAreAllowed(_ pair: JourneyPair) throws {
    let journey = try contract().journey
    guard
      case .steps(let steps) = journey.plan(
        from: pair.from, to: pair.to, by: .pos, fills: true)
    else { return }
    var status = pair.from
    for step in steps {
      #expect(journey.allows(step, after: status, by: .pos))
      status = step
    }
    #expect(status == pair.to)
  }

  @Test(
    "a refusal says why",
    arguments: [
      ("CANCELLED", "READY", "the order is CANCELLED, after which nothing follows"),
      (
        "COMPLETED", "CANCELLED",
        "the order is COMPLETED, after which only the channel may set CANCELLED"
      ),
      ("COMPLETED", "READY", "the order is COMPLETED, after which the POS sets no other status"),
      ("READY", "PREPARING", "the order is READY, and PREPARING would be a step back"),
      ("READY", "ORDER_SUCCESS", "the order is READY, and ORDER_SUCCESS would be a step back"),
      ("ACCEPTED", "REJECTED", "the order is ACCEPTED, and REJECTED may not follow that"),
      ("new", "READY", "the order is new, and READY may not follow that"),
      (
        "ORDER_SUCCESS", "READY",
        "the order is ORDER_SUCCESS, and READY may follow only after ACCEPTED"
      ),
      ("READY", "REDAY", "the contract's journey has no status REDAY"),
      ("REDAY", "READY", "the contract's journey has no status REDAY"),
    ])
  func reasons(from: String, to: String, reason: String) throws {
    #expect(
      try contract().journey.plan(from: from, to: to, by: .pos, fills: false) == .refused(reason))
  }

  @Test("the contract decides what is filled in, not the program")
  func followsOverrides() throws {
    let journey = try contract(
      """
      journey:
        ACCEPTED: {next: [COOKING, CANCELLED]}
        COOKING: {next: [PREPARING], basis: confirmed}
        PREPARING: {next: [READY, COMPLETED]}
        READY: {next: [COMPLETED]}
        CANCELLED: {next: [ARCHIVED]}
        COMPLETED: {next: [ARCHIVED]}
        ARCHIVED: {basis: confirmed}
      """
    ).journey
    #expect(
      journey.plan(from: "ORDER_SUCCESS", to: "READY", by: .pos, fills: true)
        == .steps(["ACCEPTED", "COOKING", "PREPARING", "READY"]))
    // Through CANCELLED it would be shorter, but nobody said that the order is cancelled.
    #expect(
      journey.plan(from: "PREPARING", to: "ARCHIVED", by: .pos, fills: true)
        == .steps(["COMPLETED", "ARCHIVED"]))
    #expect(
      journey.plan(from: "ACCEPTED", to: "ARCHIVED", by: .pos, fills: true)
        == .steps(["COOKING", "PREPARING", "COMPLETED", "ARCHIVED"]))
  }
}
