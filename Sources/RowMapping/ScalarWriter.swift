import Contract
import JSON
import Records
import Templates

/// Writes one scalar as its field of the contract wants it, or says why it can't.
struct ScalarWriter {
  let styles: Styles
  /// What stands behind the number of an amount.
  private let currency: StableText

  init(styles: Styles) {
    self.styles = styles
    currency = StableText(",\"currency\":\"\(styles.currency.code)\"}")
  }

  /// - Parameters:
  ///   - text: trimmed and not empty.
  ///   - allowed: the field's words, as bytes.
  ///   - isElement: whether it is one of the list that the field is.
  ///   - isJSON: whether it is a number of a JSON export as it stands there.
  /// - Throws: a problem without a place.
  func write(
    _ text: Bytes, as field: Contract.Field, allowed: [StableText], isElement: Bool = false,
    isJSON: Bool = false, to output: ByteOutput
  ) throws(Problem) {
    switch isElement ? field.element : field.type {
    case .amount: try amount(text, field, isJSON, output)
    case .integer: output.appendJSON(number: try integer(text, field, isJSON))
    case .decimal: try decimal(text, field, isJSON, output)
    case .boolean: try boolean(text, output)
    case .time: try time(text, output)
    default:
      try check(text, field, allowed)
      output.appendJSON(string: text)
    }
  }

  /// What a field is that must be filled and is not.
  static func empty(_ field: Contract.Field) -> Problem {
    Problem(
      "empty-field", "\"\(field.name)\" is empty, and the contract requires it",
      remedy: "Fill it in the POS, give a fallback with default(…), or leave such rows out with "
        + "unless: or when:.")
  }

  private func amount(
    _ text: Bytes, _ field: Contract.Field, _ isJSON: Bool, _ output: ByteOutput
  ) throws(Problem) {
    let amount: Amount
    do throws(Problem) {
      amount = try styles.numbers.amount(text, in: styles.currency, isJSON: isJSON)
    } catch {
      throw SpreadsheetText.damage(in: text) ?? error
    }
    let greatest = field.maximum ?? Contract.greatestAmount
    guard amount.value >= 0, amount.value <= Int64(greatest) else {
      throw Problem(
        "money", value: text.text, "an amount is from 0 to \(greatest) of the smallest unit",
        remedy: amount.value < 0 && field.role == .refundAmount
          ? "Where the POS writes refunds as negative amounts, take the sign away: "
            + "\(field.name): ${… | replace(\"-\", \"\")}."
          : "Correct it in the POS, or leave such rows out with unless:.")
    }
    output.append("{\"value\":")
    output.appendJSON(number: amount.value)
    output.append(currency.bytes)
  }

  private func integer(
    _ text: Bytes, _ field: Contract.Field, _ isJSON: Bool
  ) throws(Problem) -> Int64 {
    guard let value = try styles.numbers.decimal(text, isJSON: isJSON).scaled(by: 0) else {
      throw Problem(
        "integer", value: text.text, "\"\(field.name)\" must be a whole number",
        remedy: "Fix the value, or take the fraction away with a filter.")
    }
    if let maximum = field.maximum, value > Int64(maximum) {
      throw Problem(
        "integer", value: text.text, "\"\(field.name)\" is at most \(maximum)",
        remedy: "Fix the value in the POS.")
    }
    return value
  }

  private func decimal(
    _ text: Bytes, _ field: Contract.Field, _ isJSON: Bool, _ output: ByteOutput
  ) throws(Problem) {
    let number = try styles.numbers.decimal(text, isJSON: isJSON)
    if let maximum = field.maximum, number.compared(to: Decimal(digits: Int64(maximum))) > 0 {
      throw Problem(
        "decimal", value: text.text, "\"\(field.name)\" is at most \(maximum)",
        remedy: "Fix the value in the POS.")
    }
    output.append(text: number.text)
  }

  private func boolean(_ text: Bytes, _ output: ByteOutput) throws(Problem) {
    guard text == Bytes("true") || text == Bytes("false") else {
      throw Problem(
        "boolean", value: text.text, "this field takes true or false",
        remedy: "Say what the POS's words mean with a table: ${… | lookup(table)}.")
    }
    output.append(text)
  }

  private func time(_ text: Bytes, _ output: ByteOutput) throws(Problem) {
    output.append(UInt8(ascii: "\""))
    try styles.dates.iso8601(text, into: output)
    output.append(UInt8(ascii: "\""))
  }

  private func check(
    _ text: Bytes, _ field: Contract.Field, _ allowed: [StableText]
  ) throws(Problem) {
    if let maximum = field.maximum, text.count > maximum, field.type != .list {
      let length = text.text.unicodeScalars.count
      if length > maximum {
        throw Problem(
          "too-long", value: text.text,
          "\"\(field.name)\" holds at most \(maximum) characters and this has \(length)",
          remedy: "Shorten it in the POS, or cut it with truncate(\(maximum)).")
      }
    }
    if !allowed.isEmpty { try checkAllowed(text, field, allowed) }
  }

  private func checkAllowed(
    _ text: Bytes, _ field: Contract.Field, _ allowed: [StableText]
  ) throws(Problem) {
    for word in allowed where text == word.bytes { return }
    let near = suggestion(for: text.text, among: field.allowed)
    throw Problem(
      "not-allowed", value: text.text,
      "\"\(field.name)\" must be one of \(field.allowed.joined(separator: ", "))",
      remedy: near.orElse("Translate the POS's words with a table: ${… | lookup(table)}."))
  }
}
