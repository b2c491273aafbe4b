import InboxFiles
package import LedgerStore
package import Records
import RowMapping
package import Settings

/// What a run would do now, found out by previews.
package struct RunPlan {
  package private(set) var report = RunReport()

  /// - Parameter ledger: nothing before the first run.
  package init(
    workspace: String, settings: Settings, shelf: MappingShelf, ledger: Ledger?,
    progress: any Progress
  ) throws(Problem) {
    let listing = try Inbox(root: "\(workspace)/Inbox").listing()
    report.problems = listing.problems
    let found = FoundFiles(listing, shelf: shelf)
    report.files = found.strays
    let names = found.groups.flatMap { $0.files.joined().map(\.name) }
    let known = try ledger?.known(Scope(filesOf: settings), names) ?? [:]
    for group in found.groups where group.isComplete {
      let isNew = { (file: Candidate) in
        guard let old = known[file.name], old.recipe == group.mapping.recipe else { return true }
        return !file.isUnchanged(since: old.stamp, takenAt: old.recordedAt)
      }
      switch group.mapping {
      case .statuses(let entry):
        for file in group.files[0] where isNew(file) {
          let preview = try StatusPreview(
            Self.source(file, workspace), name: file.name, entry: entry)
          report.files.append(preview.report(file.name, mapping: entry.mapping.file.name))
        }
      case .products(let entry):
        let current = group.files.compactMap(\.last)
        guard current.contains(where: isNew) else { continue }
        let preview = try Preview(
          current.map { Self.source($0, workspace) }, entry: entry, shelf: shelf,
          settings: settings, ledger: ledger, progress: progress)
        report.files += Self.superseded(group, by: entry, where: isNew)
        report.files.append(Self.report(preview, current[0].name))
      }
    }
  }

  /// The older files, where a run would read none but the newest.
  private static func superseded(
    _ group: FoundFiles.Group, by entry: MappingShelf.Entry, where isNew: (Candidate) -> Bool
  ) -> [FileReport] {
    if case .perRecord = entry.mapping.statedStore, group.files.count == 1 { return [] }
    return group.files.flatMap { $0.dropLast() }.filter(isNew).map { file in
      var report = FileReport(
        name: file.name, mapping: entry.mapping.file.name, outcome: .superseded)
      report.summary = "a newer export of the same mapping is there"
      return report
    }
  }

  private static func source(_ file: Candidate, _ workspace: String) -> ExportPass.Source {
    ExportPass.Source(
      path: "\(workspace)/Inbox/\(file.name)", display: "Inbox/\(file.name)",
      name: file.name.split(separator: "/").last.map(String.init) ?? file.name)
  }

  private static func report(_ preview: Preview, _ name: String) -> FileReport {
    let outcome: FileOutcome =
      preview.isRefused
      ? .rejected : preview.stores.contains(where: \.isHeld) ? .held : .sent
    var report = FileReport(name: name, mapping: preview.mapping.file.name, outcome: outcome)
    report.records = preview.outcome.records
    report.problems = preview.problems
    report.problemCount = preview.problemCount
    report.needsPerson = outcome != .sent || preview.problemCount > 0
    report.summary =
      preview.isRefused
      ? "it would be refused"
      : preview.stores.map { "\($0.store.posStoreId): \($0.decision)" }.joined(separator: "; ")
    return report
  }
}
