package import Records
import YAML

/// Which orders a change may be about.
package enum OrderMatch: Hashable, Sendable {
  /// What becomes of a change whose order is not found.
  package enum Unmatched: Hashable, Sendable {
    /// The order may still be on its way; in milliseconds since 1970.
    case wait(until: Int64)
    case refuse(Problem)
  }

  case none
  /// It is there, and changes that came before this one still wait for it.
  case later
  case one(requestOrderId: String)
  /// Their requestOrderIds.
  case several([String])

  /// What becomes of a change that is not about one order that is known; nothing where it is.
  ///
  /// - Parameters:
  ///   - firstSeenAt: when its line was seen first, and `now`, in milliseconds since 1970.
  package func unmatched(
    _ change: OrderChange, _ rules: ChangeRules, firstSeenAt: Int64, now: Int64
  ) -> Unmatched? {
    let (seconds, rest) = rules.waitForOrder.components
    let until = firstSeenAt + seconds * 1000 + rest / 1_000_000_000_000_000
    switch self {
    case .one: return nil
    case .several(let ids): return .refuse(ambiguous(change, ids))
    case .later: return .wait(until: until)
    case .none: return now < until ? .wait(until: until) : .refuse(unknown(change, rules))
    }
  }

  /// Why a change waits that may mean several orders and cannot be undone.
  static func choice(_ change: OrderChange, _ ids: [String]) -> Problem {
    Problem(
      "ambiguous-order", at: change.place, value: change.order,
      "\(ids.count) orders with this \(change.matchBy.rawValue) are open or ended in the last seven "
        + "days: \(ids.joined(separator: ", "))",
      remedy: "Choose the one that is meant: "
        + ids.map { ShellCommand.line("approve", $0) }.joined(separator: ", or ")
        + "; or settle it with \(ShellCommand.line("dismiss", change.order)).")
  }

  private func ambiguous(_ change: OrderChange, _ ids: [String]) -> Problem {
    let shown = ids.prefix(5).joined(separator: ", ") + (ids.count > 5 ? " …" : "")
    return Problem(
      "ambiguous-order", at: change.place, value: change.order,
      "\(ids.count) orders have this \(change.matchBy.rawValue): \(shown)",
      remedy: "Have the POS write an id that no other order has, and say which with matchBy:.")
  }

  private func unknown(_ change: OrderChange, _ rules: ChangeRules) -> Problem {
    Problem(
      "unknown-order", at: change.place, value: change.order,
      "no order with this \(change.matchBy.rawValue) came within "
        + DurationText.text(of: rules.waitForOrder),
      remedy: "Compare it with the order's file in Outbox/, and with order: and matchBy: in "
        + "\(rules.mapping).")
  }
}
