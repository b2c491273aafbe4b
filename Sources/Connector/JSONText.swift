import JSON
import Records

/// Builds a JSON object for `--json`, member by member; what is nothing is written as null.
struct JSONText {
  private let output = ByteOutput(capacity: 1024)
  private var needsComma = false

  var text: String { output.bytes.text }

  mutating func begin() { open(UInt8(ascii: "{")) }

  mutating func end() { close(UInt8(ascii: "}")) }

  mutating func string(_ name: String, _ value: String?) {
    key(name)
    if let value { output.appendJSON(string: value) } else { output.append("null") }
    needsComma = true
  }

  /// An element of a list.
  mutating func text(_ value: String) {
    if needsComma { output.append(UInt8(ascii: ",")) }
    output.appendJSON(string: value)
    needsComma = true
  }

  mutating func number(_ name: String, _ value: Int64?) {
    key(name)
    if let value { output.appendJSON(number: value) } else { output.append("null") }
    needsComma = true
  }

  mutating func raw(_ name: String, _ json: String) {
    key(name)
    output.append(text: json)
    needsComma = true
  }

  mutating func object(_ name: String, _ add: (inout JSONText) -> Void) {
    key(name)
    begin()
    add(&self)
    end()
  }

  mutating func list<Element>(
    _ name: String, _ elements: [Element], _ add: (inout JSONText, Element) -> Void
  ) {
    key(name)
    needsComma = false
    open(UInt8(ascii: "["))
    for element in elements { add(&self, element) }
    close(UInt8(ascii: "]"))
  }

  private mutating func key(_ name: String) {
    if needsComma { output.append(UInt8(ascii: ",")) }
    output.appendJSON(string: name)
    output.append(UInt8(ascii: ":"))
    needsComma = false
  }

  private mutating func open(_ bracket: UInt8) {
    if needsComma { output.append(UInt8(ascii: ",")) }
    output.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    output.append(bracket)
    needsComma = true
  }
}
