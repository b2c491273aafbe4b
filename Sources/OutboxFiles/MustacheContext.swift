import JSON
import Mustache
import Records

/// What a template can name, made from an order.
struct MustacheContext {
  /// Whether plain text is written: there a line's end in a value would begin a line of its own,
  /// which the POS could take for one of the template's.
  let isText: Bool
  /// Control characters that neither XML 1.0 nor a line of text can hold.
  private(set) var replacements = EncodedText([], holder: "a template's output")

  init(isText: Bool) { self.isText = isText }

  /// The order's fields, `values` and `records`; the latter two hide fields of the same name.
  mutating func root(of sheet: OrderSheet, order: JSONValue) -> Any {
    var root: [String: Any] = [:]
    for (key, value) in order.members where root[key.text] == nil {
      root[key.text] = self.value(of: value)
    }
    root["values"] = members(of: sheet.values.map { ($0.name, $0.text) })
    root["records"] = MustacheList(elements: sheet.lines.map { record($0, sheet) })
    return object(root, order)
  }

  /// A text as a template sees it, without what could break the file or steer a printer.
  private mutating func text(_ text: String) -> Any {
    guard !text.isEmpty else { return MustacheNothing() }
    guard text.unicodeScalars.contains(where: isForbidden) else { return text }
    for scalar in text.unicodeScalars where isForbidden(scalar) { replacements.add(String(scalar)) }
    return clean(text)
  }

  private func clean(_ text: String) -> String {
    var clean = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      clean.append(isForbidden(scalar) ? (isText ? " " : "?") : scalar)
    }
    return String(clean)
  }

  private func isForbidden(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D, 0x80...0x9F, 0x2028, 0x2029: isText
    case 0..<0x20, 0x7F, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private mutating func members(of pairs: [(String, String)]) -> MustacheObject {
    var members: [String: Any] = [:]
    for (name, text) in pairs { members[name] = self.text(text) }
    return MustacheObject(members: members, renderText: "")
  }

  private mutating func record(_ line: OrderSheet.Line, _ sheet: OrderSheet) -> Any {
    let columns = sheet.columns.indices.contains(line.kind) ? sheet.columns[line.kind] : []
    return members(of: zip(columns, line.cells).map { ($0.name, $1) })
  }

  /// It calls itself as deep as the value is, which the parser's depth limit bounds.
  private mutating func value(of value: JSONValue) -> Any {
    switch value.kind {
    case .object:
      var members: [String: Any] = [:]
      for (key, member) in value.members where members[key.text] == nil {
        members[key.text] = self.value(of: member)
      }
      return object(members, value)
    case .array:
      var elements: [Any] = []
      for element in value.elements { elements.append(self.value(of: element)) }
      return MustacheList(elements: elements)
    case .string: return text(value.text)
    case .number: return number(value.text)
    case .bool: return value.text == "true"
    case .null: return MustacheNothing()
    }
  }

  /// An object that, where a tag asks for all of it, is written as it stands in the order.
  private func object(_ members: [String: Any], _ value: JSONValue) -> MustacheObject {
    MustacheObject(members: members, renderText: isText ? clean(value.text) : value.text)
  }

  /// A number as it is written; one that is surely far from the ends of `Int` can be counted with.
  private func number(_ text: String) -> Any {
    guard text.utf8.count <= 15, let number = Int(text), String(number) == text else { return text }
    return number
  }
}

/// An object of the order, whose members a template names with points.
struct MustacheObject: MustacheParent, MustacheCustomRenderable {
  let members: [String: Any]
  let renderText: String

  var isNull: Bool { false }

  func child(named name: String) -> Any? { members[name] }
}

/// A list of the order, which a section walks through.
struct MustacheList: MustacheSequence, MustacheTransformable, MustacheCustomRenderable {
  let elements: [Any]

  var renderText: String { "" }
  var isNull: Bool { false }

  func makeIterator() -> IndexingIterator<[Any]> { elements.makeIterator() }

  func transform(_ name: String) -> Any? {
    name == "reversed" ? MustacheList(elements: elements.reversed()) : elements.transform(name)
  }
}

/// Null, or an empty text: written as nothing, and its section is left out.
struct MustacheNothing: MustacheCustomRenderable, MustacheTransformable {
  var renderText: String { "" }
  var isNull: Bool { true }

  func transform(_ name: String) -> Any? { name == "empty" ? true : self }
}
