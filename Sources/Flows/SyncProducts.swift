import Contract
import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings

/// The first promise: what the POS exports is what D-Store sells.
///
/// An export goes through these stages:
///
/// 1. ``ProductSender`` repeats what an earlier run left undecided.
/// 2. ``InboxWatch`` found files that are whole and new; ``FileDesk`` takes them.
/// 3. ``ExportMapping`` turns rows into a list of products for each store, on disk.
/// 4. ``StoreSync`` decides what has to be sent: nothing, the statuses, everything, or a person.
/// 5. The ledger holds the request, durable, before ``ProductSender`` sends its first byte.
/// 6. ``FileEnder`` files the export away once D-Store has decided.
struct SyncProducts {
  let bench: Workbench
  let shelf: MappingShelf
  let desk: FileDesk
  private let ender: FileEnder
  private let sender: ProductSender

  /// The exports of one mapping that can be taken; the last of each list is the current one.
  struct Exports {
    let entry: MappingShelf.Entry
    let files: [[InboxWatch.Whole]]
  }

  init(bench: Workbench, shelf: MappingShelf, desk: FileDesk, ender: FileEnder) {
    self.bench = bench
    self.shelf = shelf
    self.desk = desk
    self.ender = ender
    let contract = shelf.contract
    sender = ProductSender(bench: bench, remedy: { contract.remedy(for: $0) })
  }

  /// Takes what can be taken, and sends what has to be sent.
  ///
  /// - Throws: our own trouble that makes going on pointless.
  func run(_ exports: [Exports], _ report: inout RunReport) async throws(Problem) {
    let (open, early) = try CatalogueGate(bench: bench, shelf: shelf).split(exports)
    report.files += early
    for group in open {
      do throws(Problem) {
        report.files += try await sync(group)
      } catch {
        report.problems.append(error)
        if error.isLedgerTrouble { break }
      }
    }
  }

  /// Sends what an earlier run left undecided and what is due.
  func repeatOpenRequests(_ report: inout RunReport) async throws(Problem) {
    for scope in bench.scopes {
      for request in try bench.ledger.openRequests(scope) {
        do throws(Problem) {
          report.repeated.append(try await goOn(with: request))
        } catch {
          report.problems.append(error)
          if error.isLedgerTrouble { throw error }
        }
      }
    }
  }

  private func goOn(with request: SyncRequest) async throws(Problem) -> RequestReport {
    let report: RequestReport
    if bench.now() - request.createdAt > bench.settings.giveUpAfter.milliseconds {
      report = try sender.giveUp(request)
    } else if request.isDue(at: bench.now()) {
      report = try await sender.send(request)
    } else {
      report = sender.resting(request)
    }
    for file in request.files {
      if let record = try bench.ledger.file(file) { _ = try ender.endIfDecided(record) }
    }
    return report
  }

  /// Takes the current file, or the current files that belong together; older ones are superseded.
  ///
  /// Where records name their stores, an older file may speak of one that the newer ones don't. All
  /// are read, the newest first, and end with the newest last: a run that is killed in between must
  /// not leave an older one alone, to be taken for the current one.
  private func sync(_ group: Exports) async throws(Problem) -> [FileReport] {
    var reports: [FileReport] = []
    var batches: [[InboxWatch.Whole]] = [group.files.map { $0[$0.count - 1] }]
    let older = group.files.flatMap { $0.dropLast() }
    if case .perRecord = group.entry.mapping.statedStore, group.files.count == 1 {
      batches += older.reversed().map { [$0] }
    } else {
      for file in older { reports += try supersede(file, group.entry) }
    }
    var covered: Set<String> = []
    var works: [FileSync.Work] = []
    let sync = FileSync(flow: self, entry: group.entry, sender: sender, ender: ender)
    for batch in batches { works.append(try sync.read(batch, covered: &covered)) }
    for work in works.reversed() { reports += try await sync.finish(work) }
    return reports
  }

  private func supersede(
    _ file: InboxWatch.Whole, _ entry: MappingShelf.Entry
  ) throws(Problem) -> [FileReport] {
    guard let taken = try desk.take(file, for: .products(entry)) else { return [] }
    let summary = "a newer export of the same mapping was there"
    try desk.end(taken, .superseded, summary: summary)
    var report = FileReport(
      name: file.candidate.name, mapping: entry.mapping.file.name, outcome: .superseded)
    report.summary = summary
    return [report]
  }
}
