package import Records

/// A value of a ``JSONDocument``: a cheap cursor, no copy.
///
/// It keeps the document alive, but means something only until the document's next parse, or the
/// list reader's next element; so do the bytes that it gives.
package struct JSONValue {
  package enum Kind: UInt8, Sendable {
    case object, array, string, number, bool, null

    /// What a person calls it: `a list`, `null`.
    package var name: String {
      switch self {
      case .object: "an object"
      case .array: "a list"
      case .string: "a string"
      case .number: "a number"
      case .bool: "true or false"
      case .null: "null"
      }
    }
  }

  let document: JSONDocument
  let index: Int

  package var kind: Kind { document.token(at: index).kind }

  /// Exactly as it stands, quotes and brackets included.
  package var raw: Bytes { document.bytes(of: document.token(at: index)) }

  /// How many members an object has, or elements a list; 0 for a scalar.
  package var count: Int { document.token(at: index).count }

  /// How many bytes of the document stand before it; a byte order mark is not counted.
  package var offset: Int { Int(document.token(at: index).offset) }

  /// Its line in the document's bytes, from 1; found by counting, so ask only to report it.
  package var line: Int { document.line(at: offset) }

  /// The first member whose name, unescaped, is `key`; nothing where this is not an object.
  package subscript(key: Bytes) -> JSONValue? {
    let own = document.token(at: index)
    guard own.kind == .object else { return nil }
    var member = index + 1
    while member < own.next {
      if document.hasText(document.token(at: member), key) {
        return JSONValue(document: document, index: member + 1)
      }
      member = Int(document.token(at: member + 1).next)
    }
    return nil
  }

  /// The first member whose name, unescaped, is `key`; nothing where this is not an object.
  package subscript(key: String) -> JSONValue? {
    var key = key
    return key.withUTF8 { self[Bytes($0)] }
  }

  /// The elements of a list; nothing for other kinds.
  package var elements: JSONElements { JSONElements(of: self) }

  /// The members of an object in the order in which they stand; nothing for other kinds.
  package var members: JSONMembers { JSONMembers(of: self) }

  /// Appends a scalar as text: a string unescaped, a number as it is written, `true` or `false`;
  /// nothing for null. A list or object is appended as it stands.
  package func appendText(to output: ByteOutput) {
    let token = document.token(at: index)
    switch token.kind {
    case .null: break
    case .string: document.appendText(of: token, to: output)
    case .object, .array, .number, .bool: output.append(document.bytes(of: token))
    }
  }

  /// Whether it is a string that, unescaped, has exactly these bytes.
  package func hasText(_ text: Bytes) -> Bool {
    let token = document.token(at: index)
    return token.kind == .string && document.hasText(token, text)
  }

  /// What ``appendText(to:)`` appends.
  package var text: String {
    let token = document.token(at: index)
    switch token.kind {
    case .null: return ""
    case .string: return document.text(of: token).text
    case .object, .array, .number, .bool: return document.bytes(of: token).text
    }
  }
}
