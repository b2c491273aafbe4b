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

  init(
    bench: Workbench, shelf: MappingShelf, desk: FileDesk, ender: FileEnder, sender: RequestSender
  ) {
    self.bench = bench
    self.shelf = shelf
    self.desk = desk
    self.ender = ender
    let contract = shelf.contract
    self.sender = ProductSender(
      bench: bench, sender: sender, remedy: { contract.remedy(for: $0) })
  }

  /// Takes what can be taken, and sends what has to be sent.
  ///
  /// - Throws: a ledger that cannot work; what else goes wrong with a file or a store keeps no other
  ///   one back.
  func run(_ exports: [Exports], _ report: inout RunReport) async throws(Problem) {
    let (open, early) = try CatalogueGate(bench: bench, shelf: shelf).split(exports)
    report.files += early
    for group in open where group.entry.mapping.catalogue == nil {
      do throws(Problem) {
        try await sync(group, &report)
      } catch {
        try report.fail(error)
      }
    }
    let together = open.filter { $0.entry.mapping.catalogue != nil }
    for catalogue in Set(together.map(\.entry.catalogue)).sorted() {
      do throws(Problem) {
        try await CatalogueSync(flow: self, sender: sender, ender: ender, tried: tried(report))
          .run(together.filter { $0.entry.catalogue == catalogue }, &report)
      } catch {
        try report.fail(error)
      }
    }
    // Their files' own reports say that they were given up for newer ones.
    var repeated: [RequestReport] = []
    for earlier in report.repeated
    where try bench.ledger.request(earlier.requestId)?.state != .superseded {
      repeated.append(earlier)
    }
    report.repeated = repeated
  }

  /// Sends what an earlier run left undecided and what is due, first what was not tried for longest.
  func repeatOpenRequests(_ report: inout RunReport) async throws(Problem) {
    var open: [SyncRequest] = []
    for scope in bench.scopes { open += try bench.ledger.openRequests(scope) }
    open.sort { $0.restsSince < $1.restsSince }
    for request in open {
      do throws(Problem) {
        report.repeated.append(try await goOn(with: request))
        try end(request, &report)
      } catch {
        try report.fail(error)
      }
    }
  }

  private func goOn(with request: SyncRequest) async throws(Problem) -> RequestReport {
    request.isDue(at: bench.now()) ? try await sender.send(request) : sender.resting(request)
  }

  /// Ends the files behind a request, where it was the last one that they waited for.
  private func end(_ request: SyncRequest, _ report: inout RunReport) throws(Problem) {
    for file in request.files {
      do throws(Problem) {
        guard let record = try bench.ledger.file(file) else { continue }
        if let lost = try ender.endIfDecided(record).lost { report.problems.append(lost) }
      } catch {
        try report.fail(error)
      }
    }
  }

  /// Takes the current file, or the current files that belong together.
  private func sync(_ group: Exports, _ report: inout RunReport) async throws(Problem) {
    var covered: Set<String> = []
    var works: [FileSync.Work] = []
    let sync = FileSync(
      flow: self, entry: group.entry, sender: sender, ender: ender, tried: tried(report))
    for batch in try batches(group, &report.files) {
      works.append(try sync.read(batch, covered: &covered))
    }
    for work in works.reversed() { report.files += try await sync.finish(work) }
  }

  /// Requests of earlier runs that were sent again in this one.
  private func tried(_ report: RunReport) -> Set<String> {
    Set(report.repeated.filter { $0.delivery != nil }.map(\.requestId))
  }

  /// What is to be read together, the newest first; older files are superseded.
  ///
  /// Where records name their stores, an older file may speak of one that the newer ones don't. All
  /// are read, the newest first, and end with the newest last: a run that is killed in between must
  /// not leave an older one alone, to be taken for the current one.
  func batches(
    _ group: Exports, _ reports: inout [FileReport]
  ) throws(Problem) -> [[InboxWatch.Whole]] {
    var batches: [[InboxWatch.Whole]] = [group.files.map { $0[$0.count - 1] }]
    let older = group.files.flatMap { $0.dropLast() }
    if case .perRecord = group.entry.mapping.statedStore, group.files.count == 1 {
      batches += older.reversed().map { [$0] }
    } else {
      for file in older { reports += try supersede(file, group.entry) }
    }
    return batches
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
