import Contract
import Records

/// What a change's status means for an order.
enum JourneyWay: Hashable {
  /// The change says no status.
  case unsaid
  /// The order has it already.
  case repeated
  /// The order had it, and by the times of both it is older news than what the order has now.
  case late
  /// To be set, one after the other.
  case steps([String])

  /// - Throws: why the order cannot get it.
  init(_ change: OrderChange, of order: KnownOrder, _ rules: ChangeRules) throws(Problem) {
    guard let status = change.orderStatus, let present = order.statuses.last else {
      self = .unsaid
      return
    }
    let plan = rules.journey.plan(
      from: present.status, to: status, by: .pos, fills: rules.fillsJourney)
    switch plan {
    case .repeated: self = .repeated
    case .steps(let steps):
      if let stranger = steps.first(where: { !Self.isTaken($0, rules) }) {
        throw Self.notTaken(stranger, status)
      }
      self = .steps(steps)
    case .refused(let reason):
      guard Self.isOldNews(change, status, order) else {
        throw Self.refusal(status, present.status, reason, rules)
      }
      self = .late
    }
  }

  private static func isOldNews(
    _ change: OrderChange, _ status: String, _ order: KnownOrder
  ) -> Bool {
    guard let time = change.changedAt, let present = order.statuses.last?.changedAt else {
      return false
    }
    return time <= present && order.statuses.contains { $0.status == status }
  }

  private static func isTaken(_ status: String, _ rules: ChangeRules) -> Bool {
    let words = rules.statusField?.allowed ?? []
    return words.isEmpty || words.contains(status)
  }

  private static func notTaken(_ step: String, _ status: String) -> Problem {
    Problem(
      "journey", value: status, "\(step) comes before \(status), and the POS cannot set it",
      remedy: "Look at the order in the POS and at the channel: D-Store has to set \(step) first.")
  }

  private static func refusal(
    _ status: String, _ present: String, _ reason: String, _ rules: ChangeRules
  ) -> Problem {
    let filled = rules.journey.plan(from: present, to: status, by: .pos, fills: true)
    if case .steps = filled {
      return Problem(
        "journey", value: status, reason,
        remedy: "Have the POS write every step, or write fillJourney: true in \(rules.mapping).")
    }
    return Problem(
      "journey", value: status, reason,
      remedy: "D-Store takes no such step: correct the order in the POS, or settle it with the "
        + "channel.")
  }
}
