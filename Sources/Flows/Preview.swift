package import Contract
import DStoreAPI
import Glibc
package import InboxFiles
package import LedgerStore
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
  private let folder: TemporaryPayloads

  /// - Parameters:
  ///   - files: the real path of the main file, then of those that belong to it, each with the
  ///     name that people know it by.
  ///   - ledger: what was accepted so far; nothing before the first run.
  package init(
    _ files: [ExportPass.Source], entry: MappingShelf.Entry, shelf: MappingShelf,
    settings: Settings, ledger: Ledger?, progress: any Progress
  ) throws(Problem) {
    mapping = entry.mapping
    folder = try TemporaryPayloads()
    let mapped = try ExportMapping(
      settings: settings, contract: shelf.contract, folder: folder.path, progress: progress,
      acceptedPath: { store throws(Problem) in
        try ledger?.accepted(
          Scope(settings, account: store.posAccountId), store: store.posStoreId
        )
        .map { settings.payloads.path(of: $0.payloadPath) }
      }
    ).map(files, by: entry)
    notes = mapped.notes
    outcome = mapped.outcome
    problems = mapped.problems.groups.map(\.first)
    problemCount = mapped.problems.total
    groups = mapped.problems
    isRefused = mapped.isRefused
    let sync = StoreSync(contract: shelf.contract, settings: settings)
    for products in mapped.products {
      let accepted = try ledger?.accepted(
        Scope(settings, account: products.store.posAccountId), store: products.store.posStoreId)
      let decision = try sync.decide(
        products, recipe: shelf.recipe(of: entry), accepted: accepted,
        maxDrop: entry.mapping.maxDrop)
      stores.append(Self.plan(products, decision))
    }
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
    return StorePlan(
      store: products.store, products: products.body.count, decision: words,
      body: products.body.path, isHeld: isHeld)
  }
}
