import JSON
import Records
import YAML

/// What a test expects, held against JSON by its texts: 650 and "650" are equal.
struct ExpectedValue {
  let node: YAMLNode

  init(_ node: YAMLNode) { self.node = node }

  func equals(_ json: JSONValue) -> Bool {
    switch node.content {
    case .scalar(let text, _):
      return json.kind != .object && json.kind != .array && json.text == text
    case .list(let items):
      guard json.kind == .array, json.count == items.count else { return false }
      return zip(items, json.elements).allSatisfy { ExpectedValue($0).equals($1) }
    case .mapping(let entries):
      guard json.kind == .object, json.count == entries.count else { return false }
      return entries.allSatisfy { entry in
        json[entry.key].map { ExpectedValue(entry.value).equals($0) } ?? false
      }
    }
  }

  /// As compact JSON, with every scalar in quotes where it is not a whole number.
  var text: String {
    switch node.content {
    case .scalar(let text, _):
      return Int(text).map(String.init) == text ? text : "\"\(text)\""
    case .list(let items):
      return "[" + items.map { ExpectedValue($0).text }.joined(separator: ",") + "]"
    case .mapping(let entries):
      let members = entries.map { "\"\($0.key)\":\(ExpectedValue($0.value).text)" }
      return "{" + members.joined(separator: ",") + "}"
    }
  }
}
