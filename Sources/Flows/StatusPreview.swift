import InboxFiles
import LedgerStore
package import Records
import RowMapping

/// What a run would read in a status file, found out without touching anything. What becomes of a
/// change depends on its order, which only a run looks up.
package struct StatusPreview {
  package let mapping: String
  package let notes: [String]
  package let changes: [OrderChange]
  package let records: Int
  package let problems: [Problem]
  package let problemCount: Int
  package let isRefused: Bool

  /// - Throws: our own trouble; everything that is wrong with the file is in the problems.
  package init(
    _ source: ExportPass.Source, name: String, entry: MappingShelf.StatusEntry
  ) throws(Problem) {
    let file = try StatusFile(source, name: name, entry: entry)
    mapping = entry.mapping.file.path
    notes = file.notes
    changes = file.isRefused ? [] : file.changes
    records = file.outcome.records
    problems = file.problems.groups.map(\.first)
    problemCount = file.problems.total
    isRefused = file.isRefused
  }

  func report(_ name: String, mapping: String) -> FileReport {
    var report = FileReport(name: name, mapping: mapping, outcome: isRefused ? .rejected : .sent)
    report.records = records
    report.problems = problems
    report.problemCount = problemCount
    report.needsPerson = problemCount > 0
    report.summary =
      isRefused ? "it would be refused" : "it says \(changes.count) change(s) of orders"
    return report
  }
}
