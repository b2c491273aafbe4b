import JSON
import Records

/// How paths lead through JSON, of whatever shape it is: what cannot be followed is a problem, never
/// nothing.
extension JSONValue {
  /// Whether it is what programs write where there is nothing: `null`, `false`, `""`, `{}`, `[]`.
  var isVoid: Bool {
    switch kind {
    case .null: true
    case .object, .array: count == 0
    case .string: raw.count == 2
    case .bool: raw[0] == UInt8(ascii: "f")
    case .number: false
    }
  }

  /// The member of an object.
  ///
  /// - Returns: `nil` where the object does not have it, or nothing stands here.
  /// - Throws: a problem where something else than an object stands here.
  func member(_ name: Bytes) throws(Problem) -> JSONValue? {
    if kind == .object { return self[name] }
    if isVoid { return nil }
    throw Problem(
      "no-object", value: shown,
      "\(kind.name) stands where the mapping looks for the field \(Problem.shown(name.text))",
      remedy: kind == .array
        ? "Open the list with each:, or as a level of rows:, and read the field of its elements."
        : "Correct the path in the mapping, or what the field holds.")
  }

  /// Runs `body` for each of the values that stand in the place of a list: a list's elements, the
  /// values of an object whose names are numbers, or an object that is alone.
  func forEachListed(_ body: (JSONValue, _ key: Bytes) throws(Problem) -> Void) throws(Problem) {
    switch kind {
    case .array:
      var elements = elements
      while let element = elements.next() { try body(element, .empty) }
    case .object where isNumbered:
      var members = members
      while let member = members.next() { try body(member.value, member.key) }
    case .object: try body(self, .empty)
    default: throw noList
    }
  }

  /// Runs `body` for each value that a `*` stands for: an object's with its name, a list's with its
  /// position from 0.
  func forEachKeyed(_ body: (JSONValue, _ key: Bytes) throws(Problem) -> Void) throws(Problem) {
    switch kind {
    case .object:
      var members = members
      while let member = members.next() { try body(member.value, member.key) }
    case .array:
      for (position, element) in elements.enumerated() {
        try Bytes.withBytes(of: String(position)) { key throws(Problem) in
          try body(element, key)
        }
      }
    default: throw noList
    }
  }

  /// PHP writes a list with gaps as such an object.
  private var isNumbered: Bool {
    members.allSatisfy { !$0.key.isEmpty && $0.key.buffer.allSatisfy(\.isDigit) }
  }

  private var noList: Problem {
    Problem(
      "no-list", value: shown, "\(kind.name) stands where the mapping expects a list",
      remedy: "Correct the path in the mapping, or what the field holds.")
  }

  /// So much of it as a message shows.
  var shown: String { raw.slice(0, min(raw.count, 200)).text }
}
