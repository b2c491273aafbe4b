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
    /// The part of a catalogue that this mapping's file makes.
    let part: Part?
    /// What a person should know of the base.
    var warning: Problem?
  }

  /// Decides for each store, then opens the requests, sends them, and files the export away.
  ///
  /// - Parameter current: the lists of those stores that no newer file speaks of.
  func send(
    _ current: [SpooledProducts], _ mapped: MappedExport, _ taken: [FileDesk.Taken]
  ) async throws(Problem) -> [FileReport] {
    if let busy = try openStore(current) {
      mapped.discard()
      for file in taken { try flow.desk.putBack(file) }
      let words = "the last sync of store \(busy) is still undecided at D-Store"
      return taken.map { report($0.name, .waiting, words) }
    }
    var plans: [Plan] = []
    for products in current {
      bench.progress.report(
        "Comparing the products of \(products.store.posStoreId) with what D-Store has",
        fraction: nil)
      switch try undoing(taken, { () throws(Problem) in try plan(products, taken) }) {
      case .send(let plan): plans.append(plan)
      case .nothing: products.discard()
      case .held(let words):
        mapped.discard()
        return try hold(mapped, taken, words)
      case .refused(let problem):
        mapped.discard()
        return try reject(taken, mapped.refused(for: problem))
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
    case refused(Problem)
  }

  /// The first store that has an undecided sync.
  private func openStore(_ products: [SpooledProducts]) throws(Problem) -> String? {
    for one in products {
      let open = try bench.ledger.openRequests(
        bench.scope(account: one.store.posAccountId), store: one.store.posStoreId)
      if !open.isEmpty { return one.store.posStoreId }
    }
    return nil
  }

  private func plan(
    _ own: SpooledProducts, _ taken: [FileDesk.Taken]
  ) throws(Problem) -> PlanOutcome {
    let scope = bench.scope(account: own.store.posAccountId)
    let accepted = try bench.ledger.accepted(scope, store: own.store.posStoreId)
    let isApproved = try bench.ledger.isApproved(
      bench.fileScope, digest: taken[0].file.digest.hex)
    if !isApproved, let words = takeover(of: accepted) { return .held(words) }
    let products: SpooledProducts
    let part: Part?
    do throws(Problem) {
      (products, part) = try joined(own, scope, taken)
    } catch {
      guard error.code == Catalogue.conflict else { throw error }
      return .refused(error.filled(from: Place(file: "Inbox/\(taken[0].name)")))
    }
    let sync = StoreSync(contract: flow.shelf.contract, settings: bench.settings)
    let decision = try sync.decide(
      products, recipe: flow.shelf.recipe(of: entry), accepted: accepted,
      maxDrop: isApproved ? nil : entry.mapping.maxDrop)
    switch decision {
    case .nothing:
      if part != nil { products.discard() }
      return .nothing
    case .held(let changes):
      if part != nil { products.discard() }
      return .held(shrinking(changes, own.store))
    case .full(_, let warning):
      return .send(
        Plan(products: products, sent: products, kind: .full, part: part, warning: warning))
    case .statusUpdate(_, let index):
      let update = StatusUpdate(contract: flow.shelf.contract, folder: bench.payloads)
      return .send(
        Plan(
          products: products, sent: try update.write(products, against: index),
          kind: .statusUpdate, part: part))
    }
  }

  /// The store's whole list: this file's products, and those of the catalogue's other mappings.
  private func joined(
    _ own: SpooledProducts, _ scope: Scope, _ taken: [FileDesk.Taken]
  ) throws(Problem) -> (SpooledProducts, Part?) {
    guard entry.mapping.catalogue != nil else { return (own, nil) }
    let name = entry.mapping.file.name
    let members =
      flow.shelf.products.filter { $0.catalogue == entry.catalogue }
      .map(\.mapping.file.name) + flow.shelf.broken
    let others = try bench.ledger.parts(scope, store: own.store.posStoreId)
      .filter { $0.mapping != name && members.contains($0.mapping) }
    let part = Part(
      scope: scope, store: own.store.posStoreId, mapping: name, recipe: entry.recipe,
      path: PayloadFolder.name(of: own.body.path), digest: own.body.productsDigest.hex,
      file: taken[0].id, updatedAt: bench.now())
    let parts = others.map { ($0.mapping, bench.settings.payloads.path(of: $0.path)) }
    let paths = (parts + [(name, own.body.path)]).sorted { $0.0 < $1.0 }.map(\.1)
    let catalogue = Catalogue(contract: flow.shelf.contract, folder: bench.payloads)
    return (try catalogue.join(paths, for: own.store), part)
  }

  /// `50`, `12.5`.
  private static func percent(_ share: Double) -> String {
    share == share.rounded() ? String(Int(share)) : String(share)
  }

  /// Two mappings that make one store's products by turns would delete each other's.
  private func takeover(of accepted: AcceptedSync?) -> String? {
    guard let accepted, let other = accepted.catalogue, other != entry.catalogue,
      flow.shelf.products.contains(where: { $0.catalogue == other })
    else { return nil }
    return "the products of store \(accepted.store) came from \"\(other)\" so far, and this export "
      + "would replace all of them"
  }

  private func shrinking(_ changes: ProductChanges, _ store: StoreSetting) -> String {
    let share = Int(changes.drop.rounded())
    return "\(share) % of the \(changes.before) products of store \(store.posStoreId) would go or "
      + "become unavailable (\(changes.words)); the guard allows \(Self.percent(entry.mapping.maxDrop)) %"
  }

  private func hold(
    _ mapped: MappedExport, _ taken: [FileDesk.Taken], _ words: String
  ) throws(Problem) -> [FileReport] {
    var reports = try end(taken, .held, summary: words, mapped: mapped)
    reports[0].needsPerson = true
    reports[0].problems.append(
      Problem(
        "held", at: Place(file: "Inbox/\(taken[0].name)"), words,
        remedy: "If the export is right, run: dstore-connector approve \(taken[0].name). If not, "
          + "export again."))
    return reports
  }

  private func send(
    _ plans: [Plan], _ mapped: MappedExport, _ taken: [FileDesk.Taken]
  ) async throws(Problem) -> [FileReport] {
    let source =
      entry.mapping.catalogue == nil
      ? Self.sourceDigest(taken.map(\.file.digest)) : nil
    let requests = plans.map { request($0, source: source) }
    try undoing(taken) { () throws(Problem) in
      // Before anything of the file goes out, so that no kill can lose it.
      let report = try reportBadRows(of: mapped, taken)
      try bench.ledger.open(
        requests, files: taken.map(\.id),
        counts: (mapped.outcome.records, mapped.problems.total), report: report,
        parts: parts(of: plans))
    }
    var results: [RequestReport] = []
    var troubles = plans.compactMap(\.warning)
    for request in requests {
      do throws(Problem) {
        results.append(try await sender.send(request))
      } catch {
        try troubles.note(error)
      }
    }
    return try ended(taken, mapped, results, troubles)
  }

  private func parts(of plans: [Plan]) -> [String: Part] {
    var parts: [String: Part] = [:]
    for plan in plans { parts[plan.sent.requestId] = plan.part }
    return parts
  }

  private func request(_ plan: Plan, source: String?) -> SyncRequest {
    SyncRequest(
      requestId: plan.sent.requestId,
      scope: bench.scope(account: plan.products.store.posAccountId), api: "syncProduct",
      store: plan.products.store.posStoreId, catalogue: entry.catalogue, kind: plan.kind,
      bodyPath: PayloadFolder.name(of: plan.sent.body.path), bodyDigest: plan.sent.body.seal.text,
      basePath: PayloadFolder.name(of: plan.products.body.path),
      productsDigest: plan.products.body.productsDigest.hex,
      recipe: flow.shelf.recipe(of: entry), sourceDigest: source,
      productCount: plan.sent.body.count, createdAt: bench.now())
  }

  private func ended(
    _ taken: [FileDesk.Taken], _ mapped: MappedExport, _ results: [RequestReport],
    _ troubles: [Problem]
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
    reports[0].requests = results
    if results.contains(where: \.needsPerson) { reports[0].needsPerson = true }
    reports[0].add(troubles)
    return reports
  }

  /// Writes which rows a file goes on without.
  ///
  /// - Returns: the report's name; `nil` where no row is bad.
  private func reportBadRows(
    of mapped: MappedExport, _ taken: [FileDesk.Taken]
  ) throws(Problem) -> String? {
    guard mapped.problems.total > 0 else { return nil }
    let name = taken[0].name
    let base = name.split(separator: "/").last.map(String.init) ?? name
    return try bench.inbox.write(mapped.report(name: name), beside: "rejected/\(base)")
  }

  private static func words(_ results: [RequestReport]) -> String {
    results.map(\.words).joined(separator: "; ")
  }
}
