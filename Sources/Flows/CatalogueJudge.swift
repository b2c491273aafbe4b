import Contract
import DStoreAPI
import Digests
import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings

/// Decides which exports of a catalogue can go out together, and with what.
struct CatalogueJudge {
  let sync: CatalogueSync
  let exports: [CatalogueSync.Export]

  enum Judgement {
    /// One plan for each store that the exports speak of.
    case ready([CatalogueSync.Plan])
    /// These exports, by their places, cannot go along; the others are to be judged anew.
    case without([Int: CatalogueSync.Verdict])
  }

  private var bench: Workbench { sync.bench }
  private var shelf: MappingShelf { sync.flow.shelf }

  /// What stands for one store.
  private struct Situation {
    let store: StoreSetting
    let accepted: AcceptedSync?
    /// The undecided request, which is given up for what is made now.
    let earlier: SyncRequest?
    /// The exports that speak of it.
    let new: [Int]
    /// By mapping, the list that D-Store accepted last.
    let old: [String: String]
  }

  func judge() throws(Problem) -> Judgement {
    var plans: [CatalogueSync.Plan] = []
    let withParts = try CatalogueGate(bench: bench, shelf: shelf).mappingsWithParts()
    let good = withParts.union(exports.map(\.mapping))
    for store in bench.settings.stores {
      let new = exports.indices.filter { exports[$0].list(of: store) != nil }
      if new.isEmpty { continue }
      bench.progress.report(
        "Comparing the products of \(store.posStoreId) with what D-Store has", fraction: nil)
      let outcome = try judge(try situation(store, new), good)
      switch outcome {
      case .ready(let plan): plans += plan
      case .without(let verdicts):
        for plan in plans { discard(plan) }
        return .without(verdicts)
      }
    }
    return .ready(plans)
  }

  private func discard(_ plan: CatalogueSync.Plan) {
    plan.products.discard()
    plan.sent?.body.discard()
  }

  private func situation(_ store: StoreSetting, _ new: [Int]) throws(Problem) -> Situation {
    let scope = bench.scope(account: store.posAccountId)
    let members =
      shelf.products.filter { $0.catalogue == exports[new[0]].entry.catalogue }
      .map(\.mapping.file.name) + shelf.broken
    var old: [String: String] = [:]
    for part in try bench.ledger.parts(scope, store: store.posStoreId)
    where members.contains(part.mapping) {
      old[part.mapping] = bench.settings.payloads.path(of: part.path)
    }
    let earlier = try bench.ledger.openRequests(scope, store: store.posStoreId).first
    var accepted = try bench.ledger.accepted(scope, store: store.posStoreId)
    if earlier != nil { accepted?.isKnown = false }
    return Situation(store: store, accepted: accepted, earlier: earlier, new: new, old: old)
  }

  private func judge(_ now: Situation, _ good: Set<String>) throws(Problem) -> Judgement {
    if let earlier = now.earlier,
      try exports[now.new[0]].sync.keepsBack(
        earlier, newer: Set(now.new.map { exports[$0].mapping }))
    {
      return all(
        now.new,
        .waits(FileSync.undecided(now.store.posStoreId)))
    }
    let missing = Set(
      now.new.flatMap {
        shelf.members(ofCatalogueOf: exports[$0].entry, for: now.store, bench.settings)
      }
    ).subtracting(good)
    if !missing.isEmpty { return all(now.new, .waits(CatalogueGate.reason(missing.sorted()))) }
    switch try join(now.new, now) {
    case .conflict(let problem, let mappings):
      let culprit = mappings.reversed().lazy.compactMap { export(of: $0, now) }.first
      return .without([culprit ?? now.new[0]: .refused([problem])])
    case .incomplete(let missing): return .without(try verdicts(on: missing, now))
    case .whole(let list): return try decide(list, now)
    }
  }

  private func all(_ exports: [Int], _ verdict: CatalogueSync.Verdict) -> Judgement {
    .without(Dictionary(uniqueKeysWithValues: exports.map { ($0, verdict) }))
  }

  /// The union of new lists and of those of the other mappings that D-Store accepted.
  private func join(_ new: [Int], _ now: Situation) throws(Problem) -> Catalogue.Union {
    var paths = now.old
    for index in new {
      paths[exports[index].mapping] = exports[index].list(of: now.store)?.body.path
    }
    return try Catalogue(contract: shelf.contract, folder: bench.payloads).join(
      paths.sorted { $0.key < $1.key }.map(Catalogue.Member.init), for: now.store)
  }

  private func export(of mapping: String, _ now: Situation) -> Int? {
    now.new.first { exports[$0].mapping == mapping }
  }
}

