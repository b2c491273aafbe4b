import LedgerStore
import Records
import Settings
import YAML

/// Orders that the kitchen seems not to know of: the POS has said nothing of them.
enum Unattended {
  /// How far back one looks, in milliseconds.
  private static let week: Int64 = 7 * 86_400_000

  /// - Parameter now: in milliseconds since 1970.
  /// - Returns: the orders of the last days, oldest first; none where the settings ask for none.
  static func orders(
    _ settings: Settings, _ ledger: Ledger, at now: Int64
  ) throws(Problem) -> [HeldOrder] {
    guard let patience = settings.unattendedAfter else { return [] }
    return try ledger.unattended(
      Scope(ordersOf: settings), receivedBefore: now - patience.milliseconds, since: now - week)
  }

  static func problem(with order: HeldOrder, _ settings: Settings) -> Problem {
    let patience = settings.unattendedAfter.map { DurationText.text(of: $0) } ?? ""
    return Problem(
      "unattended",
      "the POS has said nothing of order \(Problem.shown(order.requestOrderId)) for \(patience)",
      remedy: "See whether the kitchen knows of it: whether its file left Outbox/, whether the "
        + "printer has paper; then have the POS write a status.")
  }
}
