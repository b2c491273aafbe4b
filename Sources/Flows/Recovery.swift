import InboxFiles
import LedgerStore
import Records
import Settings

/// Goes on where a run was interrupted at any instruction.
///
/// What cannot be recovered is set aside, with the reason in the ledger, and keeps nothing else
/// back: `status` names it, every later run tries again, and `dismiss` settles it.
struct Recovery {
  let bench: Workbench
  let desk: FileDesk
  let ender: FileEnder

  /// - Parameter scopes: what the settings speak of now.
  /// - Returns: what a person must know; none of it keeps other files from going on.
  /// - Throws: a ledger that cannot work.
  func run(_ scopes: [Scope]) throws(Problem) -> [Problem] {
    var problems = try GapRecovery(bench: bench, desk: desk, ender: ender).run()
    for request in try bench.ledger.openRequests(outside: scopes) {
      do throws(Problem) { problems.append(try leave(request)) } catch { try problems.note(error) }
    }
    let unplaced = try bench.ledger.unplaced()
    do throws(Problem) {
      try bench.inbox.removeTemporaries(days: days(of: unplaced))
    } catch {
      try problems.note(error)
    }
    for record in unplaced {
      bench.progress.report("Going on with Inbox/\(record.name)", fraction: nil)
      do throws(Problem) {
        problems += try goOn(with: record, scopes)
      } catch {
        if error.category == .ledger { throw error }
        let reason = ender.reason(record, error)
        try problems.note(StatusReport.setAside(record, because: reason))
        try bench.ledger.setAside(record.id, because: reason)
      }
    }
    try putStraysBack(&problems)
    PayloadFolder(path: bench.payloads).removeAll(but: try bench.ledger.pathsInUse())
    return problems
  }

  /// - Returns: what a person must know of it.
  private func goOn(
    with record: FileRecord, _ scopes: [Scope]
  ) throws(Problem) -> [Problem] {
    guard let work = WorkFile(path: record.workName) else { throw FileDesk.unknownPlace(record) }
    var lost: Problem?
    switch record.state {
    case .claimed: try putBack(record, work)
    case .decided: lost = try place(record, work)
    case .waiting:
      let requests = try bench.ledger.requests(behind: record.id)
      lost =
        requests.allSatisfy { scopes.contains($0.scope) }
        ? try ender.endIfDecided(record).lost : try takeAnew(record)
    case .done: break
    }
    return [lost, try untold(record)].compactMap { $0 }
  }

  private func putBack(_ record: FileRecord, _ work: WorkFile) throws(Problem) {
    if try desk.isLost(work), try !bench.inbox.isThere(record.name) {
      return try desk.endLost(record, work)
    }
    _ = try bench.inbox.putBack(work)
    try bench.ledger.abandon(record.id)
  }

  /// Moves a file to where it was decided to go; elsewhere, where another file has that name by now.
  ///
  /// - Returns: that the file is neither here nor there.
  private func place(_ record: FileRecord, _ work: WorkFile) throws(Problem) -> Problem? {
    let isThere = try bench.inbox.isThere(work.path)
    var target = record.target
    var lost: Problem?
    if !isThere, let name = target, try !bench.inbox.isThere(name) {
      (target, lost) = (nil, FileDesk.lost(record.name))
    }
    do throws(Problem) {
      try bench.inbox.file(work.path, to: target)
    } catch {
      guard isThere, let target, try bench.inbox.isThere(target), let outcome = record.outcome
      else {
        throw error
      }
      return try desk.end(
        record, afterDone: ender.afterDone(of: record), outcome, summary: record.summary)
    }
    try bench.ledger.placed(record.id, isLost: lost != nil)
    return lost
  }

  /// A file whose request was left behind goes back to the inbox, and goes out under the settings
  /// of now.
  private func takeAnew(_ record: FileRecord) throws(Problem) -> Problem? {
    try desk.end(
      record, afterDone: ender.afterDone(of: record), .waiting,
      summary: "connector.yaml names another endpoint, client or account now")
  }

  /// What the interrupted run could not say: that a file needs a person.
  private func untold(_ earlier: FileRecord) throws(Problem) -> Problem? {
    guard let record = try bench.ledger.file(earlier.id), let outcome = record.outcome else {
      return nil
    }
    if outcome == .lost { return FileDesk.lost(record.name) }
    if outcome == .sent, record.problemCount > 0 { return StatusReport.partial(record) }
    guard outcome == .rejected || outcome == .held else { return nil }
    return Problem(
      outcome.rawValue, at: Place(file: "Inbox/\(record.name)"),
      "an interrupted run left it, and it is \(outcome.rawValue) now: \(record.summary)",
      remedy: outcome == .held
        ? "If the export is right, run: \(ShellCommand.line("approve", record.name)). If not, export again."
        : "Inbox/rejected/ says what to do.")
  }

  /// The days of the archive into which the runs filed that left these files.
  private func days(of records: [FileRecord]) -> Set<String> {
    let day: Int64 = 86_400_000
    return Set(records.flatMap { [$0.createdAt, $0.createdAt + day].map(bench.day) })
  }

  /// Gives up what was on its way to another endpoint, client or account than the settings name
  /// now. Its files wait for nothing any more, and are gone on with as those of a killed run.
  private func leave(_ request: SyncRequest) throws(Problem) -> Problem {
    bench.settings.payloads.remove(try bench.ledger.giveUp(request.requestId, at: bench.now()))
    return Problem(
      "left-undecided", at: Place(file: Settings.file), value: request.requestId,
      "the request for store \(request.store) to \(request.scope.endpoint) (client "
        + "\(request.scope.clientId), account \(request.scope.account)) was undecided when the "
        + "settings changed, and is given up",
      remedy: "Its export is taken up again under the new settings. Ask D-Store about that request "
        + "only if the old ones still count.")
  }

  /// What stands in the folder of work without being in the ledger was taken by a run whose ledger
  /// is gone.
  private func putStraysBack(_ problems: inout [Problem]) throws(Problem) {
    do throws(Problem) {
      let leftovers = try bench.inbox.leftovers()
      guard !leftovers.isEmpty else { return }
      let known = try bench.ledger.workNames()
      for work in leftovers where !known.contains(work.path) {
        do throws(Problem) {
          _ = try bench.inbox.putBack(work)
        } catch {
          try problems.note(error)
        }
      }
    } catch {
      try problems.note(error)
    }
  }
}
