package import Contract
import Digests
import ExportReading
import Glibc
package import Records
package import RowMapping
package import Settings
import YAML

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
  /// Why there is no mapping at all. Orders are written anyway, so it is nothing where
  /// `gateway:` says that they are what this workspace is for.
  package let absence: Problem?
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
    let folder = MappingFolder(workspace: workspace)
    var loader = ShelfLoader(folder: folder, settings: settings)
    return try loader.load()
  }
}

/// Reads the folder once; the contract first, because mappings are checked against it.
private struct ShelfLoader {
  let folder: MappingFolder
  let settings: Settings
  private let problems = ProblemList()
  private var hasBrokenContract = false
  private var overrides: [(file: String, bytes: [UInt8])] = []
  private var mappings: [Source] = []
  private var statusMappings: [Source] = []
  private var orderMappings: [(kind: MappingFile.Kind, source: Source)] = []
  private var brokenOrders: [(kind: MappingFile.Kind, path: String)] = []

  /// A mapping as it stands in its file.
  private struct Source {
    let name: String
    let path: String
    let node: YAMLNode
    let bytes: [UInt8]
  }

  init(folder: MappingFolder, settings: Settings) {
    self.folder = folder
    self.settings = settings
  }

  mutating func load() throws(Problems) -> MappingShelf {
    let names: [String]
    let absence: Problem?
    do throws(Problem) {
      names = try folder.mappingNames()
      for name in names { sort(name) }
      for name in try folder.names(endingIn: ".yml") { refuse(name) }
      absence = try folder.absence()
    } catch {
      throw Problems([error])
    }
    if hasBrokenContract { throw Problems(problems.all) }
    let contract = try Contract.load(overrides: overrides)
    let entries = withoutRivals(mappings.compactMap { entry($0, contract) })
    let orders = orderShelf(contract)
    let statuses = statusMappings.compactMap { statusEntry($0, contract) }
    let good = entries.map(\.mapping.file.name)
    return MappingShelf(
      contract: contract, products: entries, statuses: statuses, orders: orders,
      problems: problems.all, absence: settings.gateway == nil ? absence : nil,
      broken: names.map { String($0.dropLast(5)) }.filter { !good.contains($0) },
      brokenMembers: brokenMembers(besides: good))
  }

  private func brokenMembers(besides good: [String]) -> [String: [String]] {
    var members: [String: [String]] = [:]
    for source in mappings where !good.contains(source.name) {
      guard case .mapping(let entries) = source.node.content,
        let catalogue = entries.first(where: { $0.key == "catalogue" })?.value.text
      else { continue }
      members[catalogue.text, default: []].append(source.name)
    }
    return members
  }

  private mutating func sort(_ name: String) {
    var text: [UInt8] = []
    do throws(Problem) {
      let (path, bytes) = try folder.read(name)
      text = bytes
      let node = try YAML.parse(bytes, file: path)
      let source = Source(
        name: String(name.dropLast(5)), path: path, node: node, bytes: bytes)
      switch MappingFile.kind(of: node, problems: problems) {
      case .contract: overrides.append((path, bytes))
      case .products: mappings.append(source)
      case .orders: orderMappings.append((.orders, source))
      case .orderChanges: orderMappings.append((.orderChanges, source))
      case .orderStatus: statusMappings.append(source)
      case nil: noteBroken(path, nil)
      }
    } catch {
      problems.add(error)
      noteBroken("Mappings/\(name)", Self.kind(of: text))
    }
  }

  private mutating func refuse(_ name: String) {
    let path = "Mappings/\(name)"
    problems.add(
      Problem(
        "file-name", at: Place(file: path), "the name of a mapping ends in .yaml; this is not read",
        remedy: "Rename it to \(name.dropLast(4)).yaml."))
    noteBroken(path, nil)
  }

  /// - Parameter kind: what the file is meant to be; nothing where nobody can know. With the default
  ///   contract in place of a wrong one, fields would go out under wrong names; without their
  ///   mapping, orders would be written as the POS cannot read them.
  private mutating func noteBroken(_ path: String, _ kind: MappingFile.Kind?) {
    if kind == .contract { hasBrokenContract = true }
    for one in [MappingFile.Kind.orders, .orderChanges] where kind ?? one == one {
      brokenOrders.append((one, path))
    }
  }

