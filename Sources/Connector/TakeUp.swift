import Flows
import InboxFiles
import LedgerStore
import Records
import Settings

/// Takes up again what waits for a person: a file that was held back or rejected, or what the POS
/// said of an order; and runs.
struct TakeUp {
  let workspace: WorkspaceOption
  let name: String
  let outcome: FileOutcome

  func run() async throws -> Exit {
    let (folder, settings) = try workspace.settings()
    let place = WorkspaceLedger(workspace: folder, settings: settings)
    try place.checkPresence()
    try KeyRing.check(settings)
    let shelf = try MappingShelf.load(workspace: folder, settings: settings)
    return try await RunLock.holding(settings) { try await run(place, shelf, $0) }
  }

  private func run(
    _ place: WorkspaceLedger, _ shelf: MappingShelf, _ lock: RunLock
  ) async throws -> Exit {
    let (folder, settings) = (place.workspace, place.settings)
    let ledger = try place.open()
    let wiring = Wiring(workspace: folder, settings: settings, shelf: shelf)
    let changes = try takeUpChanges(wiring, ledger)
    if changes.count == 0 {
      let file = try find(ledger, Scope(filesOf: settings))
      if outcome == .held, let digest = file.digest {
        try ledger.approve(file.scope, digest: digest, at: Clock.milliseconds())
      }
      try Resumption(inbox: Inbox(root: "\(folder)/Inbox"), ledger: ledger).bringBack(file)
    }
    ledger.close()
    return try await LiveRun(
      folder: folder, settings: settings, shelf: shelf, lock: lock
    ).pass { report, shelf in
      var report = report
      report.problems = changes.problems + report.problems
      return RunPrinter(report: report, shelf: shelf).print(asJSON: false)
    }
  }

  /// Takes up what waits of an order, where the name is that of one.
  private func takeUpChanges(
    _ wiring: Wiring, _ ledger: Ledger
  ) throws(Problem) -> ChangeResumption.Outcome {
    let line = LiveLine(settings: wiring.settings, contract: wiring.shelf.contract)
    let changes = ChangeResumption(
      bench: wiring.workbench(ledger, line: line, progress: ProgressLine()), shelf: wiring.shelf)
    let taken = outcome == .held ? try changes.approve(name) : try changes.retry(name)
    if taken.count == 0, try changes.isOrder(name) {
      throw Problem(
        "nothing-waits", value: name,
        "nothing of this order \(outcome == .held ? "waits for approval" : "was refused")",
        remedy: "dstore-connector status shows what waits, and why.")
    }
    return taken
  }

  /// The newest file of that name, by its whole name or its last part, if it is in that state; one
  /// that went on without some of its rows counts as rejected.
  private func find(_ ledger: Ledger, _ scope: Scope) throws(Problem) -> FileRecord {
    let wanted = name.hasPrefix("Inbox/") ? String(name.dropFirst(6)) : name
    let attention = try ledger.attention(scope)
    let partial = (outcome == .rejected ? attention.partial : []).filter {
      $0.name == wanted || $0.name.hasSuffix("/\(wanted)")
    }
    let settled = [try ledger.newestFile(scope, outcome, named: wanted)].compactMap { $0 }
    if let file = (settled + partial).max(by: { $0.id < $1.id }) { return file }
    let names = (outcome == .held ? attention.held : attention.rejected).map(\.name)
    throw Problem(
      "no-file", value: name, "this is no order, and no file of this name is \(outcome.rawValue)",
      remedy: names.isEmpty
        ? "dstore-connector status shows what waits."
        : "These are: \(Set(names).sorted().joined(separator: ", ")).")
  }
}

extension RunLock {
  /// Runs `body` while no other run is active.
  ///
  /// - Throws: `busy` where one is.
  static func holding<Value>(
    _ settings: Settings, _ body: (RunLock) async throws -> Value
  ) async throws -> Value {
    let now = Clock.milliseconds()
    switch try acquire(folder: settings.state, at: now) {
    case .busy(let holder):
      throw holder.problem(at: now)
        ?? Problem("busy", "another run is active", remedy: "Try again when it has ended.")
    case .acquired(let lock):
      defer { lock.release() }
      return try await body(lock)
    }
  }
}
