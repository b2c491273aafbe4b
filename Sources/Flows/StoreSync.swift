import Contract
import DStoreAPI
import Digests
import Glibc
import LedgerStore
import Records
import Settings

/// Decides what has to be sent for one store: the least that is right, against what D-Store last
/// accepted.
struct StoreSync {
  /// What has to be sent.
  enum Decision {
    case nothing
    case full(ProductChanges?)
    case statusUpdate(ProductChanges, against: ProductIndex)
    /// Too much would go at once.
    case held(ProductChanges)
  }

  let contract: Contract
  let settings: Settings

  /// - Parameters:
  ///   - body: the path of the whole new list.
  ///   - accepted: the base; nothing before the first sync.
  ///   - maxDrop: in percent; nothing where a person has approved.
  func decide(
    _ products: SpooledProducts, recipe: String, accepted: AcceptedSync?, maxDrop: Double?
  ) throws(Problem) -> Decision {
    guard let accepted else { return .full(nil) }
    let isComparable = accepted.isKnown && accepted.recipe == recipe
    if isComparable, accepted.productsDigest == products.body.productsDigest.hex { return .nothing }
    guard let index = try index(of: accepted) else { return .full(nil) }
    let changes = try ProductChanges(from: index, to: products.body.path, contract: contract)
    if let maxDrop, changes.drop > maxDrop { return .held(changes) }
    guard isComparable else { return .full(changes) }
    if changes.isNothing { return .nothing }
    if changes.isStatusOnly, allowsStatusUpdates { return .statusUpdate(changes, against: index) }
    return .full(changes)
  }

  /// A wrong guess at what a status update must hold would delist a store.
  private var allowsStatusUpdates: Bool {
    switch settings.statusUpdates {
    case .on: true
    case .off: false
    case .auto: contract.isStatusUpdateKnown
    }
  }

  /// Nothing where the accepted body is gone: the next sync is then a full one.
  private func index(of accepted: AcceptedSync) throws(Problem) -> ProductIndex? {
    let path = settings.payloads.path(of: accepted.payloadPath)
    guard access(path, R_OK) == 0 else { return nil }
    return try ProductIndex(path: path, contract: contract)
  }
}
