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
    if let calls = try ledger.unverifiedCalls(Scope(ordersOf: settings)) {
      problems.append(problem(calls))
    }
    return try problems + left()
  }

  private func problem(_ calls: UnverifiedCalls) -> Problem {
    func time(_ moment: Int64) -> String {
      WireTime.text(epochMilliseconds: moment, zone: settings.timeZone)
    }
    let (subject, when) =
      calls.count == 1
      ? ("1 call that bears D-Store's client id was", "at \(time(calls.firstAt))")
      : (
        "\(calls.count) calls that bear D-Store's client id were",
        "since \(time(calls.firstAt)), the last one at \(time(calls.lastAt))"
      )
    return Problem(
      "unverified-calls",
      "\(subject) refused for a wrong signature \(when), and none has been verified since",
      remedy:
        "If D-Store sends orders now, they do not come in: compare keys.dstorePublic with the "
        + "key that your solution architect gave you. If a stranger sent them, run: "
        + ShellCommand.line("dismiss", Self.callsName) + ".")
  }

  /// What `dismiss` takes for calls that name no order.
  package static let callsName = "refused-calls"

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
        + "its status says what keeps them. To give them up, run: "
        + ShellCommand.line("dismiss", Self.name(of: left.scope)) + ".")
  }

  /// What `dismiss` takes for what an earlier environment left: `sandbox/CLIENT`.
  private static func name(of scope: Scope) -> String { "\(scope.environment)/\(scope.clientId)" }

  /// Settles what a person has seen to.
  ///
  /// - Parameter name: of an order whose calls were refused, or as the remedies name it.
  /// - Returns: how much it is.
  package func dismiss(_ name: String, at now: Int64) throws(Problem) -> Int {
    let scope = Scope(ordersOf: settings)
    if name == Self.callsName {
      return try ledger.dismissRefusedCalls(scope, of: nil, at: now)
        + ledger.forgetUnverified(scope)
    }
    var count = try ledger.dismissRefusedCalls(scope, of: name, at: now)
    for left in try ledger.leftBehind(outside: scope) where Self.name(of: left.scope) == name {
      count += try ledger.dismissLeftBehind(left.scope, at: now)
    }
    return count
  }

  private func problem(_ entry: RefusedCalls.Entry) -> Problem {
    var problem = entry.call.problem
    let time = WireTime.text(
      epochMilliseconds: entry.call.refusedAt, zone: settings.timeZone)
    problem.message += entry.count > 1 ? ", \(entry.count) times, last \(time)" : ", \(time)"
    if entry.call.cause == .clock { return problem }
    let command = ShellCommand.line("dismiss", entry.call.requestOrderId ?? Self.callsName)
    problem.remedy += " Once that is seen to, run: \(command)."
    return problem
  }
}
