import LedgerStore
package import Records
import RowMapping

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
    package fileprivate(set) var problems: [Problem] = []

    fileprivate mutating func add(_ verdict: ChangeDesk.Verdict) {
      count += 1
      problems += verdict.problems
    }
  }

  private var desk: ChangeDesk { ChangeDesk(bench: bench, shelf: shelf) }

  /// Lets the held refunds and the held files of an order go with the next pass.
  ///
  /// - Parameter order: any of its ids, as the POS or D-Store knows it.
  package func approve(_ order: String) throws(Problem) -> Outcome {
    var outcome = Outcome()
    for row in try rows(of: order) {
      outcome.count += try bench.ledger.approveReleases(of: row)
    }
    for change in try changes(of: order, .held) {
      outcome.add(try desk.decide(again: change, isApproved: true))
    }
    for (change, row) in try choices(of: order) {
      outcome.add(try desk.decide(again: change, isApproved: true, chosen: row))
    }
    return outcome
  }

  /// Held changes whose number several orders have, of which a person chose this one.
  private func choices(
    of id: String
  ) throws(Problem) -> [(change: HeldStatusChange, order: Int64)] {
    var choices: [(change: HeldStatusChange, order: Int64)] = []
    for key in [MatchBy.requestOrderId, .posOrderId] {
      guard let order = try bench.ledger.order(bench.orderScope, key, id) else { continue }
      let numbers: [(MatchBy, String?)] = [
        (.channelOrderId, order.channelOrderId), (.shortOrderNumber, order.shortOrderNumber),
      ]
      for case (let kind, let number?) in numbers where number != id {
        let held = try bench.ledger.statusChanges(
          bench.orderScope, in: .held, of: [], named: number)
        choices += held.filter { $0.order == nil && $0.change.matchBy == kind }
          .map { ($0, order.id) }
      }
      return choices
    }
    return choices
  }

  /// Tries again what was refused of an order, and what waits for its next try.
  package func retry(_ order: String) throws(Problem) -> Outcome {
    var outcome = Outcome()
    for change in ChangeSequence.inOrder(try changes(of: order, .refused), by: \.change) {
      outcome.add(try desk.decide(again: change))
    }
    let refused = try notifications(of: order, .refused)
    for one in refused {
      if one.refund != nil, try bench.ledger.hasLaterRefund(than: one) {
        outcome.problems.append(Self.refundedLater(one))
        continue
      }
      _ = try bench.ledger.retryNotification(
        one.requestId, NotificationBody(shelf.contract).draft(again: one), at: bench.now())
    }
    try bench.ledger.hurryNotifications(bench.orderScope)
    outcome.count += try refused.count + notifications(of: order, .queued).count
    return outcome
  }

  /// Settles what needs a person about an order: nothing more is sent of it, and nobody is told of it
  /// any more.
  ///
  /// - Returns: how much it was.
  package func dismiss(_ order: String) throws(Problem) -> Int {
    var count = 0
    for row in try rows(of: order) {
      count += try bench.ledger.dismissReleases(of: row, at: bench.now())
    }
    for change in try changes(of: order, .held) where try mayHaveGap(change) {
      count += 1
      try desk.decide(again: change, isApproved: true, wasTold: true)
    }
    let changes = try changes(of: order, .held) + changes(of: order, .refused)
    let refused = try notifications(of: order, .refused)
    try bench.ledger.dismiss(
      changes: changes.map(\.id), notifications: refused.map(\.requestId), at: bench.now())
    return count + changes.count + refused.count
  }

  /// Whether a held refund may have been sent before the ledger was copied back; then to dismiss it
  /// means that it was.
  private func mayHaveGap(_ change: HeldStatusChange) throws(Problem) -> Bool {
    guard let order = change.order,
      shelf.statuses.contains(where: { $0.mapping.file.name == change.mapping })
    else { return false }
    return try bench.ledger.standing(of: order)?.mayHaveGap ?? false
  }

  /// Whether an order has this id or number.
  package func isOrder(_ name: String) throws(Problem) -> Bool {
    try !rows(of: name).isEmpty
  }

  private func changes(
    of order: String, _ state: HeldStatusChange.State
  ) throws(Problem) -> [HeldStatusChange] {
    try bench.ledger.statusChanges(
      bench.orderScope, in: state, of: rows(of: order), named: order)
  }

  private func notifications(
    of order: String, _ state: Notification.State
  ) throws(Problem) -> [Notification] {
    try bench.ledger.notifications(in: state, of: rows(of: order))
  }

  /// The orders that have this id or number; for each kind of id the one that came last.
  private func rows(of name: String) throws(Problem) -> [Int64] {
    var rows: [Int64] = []
    for key in MatchBy.allCases {
      guard let order = try bench.ledger.order(bench.orderScope, key, name) else { continue }
      if !rows.contains(order.id) { rows.append(order.id) }
    }
    return rows
  }

  private static func refundedLater(_ one: Notification) -> Problem {
    Problem(
      "refund-again",
      "D-Store refused \(one.words) of order \(Problem.shown(one.requestOrderId)), and a later "
        + "refund of this order went out, maybe of the same money",
      remedy: "Ask D-Store what the guest got; if this one is still due, have the POS write it "
        + "once more. Then settle this one: \(ShellCommand.line("dismiss", one.requestOrderId)).")
  }
}
