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

  /// - Parameter tell: says to people what was done, and gives the exit code.
  func pass(_ tell: (RunReport) -> Exit) async throws -> Exit {
    let ledger = try Ledger.open(folder: settings.state)
    defer { ledger.close() }
    let progress = ProgressLine()
    let line = LiveLine(settings: settings, contract: shelf.contract)
    let bench = Wiring(
      workspace: folder, settings: settings, contract: shelf.contract, progress: progress
    ).workbench(ledger, line: line)
    do {
      var report = try await SyncProducts(bench: bench, shelf: shelf).run()
      await line.close()
      progress.end()
      report.problems += ledger.warnings
      return tell(report)
    } catch {
      await line.close()
      progress.end()
      throw error
    }
  }
}
