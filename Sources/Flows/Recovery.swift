import Glibc
import InboxFiles
import LedgerStore
import Records
import Settings

/// Goes on where a run was interrupted at any instruction.
struct Recovery {
  let bench: Workbench
  let desk: FileDesk
  let ender: FileEnder

  /// - Parameter scopes: what the settings speak of now.
  /// - Returns: what a person must know; none of it keeps other files from going on.
  func run(_ scopes: [Scope]) throws(Problem) -> [Problem] {
    try GapRecovery(bench: bench, desk: desk, ender: ender).run()
    var problems = try leaveOtherScopes(scopes)
    for record in try bench.ledger.unplaced() {
      do throws(Problem) {
        try goOn(with: record)
        if let problem = try untold(record) { problems.append(problem) }
      } catch {
        problems.append(try settle(record, after: error))
      }
    }
    try putStraysBack()
    try removeStrayPayloads()
    return problems
  }

  private func goOn(with record: FileRecord) throws(Problem) {
    guard let work = WorkFile(path: record.workName) else { return }
    switch record.state {
    case .claimed:
      _ = try bench.inbox.putBack(work)
      try bench.ledger.abandon(record.id)
    case .decided:
      try bench.inbox.file(record.workName, to: record.target)
      try bench.ledger.placed(record.id)
    case .waiting: _ = try ender.endIfDecided(record)
    case .done: break
    }
  }

  /// What the interrupted run could not say: that a file needs a person.
  private func untold(_ earlier: FileRecord) throws(Problem) -> Problem? {
    guard let record = try bench.ledger.file(earlier.id), let outcome = record.outcome,
      outcome == .rejected || outcome == .held
    else { return nil }
    return Problem(
      outcome.rawValue, at: Place(file: "Inbox/\(record.name)"),
      "an interrupted run left it, and it is \(outcome.rawValue) now: \(record.summary)",
      remedy: outcome == .held
        ? "If the export is right, run: dstore-connector approve \(record.name). If not, export again."
        : "Inbox/rejected/ says what to do.")
  }

  /// A file that somebody took out of the folder of work, or whose new name somebody took, must
  /// not stop every later run.
  private func settle(_ record: FileRecord, after problem: Problem) throws(Problem) -> Problem {
    switch problem.code {
    case "file-lost": try bench.ledger.placed(record.id)
    case "name-taken":
      guard let outcome = record.outcome else { throw problem }
      try desk.end(record, afterDone: ender.afterDone(of: record), outcome, summary: record.summary)
    default: throw problem
    }
    return problem
  }

  /// What was on its way to another endpoint, client or account than the settings name now is
  /// given up there, and its files are taken up again.
  private func leaveOtherScopes(_ scopes: [Scope]) throws(Problem) -> [Problem] {
    var problems: [Problem] = []
    for request in try bench.ledger.openRequests(outside: scopes) {
      for name in try bench.ledger.giveUp(request.requestId, at: bench.now()) {
        unlink(bench.settings.payloads.path(of: name))
      }
      problems.append(left(request))
      for id in request.files {
        guard let record = try bench.ledger.file(id), record.state == .waiting else { continue }
        try desk.end(
          record, afterDone: ender.afterDone(of: record), .waiting,
          summary: "connector.yaml names another endpoint, client or account now")
      }
    }
    return problems
  }

  private func left(_ request: SyncRequest) -> Problem {
    Problem(
      "left-undecided", at: Place(file: Settings.file), value: request.requestId,
      "the request for store \(request.store) to \(request.scope.endpoint) (client "
        + "\(request.scope.clientId), account \(request.scope.account)) was undecided when the "
        + "settings changed, and is given up",
      remedy: "Its export is taken up again under the new settings. Ask D-Store about that request "
        + "only if the old ones still count.")
  }

  /// What stands in the folder of work without being in the ledger was taken by a run whose ledger
  /// is gone.
  private func putStraysBack() throws(Problem) {
    let leftovers = try bench.inbox.leftovers()
    guard !leftovers.isEmpty else { return }
    let known = try bench.ledger.workNames()
    for work in leftovers where !known.contains(work.path) { _ = try bench.inbox.putBack(work) }
  }

  private func removeStrayPayloads() throws(Problem) {
    PayloadFolder(path: bench.payloads).removeAll(but: try bench.ledger.pathsInUse())
  }
}
