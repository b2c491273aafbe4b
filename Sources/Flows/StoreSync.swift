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
    /// - Parameter warning: why it is not compared with what D-Store accepted last.
    case full(ProductChanges?, warning: Problem? = nil)
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
    let index: ProductIndex
    do throws(Problem) {
      index = try self.index(of: accepted)
    } catch {
      // What may pass is tried again; what is gone or damaged never comes back.
      guard error.category == .content else { throw error }
      return .full(nil, warning: error)
    }
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

  /// - Throws: content where the accepted body is gone or damaged.
  private func index(of accepted: AcceptedSync) throws(Problem) -> ProductIndex {
    let path = settings.payloads.path(of: accepted.payloadPath)
    let isGone = access(path, F_OK) != 0 && errno == ENOENT
    do throws(Problem) {
      if !isGone { return try ProductIndex(path: path, contract: contract) }
    } catch {
      guard error.category == .content else { throw error }
    }
    throw Problem(
      "base-lost", at: Place(file: path),
      "what D-Store accepted last for store \(accepted.store) is "
        + (isGone ? "gone" : "damaged") + ", so everything is sent",
      remedy: "Look at the disk; nothing else is to be done.")
  }
}
