import Flows
import LedgerStore
import Records
import Settings

/// `run --dry-run`: a preview of every file that a run would take.
struct DryRun {
  let folder: String
  let settings: Settings
  let shelf: MappingShelf

  func print(_ asJSON: Bool) async throws -> Exit {
    let ledger = try WorkspaceLedger(workspace: folder, settings: settings).look()
    defer { ledger?.close() }
    let shelf = try shelf.usingLastGood(of: ledger, workspace: folder, settings: settings)
    let plan = try await RunPlan(
      shelf: shelf,
      bench: LookingBench(
        workspace: folder, settings: settings, ledger: ledger, progress: ProgressLine(),
        now: Clock.milliseconds))
    return RunPrinter(report: plan.report, shelf: shelf, isPlan: true).print(asJSON: asJSON)
  }
}
