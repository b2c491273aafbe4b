import Contract
import DStoreAPI
import JSON
import Records
import Settings

/// Joins what several mappings make for one store into one list.
struct Catalogue {
  /// The code of the problem that two products share an id.
  static let conflict = "different-products"

  let contract: Contract
  let folder: String

  /// - Parameters:
  ///   - paths: the full lists of all mappings of the catalogue.
  /// - Returns: the union. Equal products of two lists are one.
  /// - Throws: a problem for two different products under one id.
  func join(_ paths: [String], for store: StoreSetting) throws(Problem) -> SpooledProducts {
    let requestId = RequestId.make()
    let writer = try PayloadWriter(
      path: "\(folder)/\(requestId).json",
      envelope: Envelope(
        contract: contract, requestId: requestId, posAccountId: store.posAccountId,
        posStoreId: store.posStoreId))
    var seen: [UInt64: (content: UInt64, part: Int)] = [:]
    for (part, path) in paths.enumerated() {
      let reader = try PayloadReader(path: path, contract: contract)
      while let product = try reader.next() {
        let id = reader.id(of: product)
        let key = Bytes.withBytes(of: id) { $0.hash64() }
        let content = product.raw.hash64()
        if let other = seen[key] {
          guard other.content == content else { throw conflict(id, store) }
          continue
        }
        seen[key] = (content, part)
        try writer.append(product: product.raw)
      }
    }
    return SpooledProducts(store: store, requestId: requestId, body: try writer.finish())
  }

  private func conflict(_ id: String, _ store: StoreSetting) -> Problem {
    Problem(
      Self.conflict, value: id,
      "two mappings of the catalogue make different products with this id for store "
        + store.posStoreId,
      remedy: "Tell them apart in one of the mappings, for example with a prefix.")
  }
}
