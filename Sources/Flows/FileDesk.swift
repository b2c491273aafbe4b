import Digests
import InboxFiles
import LedgerStore
import Records
import RowMapping

/// Takes files out of the inbox and files them away, each step in the ledger before it happens.
struct FileDesk {
  let bench: Workbench

  /// A file that is ours, and its number in the ledger.
  struct Taken {
    let id: Int64
    let file: ClaimedFile
    let afterDone: MappingFile.AfterDone

    var name: String { file.work.name }
  }

  /// - Returns: nothing where the POS came first; the file is where it was.
  /// - Throws: what keeps it from being taken. A claim that could not be forgotten then is left to
  ///   ``Recovery``.
  func take(_ whole: InboxWatch.Whole, for taker: InboxMapping) throws(Problem) -> Taken? {
    let mapping = taker.file
    let work = bench.inbox.planClaim(
      of: whole.candidate.name, by: mapping.afterDone == .keep ? .copy : .rename)
    let id = try bench.ledger.claim(
      FileClaim(
        scope: bench.fileScope, name: whole.candidate.name, mapping: mapping.name,
        recipe: taker.recipe, stamp: whole.look.stamp, workName: work.path,
        digest: whole.look.digest.hex, stays: mapping.afterDone == .keep,
        standsAlone: taker.standsAlone),
      at: bench.now())
    switch try bench.inbox.claim(work, look: whole.look, withMarker: mapping.waitsForMarker) {
    case .taken(let file): return Taken(id: id, file: file, afterDone: mapping.afterDone)
    case .missed:
      try bench.ledger.abandon(id)
      return nil
    }
  }

  /// Puts a file back where it was, as if it had never been taken.
  func putBack(_ taken: Taken) throws(Problem) {
    _ = try bench.inbox.putBack(taken.file.work)
    try bench.ledger.abandon(taken.id)
  }

  /// Puts files back where our own trouble ends the work on them.
  ///
  /// A ledger that fails may have recorded the change before it failed, so the files stay where
  /// they are then, for ``Recovery`` to go by what the ledger says.
  func undoing<Value>(
    _ taken: [Taken], _ body: () throws(Problem) -> Value
  ) throws(Problem) -> Value {
    do throws(Problem) {
      return try body()
    } catch {
      if error.category != .ledger { for file in taken { try putBack(file) } }
      throw error
    }
  }

  /// Records what became of a file, and moves it there.
  ///
  /// - Parameters:
  ///   - report: what to write beside it.
  ///   - reported: the name of a report that is written already.
  func end(
    _ taken: Taken, _ outcome: FileOutcome, records: Int = 0, problems: Int = 0, summary: String,
    report: ProblemReport? = nil, reported: String? = nil
  ) throws(Problem) {
    var decision = try decision(
      on: taken, outcome, records: records, problems: problems, summary: summary, report: report)
    if let reported { decision.report = reported }
    try end(taken.file.work, decision)
  }

  /// The same for a file that an earlier run took.
  ///
  /// - Returns: that the file itself is gone, where it is; what became of it is recorded then, too.
  func end(
    _ record: FileRecord, afterDone: MappingFile.AfterDone, _ outcome: FileOutcome,
    summary: String, report: ProblemReport? = nil
  ) throws(Problem) -> Problem? {
    guard let work = WorkFile(path: record.workName) else { throw Self.unknownPlace(record) }
    let lost = try isLost(work) ? Self.lost(record.name) : nil
    try end(
      work,
      try decision(
        on: work, id: record.id, afterDone: afterDone, outcome, records: record.records,
        problems: record.problemCount, summary: summary, report: report))
    return lost
  }

  /// Whether somebody took a file out of the folder of work, where nothing but the connector moves
  /// files.
  func isLost(_ work: WorkFile) throws(Problem) -> Bool {
    if work.way == .copy { return false }
    return try !bench.inbox.isThere(work.path)
  }

  static func lost(_ name: String) -> Problem {
    Problem(
      "file-lost", at: Place(file: "Inbox/\(name)"),
      "somebody moved or deleted it while it was being worked on",
      remedy: "Put the file into its folder of the inbox again if it is still wanted; if not, run: "
        + "\(ShellCommand.line("dismiss", name)).", category: .ours)
  }

  static func unknownPlace(_ record: FileRecord) -> Problem {
    Problem(
      "work-name", at: Place(file: "Inbox/\(record.name)"), value: record.workName,
      "the ledger names a place for this file that the connector never makes",
      remedy: "Put the file into its folder of the inbox again if it is still wanted.",
      category: .ours)
  }

  /// Decides where a file goes, and writes its report beside that place; records nothing.
  func decision(
    on taken: Taken, _ outcome: FileOutcome, records: Int = 0, problems: Int = 0, summary: String,
    report: ProblemReport? = nil
  ) throws(Problem) -> FileDecision {
    try decision(
      on: taken.file.work, id: taken.id, afterDone: taken.afterDone, outcome, records: records,
      problems: problems, summary: summary, report: report)
  }

  /// Records a decision, and moves the file.
  func end(_ work: WorkFile, _ decision: FileDecision) throws(Problem) {
    try bench.ledger.decide(decision, at: bench.now())
    try place(work, decision)
  }

  /// Moves a file that is decided.
  func place(_ work: WorkFile, _ decision: FileDecision) throws(Problem) {
    try bench.inbox.file(work.path, to: decision.target)
    try bench.ledger.placed(decision.file)
  }

  private func decision(
    on work: WorkFile, id: Int64, afterDone: MappingFile.AfterDone, _ outcome: FileOutcome,
    records: Int, problems: Int, summary: String, report: ProblemReport?
  ) throws(Problem) -> FileDecision {
    let isLost = try isLost(work)
    let target = try bench.inbox.target(
      for: work,
      as: isLost ? .deleted : destination(outcome, way: work.way, afterDone: afterDone))
    let name = String(work.name.split(separator: "/").last ?? "")
    let written = try report.map { report throws(Problem) in
      try bench.inbox.write(report, beside: target ?? "rejected/\(name)")
    }
    return FileDecision(
      file: id, outcome, target: target, records: records, problems: problems, summary: summary,
      report: written, isLost: isLost)
  }

  /// Records that a file which nothing was decided on is gone.
  func endLost(_ record: FileRecord, _ work: WorkFile) throws(Problem) {
    let summary = Self.lost(record.name).message
    try end(work, FileDecision(file: record.id, .lost, summary: summary, isLost: true))
  }

  /// A copy has served when it was read: its original stays where the POS wrote it.
  private func destination(
    _ outcome: FileOutcome, way: WorkFile.Way, afterDone: MappingFile.AfterDone
  ) -> Destination {
    if way == .copy { return .deleted }
    switch outcome {
    case .rejected: return .rejected
    case .held: return .held
    case .waiting: return .inbox
    case .lost: return .deleted
    case .sent, .unchanged, .superseded:
      return afterDone == .delete ? .deleted : .archive(day: bench.today)
    }
  }
}

extension ExportPass.Source {
  /// A file that was taken.
  ///
  /// - Parameter path: where it can be read now.
  init(_ file: FileDesk.Taken, path: String) {
    self.init(
      path: path, display: "Inbox/\(file.name)",
      name: file.name.split(separator: "/").last.map(String.init) ?? file.name)
  }
}
