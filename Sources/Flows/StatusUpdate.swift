import Contract
import DStoreAPI
import JSON
import Records
import Settings

/// Writes the body of a status update: the products whose status differs, with the fields that the
/// contract requires there and no other (dstore-api, syncProduct 2).
struct StatusUpdate {
  let contract: Contract
  let folder: String

  /// - Parameters:
  ///   - products: the whole new list, of which nothing but statuses differs.
  ///   - old: the index of what was accepted.
  func write(_ products: SpooledProducts, against old: ProductIndex) throws(Problem)
    -> SpooledProducts
  {
    let requestId = RequestId.make()
    let writer = try PayloadWriter(
      path: "\(folder)/\(requestId).json",
      envelope: Envelope(
        contract: contract, requestId: requestId, posAccountId: products.store.posAccountId,
        posStoreId: products.store.posStoreId))
    let reader = try PayloadReader(path: products.body.path, contract: contract)
    let names = contract.messages["syncProduct"]?.statusUpdateFields.map(\.name) ?? []
    let output = ByteOutput(capacity: 1024)
    while let product = try reader.next() {
      guard let (id, new) = reader.entry(of: product), old.entries[id]?.status != new.status else {
        continue
      }
      output.removeAll()
      append(product, names, to: output)
      try writer.append(product: output.bytes)
    }
    return SpooledProducts(
      store: products.store, requestId: requestId, body: try writer.finish())
  }

  private func append(_ product: JSONValue, _ names: [String], to output: ByteOutput) {
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    for name in names {
      guard let value = product[name] else { continue }
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      output.appendJSON(string: name)
      output.append(UInt8(ascii: ":"))
      output.append(value.raw)
    }
    output.append(UInt8(ascii: "}"))
  }
}
