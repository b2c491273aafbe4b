import Contract
import JSON

extension FieldRoute {
  /// The id that a request must have.
  ///
  /// A NUL in it is refused: where texts end at one, two ids would become the same.
  func id(in body: JSONValue) throws(Refusal) -> String {
    guard let id = text(in: body) else {
      throw Refusal(.unreadable, "the body has no \(path), or it is empty or no text")
    }
    guard !id.utf8.contains(0) else {
      throw Refusal(.unreadable, "\(path) holds a NUL character")
    }
    return id
  }
}
