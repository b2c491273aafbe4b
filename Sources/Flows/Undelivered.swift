import LedgerStore
import Records
import Settings

/// What D-Store has not decided on after so many tries that somebody must look: the same for the
/// exit of `run` and for `status`.
struct Undelivered {
  private let settings: Settings
  private let ledger: Ledger

  init(_ settings: Settings, _ ledger: Ledger) {
    self.settings = settings
    self.ledger = ledger
  }

  /// - Throws: a ledger that cannot work.
  var problems: [Problem] {
    get throws(Problem) {
      let orders = Scope(ordersOf: settings)
      var problems: [Problem] = []
      var unsent = try ledger.unsentTries(orders)
      var reason = unsent.reason
      for account in Set(settings.stores.map(\.posAccountId)).sorted() {
        for request in try ledger.openRequests(Scope(settings, account: account)) {
          if request.last?.delivery.outcome == .unsent {
            unsent.count += request.tries
            reason = request.last?.delivery.reason ?? reason
          } else if request.tries >= settings.warnAfterTries {
            problems.append(undecided("the list for store \(request.store)", request))
          }
        }
      }
      if unsent.count >= settings.warnAfterTries { problems.insert(unreachable(reason), at: 0) }
      return try problems
        + ledger.undecidedNotifications(orders, afterTries: settings.warnAfterTries, limit: 50)
        .map { one in
          undecided(
            "\(one.words) of order \(Problem.shown(one.requestOrderId))", one.requestId, one.tries,
            one.last?.delivery)
        }
    }
  }

  private func undecided(_ what: String, _ request: SyncRequest) -> Problem {
    undecided(what, request.requestId, request.tries, request.last?.delivery)
  }

  private func undecided(
    _ what: String, _ requestId: String, _ tries: Int, _ last: Delivery?
  ) -> Problem {
    Problem(
      "undelivered",
      "D-Store has not decided on \(what) in \(tries) tries; the last one: "
        + (last?.reason ?? "not sent yet"),
      remedy: "Every run tries again. Give requestId \(requestId) to your D-Store solution "
        + "architect.")
  }

  private func unreachable(_ reason: String) -> Problem {
    Problem(
      "unreachable", "D-Store could not be reached for a long time: \(reason)",
      remedy: "Every run tries again. Check this machine's network, and endpoint: and trust: in "
        + "connector.yaml.")
  }
}
