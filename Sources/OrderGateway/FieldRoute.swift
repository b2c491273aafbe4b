import Contract
import JSON
import Records

/// The way to a field of a message through the objects around it, found once.
struct FieldRoute: Sendable {
  /// As the contract writes it.
  let path: String
  private let names: [String]

  /// - Parameter list: the list in whose elements the field stands; nothing: it stands in the
  ///   body itself.
  /// - Returns: nothing where there is no such field, or it stands in another list.
  init?(_ field: Contract.Field?, inElementsOf list: Contract.Field? = nil) {
    guard let field else { return nil }
    var rest = field.path[...]
    if let list {
      guard rest.hasPrefix(list.path + "[].") else { return nil }
      rest = rest.dropFirst(list.path.count + 3)
    }
    path = field.path
    names = rest.split(separator: ".").map(String.init)
    if names.contains(where: { $0.hasSuffix("[]") }) { return nil }
  }

  /// The field's value; nothing where it is missing or null.
  func value(in body: JSONValue) -> JSONValue? {
    var value = body
    for name in names {
      guard let inner = value[name] else { return nil }
      value = inner
    }
    return value.kind == .null ? nil : value
  }

  /// The texts of all fields of this name, where keys stand twice.
  func texts(in body: JSONValue) -> Set<String> {
    var values = [body]
    for name in names {
      values = values.flatMap { value in
        value.members.filter { $0.key.text == name }.map(\.value)
      }
    }
    return Set(values.filter { $0.kind == .string || $0.kind == .number }.map(\.text))
  }

  /// A string's or a number's text; nothing where there is none, or it is empty.
  func text(in body: JSONValue) -> String? {
    guard let value = value(in: body), value.kind == .string || value.kind == .number else {
      return nil
    }
    let text = value.text
    return text.isEmpty ? nil : text
  }
}
