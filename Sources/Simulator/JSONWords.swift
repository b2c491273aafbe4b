import JSON
import Records

/// JSON text made of smaller pieces of JSON text.
enum JSONWords {
  static func string(_ text: String) -> String {
    let output = ByteOutput(capacity: text.utf8.count + 16)
    output.appendJSON(string: text)
    return output.bytes.text
  }

  /// `{"value":640,"currency":"SGD"}` (dstore-api, shared types).
  static func amount(_ amount: Amount) -> String {
    "{\"value\":\(amount.value),\"currency\":\(string(amount.currency.code))}"
  }

  static func list(_ elements: [String]) -> String { "[\(elements.joined(separator: ","))]" }

  static func object(_ members: [(name: String, json: String)]) -> String {
    "{\(members.map { "\(string($0.name)):\($0.json)" }.joined(separator: ","))}"
  }
}
