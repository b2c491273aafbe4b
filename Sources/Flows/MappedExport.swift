import InboxFiles
import Records
import RowMapping

/// What came of reading one export through its mapping.
struct MappedExport {
  let entry: MappingShelf.Entry
  let outcome: MappingOutcome
  /// A list of products for each store that it speaks of; none where the file is refused.
  let products: [SpooledProducts]
  /// Whatever must be known about rows, or what refuses the file as a whole.
  let problems: ProblemGroups
  let badRows: RejectedRows?
  /// What was found out about the format.
  let notes: [String]
  let isRefused: Bool

  /// The same export, refused for what turned out after its rows were read.
  func refused(for reasons: [Problem]) -> MappedExport {
    var groups = problems
    for problem in reasons { groups.add(problem) }
    return MappedExport(
      entry: entry, outcome: outcome, products: [], problems: groups, badRows: badRows,
      notes: notes, isRefused: true)
  }

  func discard() {
    for spool in products { spool.discard() }
  }

  /// What is put beside a file that is refused, or whose bad rows were left out.
  ///
  /// - Parameter name: the file's, relative to the inbox.
  func report(name: String) -> ProblemReport {
    let file = "Inbox/\(name)"
    let share = "\(outcome.badRecords) of \(outcome.records) records"
    let headline =
      !isRefused && outcome.badRecords == 0
      ? "\(file) went on; some lines of it were left out, because they are no records."
      : !isRefused
        ? "\(file) went on without its bad rows: \(share)."
        : outcome.badRecords == 0
          ? "\(file) is refused; nothing of it was sent."
          : "\(file) is refused, because \(share) have a problem; nothing of it was sent."
    return ProblemReport(
      headline: headline, problems: problems, rows: badRows,
      next: isRefused
        ? "Fix the export in the POS and drop the whole file there again; or fix the mapping "
          + "\(entry.mapping.file.path) and run: \(ShellCommand.line("retry", name))."
        : "Fix these rows in the POS and export again.")
  }
}
