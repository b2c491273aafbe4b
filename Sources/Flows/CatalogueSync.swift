import DStoreAPI
import Digests
import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings

/// Brings the exports of one catalogue that a run found to D-Store, as one list a store.
///
/// Each export is read by itself; what is good is joined with what D-Store accepted of the mappings
/// that have no new export. An export that cannot go along waits, is held or is refused; the others
/// are then joined without it, so that nothing goes out before each mapping has had a good one.
struct CatalogueSync {
  let flow: SyncProducts
  let sender: ProductSender
  let ender: FileEnder
  /// Requests of earlier runs that were sent again in this one.
  let tried: Set<String>

  var bench: Workbench { flow.bench }

  /// An export that was read and is good.
  struct Export {
    let sync: FileSync
    let taken: [FileDesk.Taken]
    let mapped: MappedExport
    /// The lists of those stores that no newer export of its mapping speaks of.
    let lists: [SpooledProducts]
    let isNewest: Bool

    var entry: MappingShelf.Entry { sync.entry }
    var mapping: String { entry.mapping.file.name }
    var name: String { taken[0].name }

    func list(of store: StoreSetting) -> SpooledProducts? {
      lists.first { $0.store.posStoreId == store.posStoreId }
    }
  }

  /// Why an export does not go along.
  enum Verdict {
    case waits(String)
    case held(String)
    case refused([Problem])
  }

  /// What is to be done for one store.
  struct Plan {
    let store: StoreSetting
    /// The union.
    let products: SpooledProducts
    /// What goes out; `nil` where D-Store has all of it.
    var sent: (body: SpooledProducts, kind: SyncRequest.Kind)?
    /// The exports, by their places, that bring new parts of it.
    let exports: [Int]
    /// The undecided request of the store that is given up for this one.
    let earlier: SyncRequest?
    var warning: Problem?
  }

  func run(_ groups: [SyncProducts.Exports], _ report: inout RunReport) async throws(Problem) {
    var exports: [Export] = []
    for group in groups {
      let sync = FileSync(
        flow: flow, entry: group.entry, sender: sender, ender: ender, tried: tried)
      var reports: [FileReport] = []
      exports += try flow.desk.undoing(exports.flatMap(\.taken)) { () throws(Problem) in
        try read(group, sync, &reports)
      }
      report.files += reports
    }
    while !exports.isEmpty {
      let judgement = try flow.desk.undoing(exports.flatMap(\.taken)) { () throws(Problem) in
        try CatalogueJudge(sync: self, exports: exports).judge()
      }
      switch judgement {
      case .without(let verdicts):
        for index in verdicts.keys.sorted(by: >) {
          let export = exports.remove(at: index)
          if let verdict = verdicts[index] { report.files += try end(export, verdict) }
        }
      case .ready(let plans):
        return report.files += try await send(plans, exports)
      }
    }
  }

  /// Reads the exports of one mapping, the newest first; what is refused ends at once.
  private func read(
    _ group: SyncProducts.Exports, _ sync: FileSync, _ reports: inout [FileReport]
  ) throws(Problem) -> [Export] {
    var covered: Set<String> = []
    var exports: [Export] = []
    for (index, batch) in try flow.batches(group, &reports).enumerated() {
      let work = try flow.desk.undoing(exports.flatMap(\.taken)) { () throws(Problem) in
        try sync.read(batch, covered: &covered)
      }
      if case .send(let taken, let mapped, let lists) = work {
        exports.insert(
          Export(sync: sync, taken: taken, mapped: mapped, lists: lists, isNewest: index == 0),
          at: 0)
      } else {
        reports += try flow.desk.undoing(exports.flatMap(\.taken)) { () throws(Problem) in
          try sync.end(work)
        }
      }
    }
    return exports
  }

  private func end(_ export: Export, _ verdict: Verdict) throws(Problem) -> [FileReport] {
    export.mapped.discard()
    switch verdict {
    case .waits(let words):
      for file in export.taken { try flow.desk.putBack(file) }
      return export.taken.map { export.sync.report($0.name, .waiting, words) }
    case .held(let words): return try export.sync.hold(export.mapped, export.taken, words)
    case .refused(let problems):
      let place = Place(file: "Inbox/\(export.name)")
      return try export.sync.reject(
        export.taken, export.mapped.refused(for: problems.map { $0.filled(from: place) }))
    }
  }
}

