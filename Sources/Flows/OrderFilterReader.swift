import Records
import RowMapping
import YAML

/// Reads which orders a mapping would take that is wrong elsewhere.
struct OrderFilterReader {
  let reader: OrderMappingReader

  /// Keys that say which orders a mapping takes, and what these refer to.
  private static let keys: Set<String> = [
    "kind", "where", "unless", "values", "tables", "numbers", "dates", "currency",
  ]

  /// In place of everything else.
  private static func rest(_ kind: MappingFile.Kind) -> String {
    let id = kind == .orders ? "requestOrderId" : "requestId"
    return "file: x/${\(id)}.csv\nrecords: [{columns: {A: x}}]\n"
  }

  /// - Parameter faults: what is wrong with the whole of it. A key that is not known may be one of
  ///   these, misspelt.
  /// - Returns: a mapping that takes the same orders; `nil` where that cannot be read.
  func filter(
    _ node: YAMLNode, name: String, path: String, kind: MappingFile.Kind, faults: [Problem]
  ) -> OrderMapping? {
    let isMisspelt = faults.contains { $0.code == "unknown-key" && $0.place.column == 1 }
    guard !isMisspelt, case .mapping(let entries) = node.content,
      let rest = try? YAML.parse(Array(Self.rest(kind).utf8), file: path),
      case .mapping(let others) = rest.content
    else { return nil }
    let kept = entries.filter { Self.keys.contains($0.key) }
    return try? reader.read(
      YAMLNode(content: .mapping(kept + others), place: node.place), name: name, path: path,
      kind: kind)
  }
}
