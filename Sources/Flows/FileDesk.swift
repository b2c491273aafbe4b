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

  /// Records what became of a file, and moves it there.
  func end(
    _ taken: Taken, _ outcome: FileOutcome, records: Int = 0, problems: Int = 0, summary: String,
    report: ProblemReport? = nil
  ) throws(Problem) {
    try end(
      taken.file.work,
      try decision(
        on: taken, outcome, records: records, problems: problems, summary: summary,
        report: report))
  }

  /// The same for a file that an earlier run took.
  func end(
    _ record: FileRecord, afterDone: MappingFile.AfterDone, _ outcome: FileOutcome,
    summary: String, report: ProblemReport? = nil
  ) throws(Problem) {
    guard let work = WorkFile(path: record.workName) else { return }
    try end(
      work,
      try decision(
        on: work, id: record.id, afterDone: afterDone, outcome, records: record.records,
        problems: record.problemCount, summary: summary, report: report))
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
    let target = try bench.inbox.target(
      for: work, as: destination(outcome, way: work.way, afterDone: afterDone))
    if let report {
      let name = String(work.name.split(separator: "/").last ?? "")
      try bench.inbox.write(report, beside: target ?? "rejected/\(name)")
    }
    return FileDecision(
      file: id, outcome, target: target, records: records, problems: problems, summary: summary)
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
    case .sent, .unchanged, .superseded:
      return afterDone == .delete ? .deleted : .archive(day: bench.today)
    }
  }
}
