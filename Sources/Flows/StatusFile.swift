import InboxFiles
import LedgerStore
import Records
import RowMapping

/// A status file that was read.
struct StatusFile {
  let name: String
  let entry: MappingShelf.StatusEntry
  /// By line.
  let changes: [OrderChange]
  let outcome: MappingOutcome
  private(set) var problems: ProblemGroups
  let badRows: RejectedRows?
  /// What was found out about the format, for people.
  let notes: [String]
  /// Nothing of it counts.
  let isRefused: Bool

  /// - Parameter moves: hears now and then that the reading goes on.
  /// - Throws: our own trouble; everything that is wrong with the file is in its problems.
  init(
    _ source: ExportPass.Source, name: String, entry: MappingShelf.StatusEntry,
    moves: @escaping () -> Void = {}
  ) throws(Problem) {
    self.name = name
    self.entry = entry
    let list = ChangeList()
    do throws(Problems) {
      let result = try StatusPass(entry.mapping, progress: { _, _ in moves() })
        .run(source, to: list)
      outcome = result.outcome
      problems = ProblemGroups(outcome.problems + outcome.leftOut)
      problems.addUnlisted(outcome.problemCount - outcome.problems.count)
      badRows = result.rejectedRows
      notes = result.notes
      isRefused = !entry.mapping.badRows.allows(outcome)
      changes = list.changes
    } catch {
      if let own = error.all.first(where: \.isOurTrouble) { throw own }
      outcome = MappingOutcome()
      problems = ProblemGroups(error.all)
      badRows = nil
      notes = []
      isRefused = true
      changes = []
    }
  }

  /// The same with what turned out when its changes were held against their orders.
  func adding(_ more: [Problem]) -> StatusFile {
    var file = self
    for problem in more { file.problems.add(problem) }
    return file
  }

  var refusal: String { problems.groups.first?.first.message ?? "it has problems" }

  func report(_ outcome: FileOutcome, _ summary: String) -> FileReport {
    var report = FileReport(name: name, mapping: entry.mapping.file.name, outcome: outcome)
    report.records = self.outcome.records
    report.problems = problems.groups.map(\.first)
    report.problemCount = problems.total
    report.needsPerson = problems.total > 0
    report.summary = summary
    return report
  }

  /// What is put beside the file.
  func problemReport(_ outcome: FileOutcome) -> ProblemReport {
    let file = "Inbox/\(name)"
    return ProblemReport(
      headline: outcome == .rejected
        ? "\(file) is refused; nothing of it was sent."
        : "\(file) went on without what is listed here.",
      problems: problems, rows: badRows,
      next: "Fix it in the POS and have it write the file again; or fix the mapping "
        + "\(entry.mapping.file.path)"
        + (outcome == .rejected ? " and run: \(ShellCommand.line("retry", name))." : "."))
  }
}

/// Keeps changes in memory: a day's list is small.
private final class ChangeList: ChangeSink {
  private(set) var changes: [OrderChange] = []

  func append(_ change: OrderChange) { changes.append(change) }
}
