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

  private var desk: ChangeDesk { ChangeDesk(bench: bench, shelf: shelf) }

  /// Lets the held refunds of an order go with the next pass.
  ///
  /// - Parameter order: any of its ids, as the POS or D-Store knows it.
  /// - Returns: how many.
  package func approve(_ order: String) throws(Problem) -> Int {
    let held = try changes(of: order, .held)
    for change in held { try desk.decide(again: change, isApproved: true) }
    return held.count
  }

  /// Tries again what was refused of an order, and what waits for its next try.
  ///
  /// - Returns: how much it was.
  package func retry(_ order: String) throws(Problem) -> Int {
    let refused = try changes(of: order, .refused)
    for change in refused { try desk.decide(again: change) }
    let notifications = try bench.ledger.notifications(
      bench.orderScope, in: .refused, limit: 1000
    ).filter { isOf(order, $0.requestOrderId) }
    for one in notifications {
      _ = try bench.ledger.retryNotification(
        one.requestId, NotificationBody(shelf.contract).draft(again: one), at: bench.now())
    }
    try bench.ledger.hurryNotifications(bench.orderScope)
    return refused.count + notifications.count
  }

  private func changes(
    of order: String, _ state: HeldStatusChange.State
  ) throws(Problem) -> [HeldStatusChange] {
    try bench.ledger.statusChanges(bench.orderScope, in: state, limit: 1000).filter { held in
      held.change.order == order || held.requestOrderId.map { isOf(order, $0) } == true
    }
  }

  private func isOf(_ order: String, _ requestOrderId: String) -> Bool {
    if order == requestOrderId { return true }
    for key in [MatchBy.posOrderId, .channelOrderId, .shortOrderNumber] {
      let found = try? bench.ledger.order(bench.orderScope, key, order)
      if found?.requestOrderId == requestOrderId { return true }
    }
    return false
  }
}
