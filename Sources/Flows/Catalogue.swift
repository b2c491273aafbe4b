import Contract
import DStoreAPI
import JSON
import Records
import Settings

/// Joins what several mappings make for one store into one list.
struct Catalogue {
  let contract: Contract
  let folder: String

  /// What one mapping makes of a store's list.
  struct Member {
    let mapping: String
    /// Of its list.
    let path: String
  }

  /// A child that none of the members makes.
  struct Missing {
    let child: String
    /// The product that names it, and the mapping that makes that product.
    let parent: String
    let mapping: String
  }

  enum Union {
    case whole(SpooledProducts)
    /// Two mappings make different products of one id.
    case conflict(Problem, mappings: [String])
    /// In the order of their ids.
    case incomplete([Missing])
  }

  /// - Returns: the union, in which equal products of two lists are one; or what keeps the lists from
  ///   being one.
  /// - Throws: a list that cannot be read, or a disk that cannot take the union.
  func join(_ members: [Member], for store: StoreSetting) throws(Problem) -> Union {
    let requestId = RequestId.make()
    let writer = try PayloadWriter(
      path: "\(folder)/\(requestId).json",
      envelope: Envelope(
        contract: contract, requestId: requestId, posAccountId: store.posAccountId,
        posStoreId: store.posStoreId))
    var seen: [UInt64: (content: UInt64, mapping: String)] = [:]
    var wanted: [UInt64: Missing] = [:]
    for member in members {
      let reader = try PayloadReader(path: member.path, contract: contract)
      while let product = try reader.next() {
        let id = reader.id(of: product)
        let content = product.raw.hash64()
        if let other = seen[Self.key(id)] {
          if other.content == content { continue }
          return .conflict(conflict(id, store), mappings: [other.mapping, member.mapping])
        }
        seen[Self.key(id)] = (content, member.mapping)
        try writer.append(product: product.raw)
        for child in reader.children(of: product) where wanted[Self.key(child)] == nil {
          wanted[Self.key(child)] = Missing(child: child, parent: id, mapping: member.mapping)
        }
      }
    }
    let missing = wanted.filter { seen[$0.key] == nil }.values.sorted { $0.child < $1.child }
    guard missing.isEmpty else { return .incomplete(missing) }
    return .whole(
      SpooledProducts(store: store, requestId: requestId, body: try writer.finish()))
  }

  private static func key(_ id: String) -> UInt64 { Bytes.withBytes(of: id) { $0.hash64() } }

  private func conflict(_ id: String, _ store: StoreSetting) -> Problem {
    Problem(
      "different-products", value: id,
      "two mappings of the catalogue make different products with this id for store "
        + store.posStoreId,
      remedy: "Tell them apart in one of the mappings, for example with a prefix.")
  }
}
