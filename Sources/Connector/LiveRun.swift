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
  /// Hears how far it is.
  let lock: RunLock
  /// Whether a new ledger is to replace one that is gone.
  var beginsAnew = false
  /// Whether what waits for its next try is tried now.
  var ignoresPauses = false

  /// - Parameter tell: says to people what was done, and what is wrong with the mappings; gives the
  ///   exit code.
  func pass(_ tell: (RunReport, MappingShelf) -> Exit) async throws -> Exit {
    let ledger = try WorkspaceLedger(workspace: folder, settings: settings)
      .open(beginsAnew: beginsAnew)
    defer { ledger.close() }
    let shelf = try shelf.usingLastGood(of: ledger, workspace: folder, settings: settings)
    let progress = RunProgress(lock: lock)
    let line = LiveLine(settings: settings, contract: shelf.contract)
    let wiring = Wiring(workspace: folder, settings: settings, shelf: shelf)
    var report = await ScheduledRun(
      bench: wiring.workbench(ledger, line: line, progress: progress), shelf: shelf,
      release: wiring.outboxRelease(ledger, progress: progress),
      retention: wiring.retention(ledger), ignoresPauses: ignoresPauses,
      visit: { visit in
        do throws(Problem) {
          return .success(try await line.visit(visit, ledger))
        } catch {
          return .failure(error)
        }
      }
    ).run()
    await line.close()
    progress.line.end()
    report.problems += ledger.warnings
    var hasGaps = false
    do throws(Problem) {
      let gaps = try ledger.untoldGaps()
      report.problems += gaps.map { $0.problem(in: settings.timeZone) }
      hasGaps = !gaps.isEmpty
    } catch {
      if !report.problems.contains(error) { report.problems.append(error) }
    }
    let exit = tell(report, shelf)
    // Where this fails, the next run reports them once more.
    if hasGaps { try? ledger.noteGapsTold() }
    return exit
  }
}
