import InboxFiles
import LedgerStore
package import Records
import RowMapping
import Settings

/// What a run would do now, found out by previews.
package struct RunPlan {
  package private(set) var report = RunReport()

  /// - Throws: what would keep a run from finding anything.
  package init(shelf: MappingShelf, bench looking: LookingBench) async throws(Problem) {
    let bench = looking.bench
    let listing = try bench.inbox.listing()
    report.problems = listing.problems
    let found = FoundFiles(listing, shelf: shelf)
    let (ready, waiting) = try await InboxWatch(bench: bench, records: false).ready(found.groups)
    report.files = found.strays + waiting
    var exports: [SyncProducts.Exports] = []
    for group in ready {
      switch group.mapping {
      case .statuses(let entry):
        for file in group.files[0] {
          let preview = try StatusPreview(
            Self.source(file.candidate, bench.workspace), name: file.candidate.name, entry: entry)
          report.files.append(
            preview.report(file.candidate.name, mapping: entry.mapping.file.name))
        }
      case .products(let entry): exports.append(.init(entry: entry, files: group.files))
      }
    }
    let (open, early) = try CatalogueGate(bench: bench, shelf: shelf).split(exports)
    report.files += early
    var previews: [Preview] = []
    for group in open {
      let current = group.files.compactMap(\.last)
      previews.append(
        try Preview(
          current.map { Self.source($0.candidate, bench.workspace) }, entry: group.entry,
          shelf: shelf, bench: looking, digest: current[0].look.digest))
    }
    try Preview.decide(previews)
    for (group, preview) in zip(open, previews) {
      report.files += try Self.superseded(group, bench)
      report.files.append(
        Self.report(preview, group.files[0][group.files[0].count - 1].candidate.name))
    }
  }

  /// The older files, where a run would read none but the newest.
  private static func superseded(
    _ group: SyncProducts.Exports, _ bench: Workbench
  ) throws(Problem) -> [FileReport] {
    if case .perRecord = group.entry.mapping.statedStore, group.files.count == 1 { return [] }
    let older = group.files.flatMap { $0.dropLast() }.map(\.candidate)
    let known = try bench.ledger.known(bench.fileScope, older.map(\.name))
    let news = older.filter { file in
      guard let old = known[file.name], old.recipe == group.entry.recipe else { return true }
      return !file.isUnchanged(since: old.stamp, takenAt: old.recordedAt)
    }
    return news.map { file in
      var report = FileReport(
        name: file.name, mapping: group.entry.mapping.file.name, outcome: .superseded)
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
      ? .rejected
      : preview.waits != nil
        ? .waiting : preview.stores.contains(where: \.isHeld) ? .held : .sent
    var report = FileReport(name: name, mapping: preview.mapping.file.name, outcome: outcome)
    report.records = preview.outcome.records
    report.problems = preview.problems
    report.problemCount = preview.problemCount
    report.needsPerson = [.rejected, .held].contains(outcome) || preview.problemCount > 0
    report.summary =
      preview.isRefused
      ? "it would be refused"
      : preview.waits
        ?? preview.stores.map { "\($0.store.posStoreId): \($0.decision)" }.joined(separator: "; ")
    return report
  }
}
