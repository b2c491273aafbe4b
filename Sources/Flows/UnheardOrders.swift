package import LedgerStore
package import Records
package import Settings

/// Paid orders that the kitchen does not hear of unless a person does something: every run tells
/// of them again.
package struct UnheardOrders {
  /// How many are told one by one.
  private static let shown = 10

  private let ledger: Ledger
  private let settings: Settings

  package init(ledger: Ledger, settings: Settings) {
    self.ledger = ledger
    self.settings = settings
  }

  /// - Parameter since: how far back to look, in milliseconds since 1970.
  package func problems(since: Int64) throws(Problem) -> [Problem] {
    let refused = try ledger.refusedCalls(
      Scope(ordersOf: settings), since: since, limit: Self.shown)
    var problems = refused.latest.map(problem)
    if refused.total > Self.shown {
      problems.append(
        Problem(
          "refused-call",
          "\(refused.total - Self.shown) more calls that D-Store signed were refused"))
    }
    return try problems + left()
  }

  /// Orders that were taken before connector.yaml named another environment or client. Those of the
  /// simulator nobody has paid.
  private func left() throws(Problem) -> [Problem] {
    let simulator = Environment.simulator.rawValue
    return try ledger.leftBehind(outside: Scope(ordersOf: settings))
      .filter { $0.scope.environment != simulator }.map(problem)
  }

  private func problem(_ left: LeftBehind) -> Problem {
    Problem(
      "left-orders", at: Place(file: Settings.file),
      "\(left.count) file(s) of orders for the POS, or changes of orders for D-Store, never went out "
        + "as client \(Problem.shown(left.scope.clientId)) in the environment "
        + "\(left.scope.environment), and connector.yaml names others now",
      remedy: "Set environment and clientId back for one dstore-connector run, which lets them go; "
        + "its status says what keeps them.")
  }

  private func problem(_ entry: RefusedCalls.Entry) -> Problem {
    var problem = entry.call.problem
    let time = WireTime.text(
      epochMilliseconds: entry.call.refusedAt, zone: settings.timeZone)
    problem.message += entry.count > 1 ? ", \(entry.count) times, last \(time)" : ", \(time)"
    return problem
  }
}