/// The end.
extension CatalogueSync {
  private func send(
    _ plans: [Plan], _ exports: [Export]
  ) async throws(Problem) -> [FileReport] {
    let sent = plans.filter { $0.sent != nil }
    let going = Set(sent.flatMap(\.exports))
    let idle = exports.indices.filter { !going.contains($0) }
    let all = exports.flatMap(\.taken)
    var reports: [FileReport] = []
    try flow.desk.undoing(all) { () throws(Problem) in try keepParts(of: plans, exports) }
    // Before the newer ones: a run that is killed in between must not leave an older one alone.
    for index in idle where !exports[index].isNewest { reports += try end(idle: exports[index]) }
    var remaining = exports.indices.filter { going.contains($0) || exports[$0].isNewest }
    let earlier = sent.compactMap(\.earlier)
    let unused = try flow.desk.undoing(remaining.flatMap { exports[$0].taken }) {
      () throws(Problem) in
      try bench.ledger.open(try openings(sent, exports), replacing: earlier)
    }
    bench.settings.payloads.remove(unused)
    remaining.removeAll { going.contains($0) }
    for index in remaining { reports += try end(idle: exports[index]) }
    var results: [String: RequestReport] = [:]
    var troubles = plans.compactMap(\.warning)
    if let first = sent.first {
      reports += try exports[first.exports[0]].sync.end(superseded: earlier, &troubles)
    }
    for plan in sent {
      do throws(Problem) {
        guard let id = plan.sent?.body.requestId, let request = try bench.ledger.request(id)
        else { continue }
        results[id] = try await sender.send(request)
      } catch {
        try troubles.note(error)
      }
    }
    for index in going.sorted() {
      let own = sent.filter { $0.exports.contains(index) }
        .compactMap { plan in plan.sent.flatMap { results[$0.body.requestId] } }
      // Each request is told once, with the first of its files.
      let told = own.filter { result in
        sent.contains { $0.sent?.body.requestId == result.requestId && $0.exports.min() == index }
      }
      reports += try exports[index].sync.ended(
        exports[index].taken, exports[index].mapped, own, told: told, troubles)
      troubles = []
    }
    return reports
  }

  /// What goes into no request: D-Store has it, or a newer export speaks of its stores.
  private func end(idle export: Export) throws(Problem) -> [FileReport] {
    let reported = try export.sync.reportBadRows(of: export.mapped, export.taken)
    return try export.sync.end(
      export.taken, export.lists.isEmpty ? .superseded : .unchanged, summary: FileSync.equal,
      mapped: export.mapped, reported: reported)
  }

  private func keepParts(of plans: [Plan], _ exports: [Export]) throws(Problem) {
    let kept = plans.filter { $0.sent == nil }
    if kept.isEmpty { return }
    let unused = try bench.ledger.keep(kept.flatMap { parts(of: $0, exports) })
    bench.settings.payloads.remove(unused)
    for plan in kept { plan.products.discard() }
  }

  private func openings(
    _ plans: [Plan], _ exports: [Export]
  ) throws(Problem) -> [RequestOpening] {
    // Before anything of the files goes out, so that no kill can lose it.
    var reports: [Int: String] = [:]
    for index in Set(plans.flatMap(\.exports)) {
      reports[index] = try exports[index].sync.reportBadRows(
        of: exports[index].mapped, exports[index].taken)
    }
    return plans.compactMap { plan in
      guard let sent = plan.sent else { return nil }
      let files = plan.exports.flatMap { index in
        exports[index].taken.map {
          SourceFile(
            id: $0.id, records: exports[index].mapped.outcome.records,
            problems: exports[index].mapped.problems.total, report: reports[index])
        }
      }
      let request = exports[plan.exports[0]].sync.request(
        products: plan.products, sent: sent.body, kind: sent.kind, source: nil)
      return RequestOpening(request, files: files, parts: parts(of: plan, exports))
    }
  }

  private func parts(of plan: Plan, _ exports: [Export]) -> [Part] {
    plan.exports.compactMap { index in
      guard let own = exports[index].list(of: plan.store) else { return nil }
      return Part(
        scope: bench.scope(account: plan.store.posAccountId), store: plan.store.posStoreId,
        mapping: exports[index].mapping, recipe: exports[index].entry.recipe,
        path: PayloadFolder.name(of: own.body.path), digest: own.body.productsDigest.hex,
        file: exports[index].taken[0].id, updatedAt: bench.now())
    }
  }
}
