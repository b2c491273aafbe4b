import Contract
import Flows
import LedgerStore
import Records
import Settings

/// One pass with ledger and network, under the run's lock.
struct LiveRun {
  let folder: String
  let settings: Settings
  let shelf: MappingShelf
  /// Whether a new ledger is to replace one that is gone.
  var beginsAnew = false

  /// - Parameter tell: says to people what was done, and gives the exit code.
  func pass(_ tell: (RunReport) -> Exit) async throws -> Exit {
    let ledger = try WorkspaceLedger(workspace: folder, settings: settings)
      .open(beginsAnew: beginsAnew)
    defer { ledger.close() }
    let progress = ProgressLine()
    let line = LiveLine(settings: settings, contract: shelf.contract)
    let wiring = Wiring(workspace: folder, settings: settings, shelf: shelf)
    do {
      var report = try await ScheduledRun(
        bench: wiring.workbench(ledger, line: line, progress: progress), shelf: shelf,
        release: wiring.outboxRelease(ledger), retention: wiring.retention(ledger),
        visit: { visit async throws(Problem) in try await line.visit(visit, ledger) }
      ).run()
      await line.close()
      progress.end()
      let gaps = try ledger.untoldGaps()
      report.problems += ledger.warnings + gaps.map { $0.problem(in: settings.timeZone) }
      let exit = tell(report)
      if !gaps.isEmpty { try ledger.noteGapsTold() }
      return exit
    } catch {
      await line.close()
      progress.end()
      throw error
    }
  }
}
