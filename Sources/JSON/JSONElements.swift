/// The elements of a list, one after the other.
package struct JSONElements: Sequence, IteratorProtocol {
  private let document: JSONDocument
  private var index: Int
  private let end: Int

  init(of list: JSONValue) {
    let token = list.document.token(at: list.index)
    document = list.document
    index = list.index + 1
    end = token.kind == .array ? Int(token.next) : 0
  }

  package mutating func next() -> JSONValue? {
    guard index < end else { return nil }
    defer { index = Int(document.token(at: index).next) }
    return JSONValue(document: document, index: index)
  }
}
