import Contract
import LedgerStore
import Records
import RowMapping
import Settings
import YAML

/// Reads the folder once; the contract first, because mappings are checked against it.
struct ShelfLoader {
  let folder: MappingFolder
  let settings: Settings
  /// The last good versions of mappings of orders, to go by where a file is wrong.
  let kept: [KeptMapping]
  private let problems = ProblemList()
  private var hasBrokenContract = false
  private var overrides: [(file: String, bytes: [UInt8])] = []
  private var mappings: [MappingSource] = []
  private var statusMappings: [MappingSource] = []
  private var orderMappings: [(kind: MappingFile.Kind, source: MappingSource)] = []
  private var brokenOrders: [OrderShelfLoader.Broken] = []

  init(folder: MappingFolder, settings: Settings, kept: [KeptMapping]) {
    self.folder = folder
    self.settings = settings
    self.kept = kept
  }

  mutating func load() throws(Problems) -> MappingShelf {
    let names: [String]
    let misnamed: [String]
    let absence: Problem?
    do throws(Problem) {
      names = try folder.mappingNames().map { String($0.dropLast(5)) }
      for name in names { sort(name) }
      misnamed = try folder.names(endingIn: ".yml")
      for name in misnamed { refuse(name) }
      absence = try folder.absence()
    } catch {
      throw Problems([error])
    }
    if hasBrokenContract { throw Problems(problems.all + brokenOrders.flatMap(\.problems)) }
    let contract = try Contract.load(overrides: overrides)
    let entries = withoutRivals(mappings.compactMap { entry($0, contract) })
    let orders = OrderShelfLoader(
      folder: folder, settings: settings, contract: contract, kept: kept
    ).shelf(of: orderMappings, brokenOrders)
    problems.add(orders.problems)
    let statuses = statusMappings.compactMap { statusEntry($0, contract) }
    let good = entries.map(\.mapping.file.name)
    return MappingShelf(
      contract: contract, products: entries, statuses: statuses, orders: orders,
      problems: problems.all, absence: settings.gateway == nil ? absence : nil,
      names: names,
      broken: (names + misnamed.map { String($0.dropLast(4)) }).filter { !good.contains($0) },
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
    let found = ProblemList()
    do throws(Problem) {
      let (path, bytes) = try folder.read("\(name).yaml")
      text = bytes
      let source = try MappingSource(name: name, path: path, bytes: bytes)
      switch MappingFile.kind(of: source.node, problems: found) {
      case .contract: overrides.append((path, bytes))
      case .products: mappings.append(source)
      case .orders: orderMappings.append((.orders, source))
      case .orderChanges: orderMappings.append((.orderChanges, source))
      case .orderStatus: statusMappings.append(source)
      case nil: noteBroken("Mappings/\(name).yaml", nil, found.all)
      }
    } catch {
      noteBroken("Mappings/\(name).yaml", Self.kind(of: text), [error])
    }
  }

  private mutating func refuse(_ name: String) {
    let path = "Mappings/\(name)"
    let problem = Problem(
      "file-name", at: Place(file: path), "the name of a mapping ends in .yaml; this is not read",
      remedy: "Rename it to \(name.dropLast(4)).yaml.")
    noteBroken(path, nil, [problem])
  }

  /// - Parameter kind: what the file is meant to be; `nil` where nobody can know. With the default
  ///   contract in place of a wrong one, fields would go out under wrong names; without their
  ///   mapping, orders would be written as the POS cannot read them.
  private mutating func noteBroken(
    _ path: String, _ kind: MappingFile.Kind?, _ found: [Problem]
  ) {
    if kind == .contract { hasBrokenContract = true }
    switch kind {
    case .orders?, .orderChanges?, nil:
      brokenOrders.append(OrderShelfLoader.Broken(path: path, kind: kind, problems: found))
    default: problems.add(found)
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
  private func defaults(_ hear: @escaping (Bytes) -> Void) -> MappingDefaults {
    MappingDefaults(settings) { [folder] name throws(Problem) in
      let (path, bytes) = try folder.read(name)
      Bytes.withBytes(of: bytes) { hear($0) }
      return try TableFile.read(folder.real(name), name: path)
    }
  }

  private func statusEntry(
    _ source: MappingSource, _ contract: Contract
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

  private func entry(_ source: MappingSource, _ contract: Contract) -> MappingShelf.Entry? {
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

/// A mapping as it is in its file.
struct MappingSource {
  /// The file's name without `.yaml`.
  let name: String
  /// The path as the user knows it.
  let path: String
  let bytes: [UInt8]
  let node: YAMLNode

  /// - Throws: the place at which it is no YAML.
  init(name: String, path: String, bytes: [UInt8]) throws(Problem) {
    self.name = name
    self.path = path
    self.bytes = bytes
    node = try YAML.parse(bytes, file: path)
  }
}

extension MappingDefaults {
  init(
    _ settings: Settings, readTable: @escaping (String) throws(Problem) -> [TableWord]
  ) {
    self.init(
      currency: settings.currency, zone: settings.timeZone,
      findZone: { try? ZoneDatabase().zone(named: $0, at: Place()) }, readTable: readTable)
  }
}
