import JSON
import Records
import Templates

extension RecordScope {
  /// An amount, or a number with a fraction, as the POS writes it; nothing for anything else.
  func written(_ json: JSONValue) -> Bytes? {
    switch json.kind {
    case .object:
      guard let amount = amount(json) else { return nil }
      let output = evaluator.buffer()
      styles.numbers.append(amount, to: output)
      return output.bytes
    case .number:
      guard json.raw.firstIndex(of: UInt8(ascii: ".")) != nil,
        let number = try? NumberStyle().decimal(json.raw)
      else { return nil }
      let output = evaluator.buffer()
      styles.numbers.append(number, to: output)
      return output.bytes
    default: return nil
    }
  }

  /// `{value, currency}`; the value may be a string of digits (dstore-api, shared types).
  private func amount(_ json: JSONValue) -> Amount? {
    guard let value = json["value"].flatMap({ Int64($0.text) }),
      let currency = json["currency"].flatMap({ Currency(code: $0.text) })
    else { return nil }
    return Amount(value: value, currency: currency)
  }
}
