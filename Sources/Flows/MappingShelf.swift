package import Contract
import Digests
package import LedgerStore
package import Records
package import RowMapping
package import Settings

/// Everything under `Mappings/`: the contract as it is in force, and the mappings.
///
/// A file that is wrong is left out and its problems are kept: it stops its own exports only.
package struct MappingShelf {
  package struct Entry {
    package let mapping: ProductMapping
    /// Digest of all that decides what an export's bytes become and whose they are: mapping,
    /// tables, contract, currency, time zone and stores.
    package let recipe: String
    /// Name of the products that it makes a part of; its own where it names no catalogue.
    package var catalogue: String { mapping.catalogue ?? mapping.file.name }
  }

  /// A mapping of the POS's status files.
  package struct StatusEntry {
    package let mapping: StatusMapping
    /// See ``Entry/recipe``.
    package let recipe: String
  }

  package let contract: Contract
  package let products: [Entry]
  package let statuses: [StatusEntry]
  package let orders: OrderShelf
  package let problems: [Problem]
  /// Why there is no mapping at all. Orders are written anyway, so it is `nil` where
  /// `gateway:` says that they are what this workspace is for.
  package let absence: Problem?
  /// Names of all mappings, right and wrong.
  let names: [String]
  /// Names of the mappings that are wrong: what they made before is still on sale.
  let broken: [String]
  /// Names of those of them that say which catalogue they belong to, by its name.
  let brokenMembers: [String: [String]]

  /// Every mapping that takes files out of the inbox.
  package var inboxMappings: [InboxMapping] {
    products.map { .products($0) } + statuses.map { .statuses($0) }
  }

  /// The recipe of a store's whole list: an entry's own, or that of all of its catalogue.
  func recipe(of entry: Entry) -> String {
    guard entry.mapping.catalogue != nil else { return entry.recipe }
    let recipes = products.filter { $0.catalogue == entry.catalogue }.map(\.recipe)
    return Bytes.withBytes(of: recipes.joined(separator: " ")) { Digest.of($0).hex }
  }

  /// - Throws: a folder that cannot be read; what makes the contract unusable, since nothing can be
  ///   sent without it.
  package static func load(workspace: String, settings: Settings) throws(Problems) -> MappingShelf {
    try load(workspace, settings, kept: [])
  }

  private static func load(
    _ workspace: String, _ settings: Settings, kept: [KeptMapping]
  ) throws(Problems) -> MappingShelf {
    let folder = MappingFolder(workspace: workspace)
    var loader = ShelfLoader(folder: folder, settings: settings, kept: kept)
    return try loader.load()
  }

  /// The mappings, read again with the last good version of each mapping of orders that is wrong.
  ///
  /// - Parameter ledger: keeps those versions; `nil` before the first run.
  /// - Returns: these, where nothing is to be replaced.
  /// - Throws: as ``load(workspace:settings:)``; a ledger that fails.
  package func usingLastGood(
    of ledger: Ledger?, workspace: String, settings: Settings
  ) throws(Problems) -> MappingShelf {
    guard !orders.isUsable, let ledger else { return self }
    let kept: [KeptMapping]
    do throws(Problem) {
      kept = try ledger.keptMappings(Scope(ordersOf: settings))
    } catch {
      throw Problems([error])
    }
    return kept.isEmpty ? self : try Self.load(workspace, settings, kept: kept)
  }
}

extension ProductMapping {
  /// The stores that its products may be for.
  func possibleStores(of settings: Settings) -> [String] {
    switch statedStore {
    case .only: settings.stores.prefix(1).map(\.posStoreId)
    case .constant(let id, _): [id]
    case .perRecord: []
    }
  }
}

extension MappingShelf {
  /// The mappings that make a store's list together with this one, itself among them; of those that
  /// are wrong, whichever say that they belong to it.
  func members(ofCatalogueOf entry: Entry, for store: StoreSetting, _ settings: Settings)
    -> [String]
  {
    guard entry.mapping.catalogue != nil else { return [] }
    let good = products.filter {
      guard $0.catalogue == entry.catalogue else { return false }
      if case .perRecord = $0.mapping.statedStore { return true }
      return $0.mapping.possibleStores(of: settings).contains(store.posStoreId)
    }
    return good.map(\.mapping.file.name) + (brokenMembers[entry.catalogue] ?? [])
  }
}
