import Contract
import DStoreAPI
import Digests
import Glibc
import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings

extension FileSync {
  /// What is to be sent for one store.
  private struct Plan {
    /// The whole list of the store: the base once the request is accepted.
    let products: SpooledProducts
    /// What goes out: the list itself, or a status update.
    let sent: SpooledProducts
    let kind: SyncRequest.Kind
    /// What a person should know of the base.
    var warning: Problem?
    /// The undecided request of the store that is given up for this one.
    var earlier: SyncRequest?
  }

  /// Decides for each store, then opens the requests, sends them, and files the export away.
  ///
  /// - Parameter current: the lists of those stores that no newer file speaks of.
  func send(
    _ current: [SpooledProducts], _ mapped: MappedExport, _ taken: [FileDesk.Taken]
  ) async throws(Problem) -> [FileReport] {
    let open = try undoing(taken) { () throws(Problem) in try openRequests(current) }
    let busy = try undoing(taken) { () throws(Problem) in
      try busyStore(open)
    }
    if let busy {
      mapped.discard()
      for file in taken { try flow.desk.putBack(file) }
      return taken.map { report($0.name, .waiting, Self.undecided(busy)) }
    }
    var plans: [Plan] = []
    for products in current {
      bench.progress.report(
        "Comparing the products of \(products.store.posStoreId) with what D-Store has",
        fraction: nil)
      let earlier = open[products.store]
      let outcome = try undoing(taken) { () throws(Problem) in
        try plan(products, taken, replacing: earlier)
      }
      switch outcome {
      case .send(var plan):
        plan.earlier = earlier
        plans.append(plan)
      case .nothing: products.discard()
      case .held(let words):
        mapped.discard()
        return try hold(mapped, taken, words)
      }
    }
    guard !plans.isEmpty else {
      let outcome: FileOutcome = current.isEmpty ? .superseded : .unchanged
      let reported = try undoing(taken) { () throws(Problem) in
        try reportBadRows(of: mapped, taken)
      }
      return try end(taken, outcome, summary: Self.equal, mapped: mapped, reported: reported)
    }
    return try await send(plans, mapped, taken)
  }

  private enum PlanOutcome {
    case send(Plan)
    case nothing
    /// In words: why.
    case held(String)
  }

  /// - Parameter earlier: an undecided request of the store that is given up where a list is sent.
  private func plan(
    _ products: SpooledProducts, _ taken: [FileDesk.Taken], replacing earlier: SyncRequest?
  ) throws(Problem) -> PlanOutcome {
    let scope = bench.scope(account: products.store.posAccountId)
    var accepted = try bench.ledger.accepted(scope, store: products.store.posStoreId)
    if earlier != nil { accepted?.isKnown = false }
    let isApproved = try bench.ledger.isApproved(
      bench.fileScope, digest: taken[0].file.digest.hex)
    if !isApproved, let words = takeover(of: accepted) { return .held(words) }
    let sync = StoreSync(contract: flow.shelf.contract, settings: bench.settings)
    let decision = try sync.decide(
      products, recipe: flow.shelf.recipe(of: entry), accepted: accepted,
      maxDrop: isApproved ? nil : entry.mapping.maxDrop)
    switch decision {
    case .nothing: return .nothing
    case .held(let changes):
      return .held(Self.shrinking(changes, products.store, maxDrop: entry.mapping.maxDrop))
    case .full(_, let warning):
      return .send(
        Plan(products: products, sent: products, kind: .full, warning: warning))
    case .statusUpdate(_, let index):
      let update = StatusUpdate(contract: flow.shelf.contract, folder: bench.payloads)
      return .send(
        Plan(
          products: products, sent: try update.write(products, against: index),
          kind: .statusUpdate))
    }
  }

  /// `50`, `12.5`.
  private static func percent(_ share: Double) -> String {
    share == share.rounded() ? String(Int(share)) : String(share)
  }

  /// Two mappings that make one store's products by turns would delete each other's.
  func takeover(of accepted: AcceptedSync?) -> String? {
    guard let accepted, let other = accepted.catalogue, other != entry.catalogue,
      flow.shelf.products.contains(where: { $0.catalogue == other })
    else { return nil }
    return "the products of store \(accepted.store) came from \"\(other)\" so far, and this export "
      + "would replace all of them"
  }

  static func shrinking(
    _ changes: ProductChanges, _ store: StoreSetting, maxDrop: Double
  ) -> String {
    let share = Int(changes.drop.rounded())
    return "\(share) % of the \(changes.before) products of store \(store.posStoreId) would go or "
      + "become unavailable (\(changes.words)); the guard allows \(percent(maxDrop)) %"
  }

