import Contract
import Records

/// Values for required fields of which nobody knows what they are for.
struct Filler {
  let time: String
  let currency: Currency

  /// The first word that is allowed, or what is as good as nothing.
  func json(for field: Contract.Field) -> String {
    if let word = field.allowed.first { return JSONWords.string(word) }
    return switch field.type {
    case .string: JSONWords.string("-")
    case .integer, .decimal: "0"
    case .boolean: "false"
    case .amount: JSONWords.amount(Amount(value: 0, currency: currency))
    case .time: JSONWords.string(time)
    case .list: "[]"
    case .object, .any: field.fields.filter(\.isRequired).json(json(for:))
    }
  }

  /// Nothing for a field that may be left out.
  func jsonIfRequired(_ field: Contract.Field) -> String? {
    field.isRequired ? json(for: field) : nil
  }
}