/// Children that no mapping of the catalogue makes.
extension CatalogueJudge {
  /// An export that names such a child is refused. One that leaves out what another mapping's last
  /// export names waits for a new one of that.
  private func verdicts(
    on missing: [Catalogue.Missing], _ now: Situation
  ) throws(Problem) -> [Int: CatalogueSync.Verdict] {
    var refused: [Int: [Problem]] = [:]
    var waiting: [Int: String] = [:]
    for one in missing {
      if let index = export(of: one.mapping, now) {
        refused[index, default: []].append(problem(one, exports[index], now.store))
        continue
      }
      var before: [Int] = []
      for index in now.new {
        guard let path = now.old[exports[index].mapping] else { continue }
        if try makes(one.child, path) { before.append(index) }
      }
      for index in before.isEmpty ? now.new : before {
        waiting[index] =
          "it leaves out \(one.child), which \(one.parent) of the mapping \(one.mapping) still names "
          + "as its child; it waits for a new export of \(one.mapping)"
      }
    }
    if refused.isEmpty { return waiting.mapValues { .waits($0) } }
    return refused.mapValues { .refused($0) }
  }

  private func problem(
    _ missing: Catalogue.Missing, _ export: CatalogueSync.Export, _ store: StoreSetting
  ) -> Problem {
    let place = bench.settings.stores.firstIndex { $0.posStoreId == store.posStoreId } ?? 0
    let children = export.mapped.outcome.childrenElsewhere
    let known =
      children.indices.contains(place)
      ? children[place].first { $0.id == missing.child }?.problem : nil
    var problem =
      known
      ?? Problem("dangling-child", value: missing.child, "", remedy: "")
    problem.message =
      "no mapping of the catalogue makes this product, which \(missing.parent) names as its child"
    problem.remedy =
      "Export it, or correct the children's id; where another file of the catalogue brings it later, "
      + "run then: \(ShellCommand.line("retry", export.name))"
    return problem
  }

  private func makes(_ id: String, _ path: String) throws(Problem) -> Bool {
    let reader = try PayloadReader(path: path, contract: shelf.contract)
    while let product = try reader.next() {
      if reader.id(of: product) == id { return true }
    }
    return false
  }
}

/// The guard.
extension CatalogueJudge {
  private func decide(
    _ list: SpooledProducts, _ now: Situation
  ) throws(Problem) -> Judgement {
    var strict: [Int] = []
    for index in now.new {
      let digest = exports[index].taken[0].file.digest.hex
      if try !bench.ledger.isApproved(bench.fileScope, digest: digest) { strict.append(index) }
    }
    if let first = strict.first, let words = exports[first].sync.takeover(of: now.accepted) {
      list.discard()
      return all(strict, .held(words))
    }
    let maxDrop = strict.map { exports[$0].entry.mapping.maxDrop }.min()
    var plan = CatalogueSync.Plan(
      store: now.store, products: list, sent: nil, exports: now.new, earlier: now.earlier)
    switch try decision(list, now, maxDrop) {
    case .nothing: break
    case .held(let changes):
      list.discard()
      let words = FileSync.shrinking(changes, now.store, maxDrop: maxDrop ?? 0)
      return all(try culprits(strict, now), .held(words))
    case .full(_, let warning):
      plan.sent = (list, .full)
      plan.warning = warning
    case .statusUpdate(_, let index):
      let update = StatusUpdate(contract: shelf.contract, folder: bench.payloads)
      plan.sent = (try update.write(list, against: index), .statusUpdate)
    }
    return .ready([plan])
  }

  private func decision(
    _ list: SpooledProducts, _ now: Situation, _ maxDrop: Double?
  ) throws(Problem) -> StoreSync.Decision {
    try StoreSync(contract: shelf.contract, settings: bench.settings).decide(
      list, recipe: shelf.recipe(of: exports[now.new[0]].entry), accepted: now.accepted,
      maxDrop: maxDrop)
  }

  /// Those of the exports that the guard would hold back alone, beside what the other mappings had
  /// before; all of them where that cannot be told.
  private func culprits(_ strict: [Int], _ now: Situation) throws(Problem) -> [Int] {
    guard now.new.allSatisfy({ now.old[exports[$0].mapping] != nil }) else { return strict }
    var alone: [Int] = []
    for index in strict {
      guard case .whole(let list) = try join([index], now) else { continue }
      defer { list.discard() }
      if case .held = try decision(list, now, exports[index].entry.mapping.maxDrop) {
        alone.append(index)
      }
    }
    return alone.isEmpty ? strict : alone
  }
}
