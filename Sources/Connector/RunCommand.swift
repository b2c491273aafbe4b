import ArgumentParser
import Flows
import LedgerStore
import Records
import Settings

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Does everything that is to be done, once: the job for cron.",
    discussion: "Prints nothing on success unless a terminal watches.")

  @OptionGroup var workspace: WorkspaceOption
  @Flag(help: "Do everything but sending, moving and recording.")
  var dryRun = false
  @Flag(help: "Print one JSON object instead of words.")
  var json = false
  @Flag(help: "Begin a new ledger in place of one that is lost.")
  var newLedger = false

  func run() async throws {
    try await Failing.reported(asJSON: json) {
      let (folder, settings) = try workspace.settings()
      if !newLedger || dryRun {
        try WorkspaceLedger(workspace: folder, settings: settings).checkPresence()
      }
      try KeyRing.check(settings)
      let shelf = try MappingShelf.load(workspace: folder, settings: settings)
      if dryRun { return try DryRun(folder: folder, settings: settings, shelf: shelf).print(json) }
      return try await pass(folder, settings, shelf)
    }
  }

  private func pass(
    _ folder: String, _ settings: Settings, _ shelf: MappingShelf
  ) async throws -> Exit {
    switch try RunLock.acquire(folder: settings.state, at: Clock.milliseconds()) {
    case .busy(let since, let pid): return busy(since, pid)
    case .acquired(let lock):
      defer { lock.release() }
      let run = LiveRun(folder: folder, settings: settings, shelf: shelf, beginsAnew: newLedger)
      return try await run.pass { report in
        RunPrinter(report: report, shelf: shelf).print(asJSON: json)
      }
    }
  }

  /// Another run is nothing unusual, until it seems to hang.
  private func busy(_ since: Int64?, _ pid: Int32?) -> Exit {
    let process = pid.map { " (process \($0))" } ?? ""
    let minutes = since.map { (Clock.milliseconds() - $0) / 60_000 } ?? 0
    if json { RunPrinter.printBusy(isStuck: minutes >= Self.patience) }
    guard minutes >= Self.patience else {
      if !json { Terminal.mention("Another run\(process) is active; this one has nothing to do.") }
      return .done
    }
    Terminal.error(
      "Another run\(process) has been active for \(minutes) minutes. If it hangs, end that process; "
        + "its work goes on in the next run.")
    return .needsPerson
  }

  /// Minutes after which an active run is reported.
  private static let patience: Int64 = 60
}
