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
  @Flag(help: "Try now what waits for its next try, without its pause.")
  var now = false
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
      if dryRun {
        return try await DryRun(folder: folder, settings: settings, shelf: shelf).print(json)
      }
      return try await pass(folder, settings, shelf)
    }
  }

  private func pass(
    _ folder: String, _ settings: Settings, _ shelf: MappingShelf
  ) async throws -> Exit {
    switch try RunLock.acquire(folder: settings.state, at: Clock.milliseconds()) {
    case .busy(let holder): return busy(holder, settings)
    case .acquired(let lock):
      defer { lock.release() }
      let run = LiveRun(
        folder: folder, settings: settings, shelf: shelf, lock: lock, beginsAnew: newLedger,
        ignoresPauses: now)
      return try await run.pass { report, shelf in
        RunPrinter(report: report, shelf: shelf).print(asJSON: json)
      }
    }
  }

  /// Another run is nothing unusual, until it seems to hang.
  private func busy(_ holder: RunHolder, _ settings: Settings) -> Exit {
    let problem = holder.problem(at: Clock.milliseconds())
    if problem == nil, !json {
      Terminal.mention("\(holder.words); this one has nothing to do.")
    }
    return RunPrinter(busy: holder, problem, zone: settings.timeZone).print(asJSON: json)
  }
}
