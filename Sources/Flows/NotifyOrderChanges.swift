import Contract
import DurableFiles
import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings
import YAML

/// The third promise: what the POS says of an order reaches D-Store, in order and to the end.
///
/// A status file goes through these stages:
///
/// 1. ``StatusPass`` reads it into changes; ``ChangeSequence`` puts them in the order in which they
///    happened. Of several files the one goes first whose first change happened first.
/// 2. ``ChangeDesk`` finds the order of each, and ``ChangeQueuePlan`` decides what it means.
/// 3. The ledger holds what all lines of the file mean, requests and their bytes included, in one
///    transaction; only then does the file move on.
/// 4. ``ChangeSender`` sends the queue of each order; a stuck one holds up no other.
struct NotifyOrderChanges {
  /// The status files of one mapping that can be taken, the last by name last.
  struct Files {
    let entry: MappingShelf.StatusEntry
    let files: [InboxWatch.Whole]
  }

  let bench: Workbench
  let shelf: MappingShelf
  let desk: FileDesk
  let sender: RequestSender

  /// - Throws: a ledger that cannot work; what else goes wrong with a file or an order keeps no
  ///   other one back.
  func run(_ groups: [Files], _ report: inout RunReport) async throws(Problem) {
    let changes = ChangeDesk(bench: bench, shelf: shelf)
    report.problems += try changes.takeUpWaiting()
    for file in inOrder(try take(groups, &report)) {
      do throws(Problem) {
        report.files.append(try record(file, changes))
      } catch {
        try report.fail(error)
      }
    }
    try await ChangeSender(bench: bench, sender: sender, contract: shelf.contract).run(&report)
  }

  /// A file that is ours now.
  private struct Mine {
    let taken: FileDesk.Taken
    let entry: MappingShelf.StatusEntry
  }

  /// What stands in front of a file that cannot be taken is told, and keeps no other one back.
  private func take(_ groups: [Files], _ report: inout RunReport) throws(Problem) -> [Mine] {
    var mine: [Mine] = []
    for group in groups {
      for file in group.files {
        do throws(Problem) {
          guard let taken = try desk.take(file, for: .statuses(group.entry)) else { continue }
          mine.append(Mine(taken: taken, entry: group.entry))
        } catch {
          try report.fail(error)
        }
      }
    }
    return mine
  }

  /// Many files are read twice, so that they need not all be held at once.
  private func inOrder(_ files: [Mine]) -> [Mine] {
    if files.count < 2 { return files }
    let begun = files.indices.map { index in
      let times = try? read(files[index]).changes.compactMap(\.changedAt)
      return (at: times?.min() ?? .min, index: index)
    }
    return begun.sorted(by: <).map { files[$0.index] }
  }

  private func record(_ mine: Mine, _ changes: ChangeDesk) throws(Problem) -> FileReport {
    let (taken, entry) = (mine.taken, mine.entry)
    bench.progress.report("Reading Inbox/\(taken.name)", fraction: nil)
    let file = try desk.undoing([taken]) { () throws(Problem) in try read(mine) }
    guard try bench.inbox.isUnchanged(taken.file) else {
      try desk.putBack(taken)
      return file.report(.waiting, "it was written while it was read")
    }
    if file.isRefused { return try end(file, taken, .rejected, file.refusal) }
    let (verdict, end) = try desk.undoing([taken]) { () throws(Problem) in
      try changes.record(file.changes, of: taken.id, by: entry) { verdict throws(Problem) in
        try decision(file.adding(verdict.problems), taken, verdict.outcome, verdict.words)
      }
    }
    try desk.place(taken.file.work, end)
    return file.adding(verdict.problems).report(verdict.outcome, verdict.words)
  }

  private func read(_ mine: Mine) throws(Problem) -> StatusFile {
    let taken = mine.taken
    return try bench.inbox.withPaths(to: [taken.file]) { paths throws(Problem) in
      let source = ExportPass.Source(taken, path: paths[0])
      return try StatusFile(
        source, name: taken.name, entry: mine.entry, moves: bench.progress.moves)
    }
  }

  private func end(
    _ file: StatusFile, _ taken: FileDesk.Taken, _ outcome: FileOutcome, _ words: String
  ) throws(Problem) -> FileReport {
    try desk.end(taken.file.work, try decision(file, taken, outcome, words))
    return file.report(outcome, words)
  }

  private func decision(
    _ file: StatusFile, _ taken: FileDesk.Taken, _ outcome: FileOutcome, _ words: String
  ) throws(Problem) -> FileDecision {
    try desk.decision(
      on: taken, outcome, records: file.outcome.records, problems: file.problems.total,
      summary: words, report: file.problems.total > 0 ? file.problemReport(outcome) : nil)
  }
}
