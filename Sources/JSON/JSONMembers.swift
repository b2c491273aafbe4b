package import Records

/// The members of an object, one after the other.
///
/// A member's key is unescaped, and valid until another key or string of its document is read.
package struct JSONMembers: Sequence, IteratorProtocol {
  private let document: JSONDocument
  private var index: Int
  private let end: Int

  init(of object: JSONValue) {
    let token = object.document.token(at: object.index)
    document = object.document
    index = object.index + 1
    end = token.kind == .object ? Int(token.next) : 0
  }

  package mutating func next() -> (key: Bytes, value: JSONValue)? {
    guard index < end else { return nil }
    let key = document.text(of: document.token(at: index))
    let value = JSONValue(document: document, index: index + 1)
    index = Int(document.token(at: index + 1).next)
    return (key, value)
  }
}
