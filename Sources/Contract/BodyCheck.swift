import JSON
import Records

/// Walks through a body beside its fields.
final class BodyCheck {
  private enum Step {
    case name(String)
    case index(Int)
  }

  private(set) var found: [Problem] = []
  private let message: String
  private let limit: Int
  private var steps: [Step] = []

  init(message: String, limit: Int) {
    self.message = message
    self.limit = limit
  }

  func root(_ body: JSONValue, fields: [Contract.Field]) {
    guard body.kind == .object else {
      return add("contract-type", body, "\(message) takes a JSON object, and this is none")
    }
    check(fields, in: body)
  }

  private func check(_ fields: [Contract.Field], in object: JSONValue) {
    for field in fields where found.count < limit {
      steps.append(.name(field.name))
      defer { steps.removeLast() }
      if let value = object[field.name], value.kind != .null {
        check(value, field)
      } else if field.isRequired {
        add("contract-missing", nil, "\(message) needs this field, and it is missing")
      }
    }
  }

  private func check(_ value: JSONValue, _ field: Contract.Field) {
    switch field.type {
    case .amount: checkAmount(value, maximum: field.maximum)
    case .object where value.kind == .object:
      checkMaximum(field, of: value) { $0.raw.buffer.count { $0 & 0xC0 != 0x80 } }
      check(field.fields, in: value)
    case .list where value.kind == .array:
      if field.role == .orderProducts, value.count == 0 {
        add("contract-missing", value, "the order has no products: the list is empty")
      }
      checkMaximum(field, of: value) { $0.count }
      checkElements(value, field)
    default: checkScalar(value, field)
    }
  }

  private func checkElements(_ list: JSONValue, _ field: Contract.Field) {
    for (index, element) in list.elements.enumerated() {
      guard found.count < limit else { return }
      steps.append(.index(index))
      defer { steps.removeLast() }
      if let fault = ScalarCheck(type: field.element).fault(of: element) {
        add("contract-type", element, "\(message) takes \(fault) here")
      } else if field.element == .amount {
        checkAmount(element, maximum: nil)
      } else {
        check(field.fields, in: element)
      }
    }
  }

  private func checkScalar(_ value: JSONValue, _ field: Contract.Field) {
    if let fault = ScalarCheck(type: field.type).fault(of: value) {
      return add("contract-type", value, "\(message) takes \(fault) here")
    }
    if field.isRequired, field.type == .string, value.text.isEmpty {
      return add("contract-missing", value, "\(message) needs this field, and it is empty")
    }
    if !field.allowed.isEmpty, !field.allowed.contains(value.text) {
      let words = field.allowed.joined(separator: ", ")
      add("contract-enum", value, "this word is not one of \(words)" + Self.doubt(field))
    }
    switch field.type {
    case .string: checkMaximum(field, of: value) { $0.text.unicodeScalars.count }
    case .integer, .decimal: checkValue(value, field)
    default: break
    }
  }

  private func checkMaximum(
    _ field: Contract.Field, of value: JSONValue, _ length: (JSONValue) -> Int
  ) {
    guard let maximum = field.maximum, value.raw.count > maximum else { return }
    let length = length(value)
    guard length > maximum else { return }
    let unit = field.type == .list ? "elements" : "characters"
    add(
      "contract-maximum", value,
      "it has \(length) \(unit), and the maximum is \(maximum)" + Self.doubt(field))
  }

  private func checkValue(_ value: JSONValue, _ field: Contract.Field) {
    guard let maximum = field.maximum, let number = Double(value.text), number > Double(maximum)
    else { return }
    add("contract-maximum", value, "the maximum is \(maximum)" + Self.doubt(field))
  }

  /// `{value, currency}` (dstore-api, shared types).
  private func checkAmount(_ value: JSONValue, maximum: Int?) {
    guard value.kind == .object else {
      return add("contract-type", value, "\(message) takes an amount {value, currency} here")
    }
    let most = maximum ?? Contract.greatestAmount
    checkPart("value", of: value) { part in
      let number = ScalarCheck(type: .integer).fault(of: part) == nil ? Int(part.text) : nil
      if number.map({ $0 >= 0 && $0 <= most }) == true { return }
      add("contract-type", part, "an amount's value is a whole number from 0 to \(most)")
    }
    checkPart("currency", of: value) { part in
      if part.kind == .string, Currency(code: part.text) != nil { return }
      add("contract-type", part, "an amount's currency is a code of ISO 4217, such as SGD")
    }
  }

  private func checkPart(_ name: String, of amount: JSONValue, _ check: (JSONValue) -> Void) {
    steps.append(.name(name))
    defer { steps.removeLast() }
    if let part = amount[name], part.kind != .null {
      check(part)
    } else {
      add("contract-missing", nil, "an amount needs this field, and it is missing")
    }
  }

  /// That a rule is a guess is worth knowing when it refuses something.
  private static func doubt(_ field: Contract.Field) -> String {
    field.basis == .assumed ? " (assumed)" : ""
  }

  private func add(_ code: String, _ value: JSONValue?, _ words: String) {
    guard found.count < limit else { return }
    found.append(
      Problem(
        code, at: Place(field: steps.isEmpty ? nil : path), value: value.map(Self.shown), words,
        remedy: "Correct what fills this field, or the contract where D-Store says otherwise."))
  }

  private var path: String {
    steps.reduce(into: "") { path, step in
      switch step {
      case .name(let name): path += path.isEmpty ? name : ".\(name)"
      case .index(let index): path += "[\(index)]"
      }
    }
  }

  /// Enough of a value to know it again.
  private static func shown(_ value: JSONValue) -> String {
    if value.kind == .string { return value.text }
    let raw = value.raw
    return raw.slice(0, min(raw.count, 400)).text
  }
}
