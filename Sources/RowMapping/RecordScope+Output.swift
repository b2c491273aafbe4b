import JSON
import Records
import Templates

extension RecordScope {
  /// An amount, or a number with a fraction, as the POS writes it; nothing for anything else.
  func written(_ json: JSONValue) -> Bytes? {
    switch json.kind {
    case .object:
      return amount(json)
    case .number:
      guard json.raw.firstIndex(of: UInt8(ascii: ".")) != nil,
        let number = try? NumberStyle().decimal(json.raw, isJSON: true)
      else { return nil }
      let output = evaluator.buffer()
      styles.numbers.append(number, to: output)
      return output.bytes
    default: return nil
    }
  }

  /// `{value, currency}`; the value may be a string of digits (dstore-api, shared types), and `650.0`
  /// and `6.5e2` are 650. A value that is no whole number is written as it came.
  private func amount(_ json: JSONValue) -> Bytes? {
    guard let value = json["value"],
      let currency = json["currency"].flatMap({ Currency(code: $0.text) }),
      let number = Bytes.withBytes(
        of: value.text, { try? NumberStyle().decimal($0, isJSON: value.kind == .number) })
    else { return nil }
    let output = evaluator.buffer()
    if let whole = number.scaled(by: 0) {
      styles.numbers.append(Amount(value: whole, currency: currency), to: output)
    } else {
      output.append(text: value.text)
    }
    return output.bytes
  }
}
