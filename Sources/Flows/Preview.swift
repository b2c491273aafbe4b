package import Contract
import DStoreAPI
package import Digests
package import InboxFiles
import LedgerStore
package import Records
package import RowMapping
package import Settings

/// What a run would make of one export, by the very path that a run takes, without sending, moving
/// or recording anything.
package final class Preview {
  /// What would be sent for one store.
  package struct StorePlan {
    package let store: StoreSetting
    package let products: Int
    /// In words: the decision, and what differs.
    package let decision: String
    /// The body of the full sync, there until the preview is dropped.
    package let body: String
    package let isHeld: Bool
  }

  package let mapping: ProductMapping
  package let notes: [String]
  package private(set) var outcome = MappingOutcome()
  package private(set) var problems: [Problem] = []
  package private(set) var problemCount = 0
  /// The problems by their kinds.
  package private(set) var groups = ProblemGroups()
  package private(set) var isRefused = false
  package private(set) var stores: [StorePlan] = []
  /// Why a run would leave it in the inbox for now; `nil` where it would not.
  package private(set) var waits: String?
  private let looking: LookingBench
  private let sync: FileSync
  private let mapped: MappedExport
  private let digest: Digest
  private let name: String

  /// Reads an export; ``decide(_:)`` follows.
  ///
  /// - Parameters:
  ///   - files: the real path of the main file, then of those that belong to it, each with the
  ///     name that people know it by.
  ///   - digest: of the main file, by which a person may have approved it.
  package init(
    _ files: [ExportPass.Source], entry: MappingShelf.Entry, shelf: MappingShelf,
    bench looking: LookingBench, digest: Digest? = nil
  ) throws(Problem) {
    self.looking = looking
    self.digest = digest ?? Bytes.withBytes(of: "") { Digest.of($0) }
    mapping = entry.mapping
    name = files[0].display
    sync = looking.sync(entry, shelf)
    mapped = try sync.mapping.map(files, by: entry)
    notes = mapped.notes
    outcome = mapped.outcome
    note(mapped)
  }

  private func note(_ mapped: MappedExport) {
    problems = mapped.problems.groups.map(\.first)
    problemCount = mapped.problems.total
    groups = mapped.problems
    isRefused = mapped.isRefused
  }

  /// Decides what a run would do with exports that it found together.
  package static func decide(_ previews: [Preview]) throws(Problem) {
    let good = previews.filter { !$0.isRefused }
    for preview in good where preview.mapping.catalogue == nil { try preview.decide() }
    let together = good.filter { $0.mapping.catalogue != nil }
    for catalogue in Set(together.map(\.sync.entry.catalogue)).sorted() {
      try decide(joined: together.filter { $0.sync.entry.catalogue == catalogue })
    }
  }

  private func decide() throws(Problem) {
    if let busy = try sync.busyStore(try sync.openRequests(mapped.products)) {
      waits = FileSync.undecided(busy)
    }
    for products in mapped.products {
      let accepted = try sync.bench.ledger.accepted(
        sync.bench.scope(account: products.store.posAccountId), store: products.store.posStoreId)
      let isApproved = try sync.bench.ledger.isApproved(sync.bench.fileScope, digest: digest.hex)
      if !isApproved, let words = sync.takeover(of: accepted) {
        stores.append(Self.plan(products, words, isHeld: true))
        continue
      }
      let decision = try StoreSync(
        contract: sync.flow.shelf.contract, settings: sync.bench.settings
      )
      .decide(
        products, recipe: sync.flow.shelf.recipe(of: sync.entry), accepted: accepted,
        maxDrop: isApproved ? nil : mapping.maxDrop)
      stores.append(Self.plan(products, decision))
    }
  }

  /// What becomes of exports of one catalogue, which go out as one list of each store or wait for each
  /// other.
  private static func decide(joined previews: [Preview]) throws(Problem) {
    guard let sync = previews.first?.sync else { return }
    let catalogue = CatalogueSync(
      flow: sync.flow, sender: sync.sender, ender: sync.ender, tried: [])
    var left = previews
    while !left.isEmpty {
      let exports = left.compactMap(\.export)
      switch try CatalogueJudge(sync: catalogue, exports: exports).judge() {
      case .without(let verdicts):
        for index in verdicts.keys.sorted(by: >) {
          if let verdict = verdicts[index] { left.remove(at: index).end(verdict) }
        }
      case .ready(let plans):
        for (index, preview) in left.enumerated() {
          for plan in plans where plan.exports.contains(index) { try preview.add(plan) }
        }
        return
      }
    }
  }

  private var export: CatalogueSync.Export? {
    guard let work = WorkFile(path: ".work/copied-0/\(baseName)") else { return nil }
    let stamp = FileStamp(size: 0, modified: 0, changed: 0, inode: 0, device: 0)
    return CatalogueSync.Export(
      sync: sync,
      taken: [
        FileDesk.Taken(
          id: 0, file: ClaimedFile(work: work, digest: digest, stamp: stamp), afterDone: .keep)
      ], mapped: mapped, lists: mapped.products, isNewest: true)
  }

  private var baseName: String { name.hasPrefix("Inbox/") ? String(name.dropFirst(6)) : name }

  private func end(_ verdict: CatalogueSync.Verdict) {
    switch verdict {
    case .waits(let words):
      waits = words
      stores = mapped.products.map { Self.plan($0, "it is a part of the list", isHeld: false) }
    case .held(let words):
      stores = mapped.products.map { Self.plan($0, words, isHeld: true) }
    case .refused(let problems):
      let place = Place(file: name)
      note(mapped.refused(for: problems.map { $0.filled(from: place) }))
    }
  }

  private func add(_ plan: CatalogueSync.Plan) throws(Problem) {
    let accepted = try sync.bench.ledger.accepted(
      sync.bench.scope(account: plan.store.posAccountId), store: plan.store.posStoreId)
    let decision = try StoreSync(contract: sync.flow.shelf.contract, settings: sync.bench.settings)
      .decide(
        plan.products, recipe: sync.flow.shelf.recipe(of: sync.entry), accepted: accepted,
        maxDrop: nil)
    stores.append(Self.plan(plan.products, decision))
  }

  /// Every problem by itself, as far as their words were kept.
  package var allProblems: [Problem] {
    let own = outcome.problems + outcome.leftOut
    return own + problems.filter { !own.contains($0) }
  }

  /// Calls `body` with the cells of the first products: the texts of the contract's fields.
  package func forEachProduct(
    of plan: StorePlan, contract: Contract, limit: Int, _ body: ([String: String]) -> Void
  ) throws(Problem) {
    let reader = try PayloadReader(path: plan.body, contract: contract)
    var count = 0
    while count < limit, let product = try reader.next() {
      body(PayloadReader.cells(of: product))
      count += 1
    }
  }

  private static func plan(
    _ products: SpooledProducts, _ decision: StoreSync.Decision
  ) -> StorePlan {
    var isHeld = false
    let words: String
    switch decision {
    case .nothing: words = "nothing to send: equal to what D-Store accepted last"
    case .full(nil, let warning):
      words = warning.map { "full sync: \($0.message)" } ?? "full sync, the first one"
    case .full(let changes?, _): words = "full sync: \(changes.words)"
    case .statusUpdate(let changes, _): words = "status update: \(changes.words)"
    case .held(let changes):
      isHeld = true
      words = "held back by the guard: \(changes.words)"
    }
    return plan(products, words, isHeld: isHeld)
  }

  private static func plan(
    _ products: SpooledProducts, _ words: String, isHeld: Bool
  ) -> StorePlan {
    StorePlan(
      store: products.store, products: products.body.count,
      decision: isHeld && !words.hasPrefix("held") ? "held back: \(words)" : words,
      body: products.body.path, isHeld: isHeld)
  }
}
