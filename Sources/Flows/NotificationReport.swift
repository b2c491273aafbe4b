package import LedgerStore
package import Records

/// What a run told D-Store of orders.
package struct NotificationReport: Sendable {
  /// Accepted ones.
  package var sent = 0
  /// What D-Store refused, each with what a person does about it.
  package var refused: [Problem] = []
  /// What D-Store has not decided on, one for each order that is stuck.
  package var undecided: [Problem] = []
  /// Whether something has been undecided for so long that a person must look.
  package var isStuck = false
  /// How many are queued after the run.
  package var waiting = 0
  /// How many changes a person must let go.
  package var held = 0

  package init() {}

  package var isEmpty: Bool {
    sent == 0 && refused.isEmpty && undecided.isEmpty && waiting == 0 && held == 0
  }

  package var needsPerson: Bool { !refused.isEmpty || isStuck || held > 0 }

  mutating func add(_ other: NotificationReport) {
    sent += other.sent
    refused += other.refused
    undecided += other.undecided
    isStuck = isStuck || other.isStuck
  }

  mutating func note(_ one: Notification, _ delivery: Delivery, remedy: String) {
    if delivery.outcome == .accepted {
      sent += 1
      return
    }
    let message = delivery.resultMessage.map { ": \($0)" } ?? ""
    refused.append(
      Problem(
        "notification-refused",
        "D-Store refused \(one.words) of order \(Problem.shown(one.requestOrderId)) "
          + "(\(delivery.resultCode ?? "no code")\(message))",
        remedy: "\(remedy) Then send it again: \(ShellCommand.line("retry", one.requestOrderId))."))
  }

  mutating func note(undecided one: Notification, _ delivery: Delivery, needsPerson: Bool) {
    isStuck = isStuck || needsPerson
    undecided.append(
      Problem(
        "notification-undecided",
        "D-Store has not decided on \(one.words) of order \(Problem.shown(one.requestOrderId)): "
          + delivery.reason,
        remedy: "It goes again in a later run, and until then later changes of this order wait."))
  }
}

extension Notification {
  /// `COMPLETED`, `COMPLETED, refund 2.50 SGD`: what it tells.
  package var words: String {
    let parts = [orderStatus, refund.map { "refund \($0.text) \($0.currency.code)" }]
    return parts.compactMap { $0 }.joined(separator: ", ").orElse("a change of an order")
  }
}
