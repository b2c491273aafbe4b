import LedgerStore
package import Records

/// Takes up what the POS said of an order and what waits for a person: a refund that is to go, a
/// change or a notification that was refused.
package struct ChangeResumption {
  private let bench: Workbench
  private let shelf: MappingShelf

  package init(bench: Workbench, shelf: MappingShelf) {
    self.bench = bench
    self.shelf = shelf
  }

  /// What was taken up.
  package struct Outcome {
    package fileprivate(set) var count = 0
    /// Why some of it still needs a person.
    package private(set) var problems: [Problem] = []

    fileprivate mutating func add(_ verdict: ChangeDesk.Verdict) {
      count += 1
      problems += verdict.problems
    }
  }

  private var desk: ChangeDesk { ChangeDesk(bench: bench, shelf: shelf) }

  /// Lets the held refunds of an order go with the next pass.
  ///
  /// - Parameter order: any of its ids, as the POS or D-Store knows it.
  package func approve(_ order: String) throws(Problem) -> Outcome {
    var outcome = Outcome()
    for change in try changes(of: order, .held) {
      outcome.add(try desk.decide(again: change, isApproved: true))
    }
    return outcome
  }

  /// Tries again what was refused of an order, and what waits for its next try.
  package func retry(_ order: String) throws(Problem) -> Outcome {
    var outcome = Outcome()
    for change in ChangeSequence.inOrder(try changes(of: order, .refused), by: \.change) {
      outcome.add(try desk.decide(again: change))
    }
    let refused = try notifications(of: order, .refused)
    for one in refused {
      _ = try bench.ledger.retryNotification(
        one.requestId, NotificationBody(shelf.contract).draft(again: one), at: bench.now())
    }
    try bench.ledger.hurryNotifications(bench.orderScope)
    outcome.count += try refused.count + notifications(of: order, .queued).count
    return outcome
  }

  /// Whether an order has this id or number.
  package func isOrder(_ name: String) throws(Problem) -> Bool {
    for key in MatchBy.allCases
    where try bench.ledger.order(bench.orderScope, key, name) != nil { return true }
    return false
  }

  private func changes(
    of order: String, _ state: HeldStatusChange.State
  ) throws(Problem) -> [HeldStatusChange] {
    try bench.ledger.statusChanges(bench.orderScope, in: state, limit: 1000).filter { held in
      held.change.order == order || held.requestOrderId.map { isOf(order, $0) } == true
    }
  }

  private func notifications(
    of order: String, _ state: Notification.State
  ) throws(Problem) -> [Notification] {
    try bench.ledger.notifications(bench.orderScope, in: state, limit: 1000).filter {
      isOf(order, $0.requestOrderId)
    }
  }

  private func isOf(_ order: String, _ requestOrderId: String) -> Bool {
    if order == requestOrderId { return true }
    for key in MatchBy.allCases {
      let found = try? bench.ledger.order(bench.orderScope, key, order)
      if found?.requestOrderId == requestOrderId { return true }
    }
    return false
  }
}
