import JSON
import Records

/// Whether a JSON value is of a type.
struct ScalarCheck {
  let type: Contract.FieldType

  /// What is expected instead, in words; nothing where the value is of the type.
  func fault(of value: JSONValue) -> String? {
    switch type {
    case .any: nil
    case .string: value.kind == .string ? nil : "a string"
    case .integer: isNumber(value, { Self.isInteger($0) }) ? nil : "a whole number"
    case .decimal: isNumber(value, { Self.isDecimal($0) }) ? nil : "a number"
    case .boolean: value.kind == .bool ? nil : "true or false"
    case .amount: value.kind == .object ? nil : "an amount {value, currency}"
    case .time: isTime(value) ? nil : "a time such as 2026-01-31T12:08:56+08:00"
    case .object: value.kind == .object ? nil : "an object"
    case .list: value.kind == .array ? nil : "a list"
    }
  }

  /// D-Store sends numbers also as strings of digits.
  private func isNumber(_ value: JSONValue, _ test: (String) -> Bool) -> Bool {
    (value.kind == .number || value.kind == .string) && value.raw.count <= 64 && test(value.text)
  }

  private static func isInteger(_ text: String) -> Bool {
    let digits = text.utf8.first == UInt8(ascii: "-") ? text.utf8.dropFirst() : text.utf8[...]
    return !digits.isEmpty && digits.allSatisfy(\.isDigit) && Int64(text) != nil
  }

  /// A decimal number as JSON writes it (RFC 8259, 6), leading zeros allowed.
  private static func isDecimal(_ text: String) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    let marks = Array("+-.eE".utf8)
    return (first.isDigit || first == UInt8(ascii: "-")) && last.isDigit
      && text.utf8.allSatisfy { $0.isDigit || marks.contains($0) } && Double(text) != nil
  }

  private func isTime(_ value: JSONValue) -> Bool {
    switch value.kind {
    case .string: value.raw.count <= 64 && TimeText(value.text).isTime
    case .number: TimeText(value.text).isEpoch
    default: false
    }
  }
}