  func hold(
    _ mapped: MappedExport, _ taken: [FileDesk.Taken], _ words: String
  ) throws(Problem) -> [FileReport] {
    var reports = try end(taken, .held, summary: words, mapped: mapped)
    reports[0].needsPerson = true
    reports[0].problems.append(
      Problem(
        "held", at: Place(file: "Inbox/\(taken[0].name)"), words,
        remedy: "If the export is right, run: \(ShellCommand.line("approve", taken[0].name)). "
          + "If not, export again."))
    return reports
  }

  private func send(
    _ plans: [Plan], _ mapped: MappedExport, _ taken: [FileDesk.Taken]
  ) async throws(Problem) -> [FileReport] {
    let source = Self.sourceDigest(taken.map(\.file.digest))
    let requests = plans.map {
      request(products: $0.products, sent: $0.sent, kind: $0.kind, source: source)
    }
    let earlier = plans.compactMap(\.earlier)
    let unused = try undoing(taken) { () throws(Problem) in
      // Before anything of the file goes out, so that no kill can lose it.
      let report = try reportBadRows(of: mapped, taken)
      return try bench.ledger.open(
        requests, files: taken.map(\.id),
        counts: (mapped.outcome.records, mapped.problems.total), report: report,
        replacing: earlier)
    }
    bench.settings.payloads.remove(unused)
    var results: [RequestReport] = []
    var troubles = plans.compactMap(\.warning)
    let superseded = try end(superseded: earlier, &troubles)
    for request in requests {
      do throws(Problem) {
        results.append(try await sender.send(request))
      } catch {
        try troubles.note(error)
      }
    }
    return superseded + (try ended(taken, mapped, results, troubles))
  }

  /// - Parameters:
  ///   - products: the store's whole list.
  ///   - sent: what goes out: the list itself, or a status update.
  ///   - source: the digest of the files that alone make the list; `nil` where others do, too.
  func request(
    products: SpooledProducts, sent: SpooledProducts, kind: SyncRequest.Kind, source: String?
  ) -> SyncRequest {
    SyncRequest(
      requestId: sent.requestId, scope: bench.scope(account: products.store.posAccountId),
      api: "syncProduct", store: products.store.posStoreId, catalogue: entry.catalogue, kind: kind,
      bodyPath: PayloadFolder.name(of: sent.body.path), bodyDigest: sent.body.seal.text,
      basePath: PayloadFolder.name(of: products.body.path),
      productsDigest: products.body.productsDigest.hex,
      recipe: flow.shelf.recipe(of: entry), sourceDigest: source,
      productCount: sent.body.count, createdAt: bench.now())
  }

  /// Ends the files of requests that were sent.
  ///
  /// - Parameter told: those of the results that their report names; `nil` for all.
  func ended(
    _ taken: [FileDesk.Taken], _ mapped: MappedExport, _ results: [RequestReport],
    told: [RequestReport]? = nil, _ troubles: [Problem]
  ) throws(Problem) -> [FileReport] {
    var reports: [FileReport] = []
    var troubles = troubles
    for file in taken {
      guard let record = try bench.ledger.file(file.id) else { continue }
      let end = try ender.endIfDecided(record)
      if let lost = end.lost { troubles.append(lost) }
      reports.append(report(file.name, end.outcome, Self.words(results)))
    }
    guard !reports.isEmpty else { return [] }
    mapped.fill(&reports[0])
    reports[0].requests = told ?? results
    if results.contains(where: \.needsPerson) { reports[0].needsPerson = true }
    reports[0].add(troubles)
    return reports
  }

  /// Writes which rows a file goes on without.
  ///
  /// - Returns: the report's name; `nil` where no row is bad.
  func reportBadRows(
    of mapped: MappedExport, _ taken: [FileDesk.Taken]
  ) throws(Problem) -> String? {
    guard mapped.problems.total > 0 else { return nil }
    let name = taken[0].name
    let base = name.split(separator: "/").last.map(String.init) ?? name
    return try bench.inbox.write(mapped.report(name: name), beside: "rejected/\(base)")
  }

  private static func words(_ results: [RequestReport]) -> String {
    let told = results.filter { !$0.isPutOff }.map(\.words)
    let rest = results.count - told.count
    return (told + (rest > 0 ? [PutOff.words(rest)] : [])).joined(separator: "; ")
  }
}
