import JSON

extension JSONValue {
  /// The value at a path of names such as `store.posStoreId`; nothing where one is missing.
  func at(_ path: String) -> JSONValue? {
    var value: JSONValue? = self
    for name in path.split(separator: ".") {
      value = value?[String(name)]
    }
    return value
  }
}
