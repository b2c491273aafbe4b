import Glibc
import JSON
import Records

/// The menu of each store, as the last accepted sync left it: one JSON file each, which holds
/// `{"posAccountId":…,"posStoreId":…,"products":[…]}` with a line for each product.
struct MenuStore {
  let folder: String

  init(folder: String) throws(Problem) {
    self.folder = folder
    try StateFile.makeFolder(folder)
  }

  func path(account: String, store: String) -> String {
    "\(folder)/\(StateFile.name(store, key: "\(account)\n\(store)")).json"
  }

  func exists(account: String, store: String) throws(Problem) -> Bool {
    access(path(account: account, store: store), F_OK) == 0
  }

  /// Replaces a menu by the elements of `products`.
  /// - Returns: how many there are.
  func replace(
    _ products: JSONValue, account: String, store: String
  ) throws(Problem) -> Int {
    try write(account: account, store: store, products) { product, output in
      output.append(product.raw)
    }
  }

  /// Changes statuses, all of them or none.
  /// - Parameter statuses: the status, as it stands in JSON, by product id.
  /// - Returns: the id of a product that the menu has not, in which case nothing is changed.
  func change(
    _ statuses: [String: [UInt8]], _ shape: ProductShape, account: String, store: String
  ) throws(Problem) -> String? {
    let path = path(account: account, store: store)
    let bytes = try StateFile.read(path) ?? []
    let document = JSONDocument()
    do throws(JSONFault) {
      try Bytes.withBytes(of: bytes) { (view) throws(JSONFault) in try document.parse(view) }
    } catch {
      throw error.problem(file: path)
    }
    guard let products = document.root["products"] else { return statuses.keys.min() }
    let present = Set(products.elements.compactMap { $0[shape.id]?.text })
    if let missing = statuses.keys.filter({ !present.contains($0) }).min() { return missing }
    _ = try write(account: account, store: store, products) { product, output in
      if let id = product[shape.id]?.text, let status = statuses[id] {
        shape.write(product, status: status, to: output)
      } else {
        output.append(product.raw)
      }
    }
    return nil
  }

  private func write(
    account: String, store: String, _ products: JSONValue,
    _ element: (JSONValue, ByteOutput) -> Void
  ) throws(Problem) -> Int {
    var count = 0
    try StateFile.replace(path(account: account, store: store)) { (writer) throws(Problem) in
      writer.output.append("{\"posAccountId\":")
      writer.output.appendJSON(string: account)
      writer.output.append(",\"posStoreId\":")
      writer.output.appendJSON(string: store)
      writer.output.append(",\"products\":[")
      for product in products.elements {
        writer.output.append(count == 0 ? "\n" : ",\n")
        element(product, writer.output)
        count += 1
        try writer.flushIfFull()
      }
      writer.output.append("\n]}\n")
    }
    return count
  }
}
