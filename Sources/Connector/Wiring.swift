import DStoreAPI
import Flows
import InboxFiles
import LedgerStore
import OutboxFiles
import Records
import Settings

/// Makes the live parts, all of them here.
struct Wiring {
  let workspace: String
  let settings: Settings
  let shelf: MappingShelf

  func workbench(
    _ ledger: Ledger, line: any DStoreLine, progress: any Progress
  ) -> Workbench {
    var policy = RetryPolicy()
    policy.warnAfterTries = settings.warnAfterTries
    return Workbench(
      workspace: workspace, settings: settings, ledger: ledger,
      inbox: Inbox(root: "\(workspace)/Inbox"), line: line,
      policy: policy, now: Clock.milliseconds, sleep: { try? await Task.sleep(for: $0) },
      chance: { Double.random(in: 0..<1) }, progress: progress)
  }

  func outboxRelease(
    _ ledger: Ledger, progress: any Progress = ProgressLine()
  ) -> OutboxRelease {
    let mappings = OrderMappings(
      workspace: workspace, settings: settings, ledger: ledger, shelf: shelf)
    return Self.outboxRelease(ledger, settings, workspace, mappings, moves: progress.moves)
  }

  /// Writes what waits for the outbox at once, and tells of it.
  func writeOrders(_ ledger: Ledger) throws -> Exit {
    let shelf = try shelf.usingLastGood(of: ledger, workspace: workspace, settings: settings)
    let wiring = Wiring(workspace: workspace, settings: settings, shelf: shelf)
    var report = OutboxReport()
    try wiring.outboxRelease(ledger).pass(into: &report, isInsistent: true)
    for name in report.written { Terminal.say("Outbox/\(name): written.") }
    Terminal.error(shelf.orders.problems)
    for problem in report.problems { Terminal.error(report.words(problem)) }
    return report.problems.isEmpty && shelf.orders.problems.isEmpty ? .done : .needsPerson
  }

  /// For a thread of its own, which reads the mappings itself.
  static func outboxRelease(
    _ ledger: Ledger, _ settings: Settings, _ workspace: String, _ trouble: MappingTrouble
  ) -> OutboxRelease {
    let mappings = OrderMappings(
      workspace: workspace, settings: settings, ledger: ledger, trouble: trouble)
    return outboxRelease(ledger, settings, workspace, mappings)
  }

  private static func outboxRelease(
    _ ledger: Ledger, _ settings: Settings, _ workspace: String, _ mappings: OrderMappings,
    moves: @escaping () -> Void = {}
  ) -> OutboxRelease {
    OutboxRelease(
      ledger: ledger, scope: Scope(ordersOf: settings),
      outbox: Outbox(root: "\(workspace)/Outbox"), mappings: mappings, now: Clock.milliseconds,
      moves: moves)
  }

  func retention(_ ledger: Ledger) -> Retention {
    Retention(
      ledger: ledger, outbox: Outbox(root: "\(workspace)/Outbox"),
      inbox: Inbox(root: "\(workspace)/Inbox"), settings: settings, now: Clock.milliseconds)
  }
}