  /// What a text that is no YAML is meant to be.
  private static func kind(of text: [UInt8]) -> MappingFile.Kind? {
    let lines = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline)
    let kinds = lines.compactMap { line in
      MappingFile.Kind.allCases.first { kind in
        line == "kind: \(kind.rawValue)" || line.hasPrefix("kind: \(kind.rawValue) ")
      }
    }
    return kinds.first
  }

  /// - Parameter hear: hears the bytes of every table that is read.
  private func defaults(_ hear: @escaping (Bytes) -> Void = { _ in }) -> MappingDefaults {
    MappingDefaults(
      currency: settings.currency, zone: settings.timeZone,
      findZone: { try? ZoneDatabase().zone(named: $0, at: Place()) },
      readTable: { [folder] name throws(Problem) in
        let (path, bytes) = try folder.read(name)
        Bytes.withBytes(of: bytes) { hear($0) }
        return try TableFile.read(folder.real(name), name: path)
      })
  }

  private func orderShelf(_ contract: Contract) -> OrderShelf {
    var shelf = OrderShelf()
    for (kind, path) in brokenOrders { shelf.addBroken(path, kind) }
    let reader = OrderMappingReader(contract: contract, defaults: defaults())
    for (kind, source) in orderMappings {
      do {
        let mapping = try reader.read(
          source.node, name: source.name, path: source.path, kind: kind)
        try shelf.add(mapping, folder: folder)
      } catch {
        for problem in (error as? Problems)?.all ?? [(error as? Problem)].compactMap({ $0 }) {
          problems.add(problem)
        }
        shelf.addBroken(source.path, kind)
      }
    }
    return shelf
  }

  private func statusEntry(
    _ source: Source, _ contract: Contract
  ) -> MappingShelf.StatusEntry? {
    let recipe = Recipe(contract: contract, settings: settings)
    Bytes.withBytes(of: source.bytes) { recipe.add($0) }
    do throws(Problems) {
      let mapping = try StatusMappingReader(
        contract: contract, defaults: defaults { recipe.add($0) }
      ).read(source.node, name: source.name, path: source.path)
      return MappingShelf.StatusEntry(mapping: mapping, recipe: recipe.finish())
    } catch {
      for problem in error.all { problems.add(problem) }
      return nil
    }
  }

  private func entry(_ source: Source, _ contract: Contract) -> MappingShelf.Entry? {
    let recipe = Recipe(contract: contract, settings: settings)
    Bytes.withBytes(of: source.bytes) { recipe.add($0) }
    let defaults = defaults { recipe.add($0) }
    do throws(Problems) {
      let mapping = try ProductMappingReader(contract: contract, defaults: defaults)
        .read(source.node, name: source.name, path: source.path)
      if let problem = storeProblem(of: mapping) { throw Problems([problem]) }
      return MappingShelf.Entry(mapping: mapping, recipe: recipe.finish())
    } catch {
      for problem in error.all { problems.add(problem) }
      return nil
    }
  }

  private func storeProblem(of mapping: ProductMapping) -> Problem? {
    let known = settings.stores.map(\.posStoreId)
    return switch mapping.statedStore {
    case .only where known.count > 1:
      Problem(
        "which-store", at: Place(file: mapping.file.path),
        "connector.yaml lists \(known.count) stores and the mapping does not say which is meant",
        remedy: "Add store: \(known[0]), or store: ${…} where a column names it.")
    case .constant(let id, let place) where !known.contains(id):
      Problem(
        "unknown-store", at: place, value: id, "connector.yaml lists no store of this id",
        remedy: suggestion(for: id, among: known).orElse(
          "Add it under stores: in \(Settings.file)."))
    default: nil
    }
  }

  /// Two mappings for one store would overwrite each other's products, so neither is used.
  private func withoutRivals(_ entries: [MappingShelf.Entry]) -> [MappingShelf.Entry] {
    var rivals: Set<String> = []
    for (index, entry) in entries.enumerated() {
      for other in entries[..<index] where entry.catalogue != other.catalogue {
        let stores = Set(entry.mapping.possibleStores(of: settings))
        guard let shared = stores.intersection(other.mapping.possibleStores(of: settings)).first
        else { continue }
        problems.add(
          Problem(
            "two-mappings", at: Place(file: entry.mapping.file.path), value: shared,
            "this mapping and \(other.mapping.file.path) make products for the same store, and "
              + "each sync would delete the other's products",
            remedy: "Give both the same catalogue: NAME, or each its own store."))
        rivals.formUnion([entry.mapping.file.name, other.mapping.file.name])
      }
    }
    return entries.filter { !rivals.contains($0.mapping.file.name) }
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

/// Digests what decides the meaning of an export.
private final class Recipe {
  private let stream = DigestStream()

  init(contract: Contract, settings: Settings) {
    let stores = settings.stores.map { "\($0.posAccountId)/\($0.posStoreId)" }
    let head =
      "\(contract.digest.hex) \(settings.currency.code) \(settings.timeZone.name) \(stores) "
    Bytes.withBytes(of: head) { stream.update($0) }
  }

  func add(_ bytes: Bytes) { stream.update(bytes) }

  func finish() -> String { stream.finish().hex }
}
