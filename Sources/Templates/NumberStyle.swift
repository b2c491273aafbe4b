package import Records

/// How an export writes numbers; stated by the mapping, never guessed.
package struct NumberStyle: Sendable, Hashable {
  package enum Unit: String, Sendable {
    /// 6.50 is six and a half.
    case major
    /// 650 is six and a half of a currency with two decimals.
    case minor
  }

  /// What stands between whole and fraction.
  package var decimal: UInt8
  /// What may stand between groups of digits; empty: nothing may.
  package var thousands: [UInt8]
  package var unit: Unit
  /// Whether the mapping says so; where it says nothing, a price such as `15.000` is ambiguous.
  package var isStated: Bool

  package init(
    decimal: UInt8 = UInt8(ascii: "."), thousands: [UInt8] = [], unit: Unit = .major,
    isStated: Bool = true
  ) {
    self.decimal = decimal
    self.thousands = Array(PlainNumber.sign(String(decoding: thousands, as: UTF8.self)).utf8)
    self.unit = unit
    self.isStated = isStated
  }

  /// The style in words, for messages.
  package var words: String {
    let point = String(decoding: [decimal], as: UTF8.self)
    let groups =
      thousands.isEmpty
      ? "no thousands separator"
      : "thousands \"\(String(decoding: thousands, as: UTF8.self))\""
    return "decimal \"\(point)\", \(groups)\(unit == .minor ? ", unit minor" : "")"
  }
}

/// Reading.
extension NumberStyle {
  /// Reads a number exactly.
  ///
  /// - Parameters:
  ///   - bytes: the number alone: an optional sign, digits of any script, the stated separators.
  ///   - isJSON: whether it is a number of a JSON text, which may have an exponent.
  /// - Throws: a problem without a place that says why this is no such number.
  package func decimal(_ bytes: Bytes, isJSON: Bool = false) throws(Problem) -> Decimal {
    if let plain = PlainNumber.text(of: bytes, style: self) {
      return try Bytes.withBytes(of: plain) { plain throws(Problem) in
        var reader = DecimalReader(style: self, text: plain, shown: bytes, isJSON: isJSON)
        return try reader.read()
      }
    }
    var reader = DecimalReader(style: self, text: bytes, shown: bytes, isJSON: isJSON)
    return try reader.read()
  }

  /// Reads money into the currency's smallest unit, exactly.
  ///
  /// - Parameter isJSON: whether it is a number of a JSON text.
  /// - Throws: a problem without a place; among others for more decimals than the currency has, and
  ///   where nothing is stated and the number may mean two things.
  package func amount(
    _ bytes: Bytes, in currency: Currency, isJSON: Bool = false
  ) throws(Problem) -> Amount {
    if !isStated, !isJSON, currency.exponent < 3 { try refuseAmbiguous(bytes, currency) }
    let number = try decimal(bytes, isJSON: isJSON)
    guard let value = number.scaled(by: unit == .minor ? 0 : currency.exponent) else {
      throw Problem(
        "money", value: bytes.text, tooFine(currency),
        remedy: "Round the price in the POS; the connector never rounds money.")
    }
    return Amount(value: value, currency: currency)
  }

  /// `15.000` is fifteen or fifteen thousand.
  private func refuseAmbiguous(_ bytes: Bytes, _ currency: Currency) throws(Problem) {
    let plain = PlainNumber.text(of: bytes, style: self)
    let text = plain ?? bytes.text
    let unsigned = text.first.map { "+-".contains($0) } == true ? text.dropFirst() : text[...]
    let parts = unsigned.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    guard parts.count == 2, parts[1].utf8.count == 3, !parts[0].isEmpty,
      parts[0].first != "0",
      parts.allSatisfy({ $0.utf8.allSatisfy(\.isDigit) })
    else { return }
    let sign = unsigned.contains(".") ? "." : ","
    let other = sign == "." ? "," : "."
    throw Problem(
      "ambiguous-number", value: bytes.text,
      "three digits stand behind the only separator, which may be a decimal or a thousands sign, and "
        + "\(currency.code) has \(currency.exponent) decimals",
      remedy:
        "Write numbers: {decimal: \"\(other)\", thousands: \"\(sign)\"} in the mapping if it is "
        + "\(parts[0])\(parts[1]), or numbers: {decimal: \"\(sign)\"} if it is "
        + "\(parts[0])\(sign)\(parts[1]).")
  }

  private func tooFine(_ currency: Currency) -> String {
    unit == .minor
      ? "this is no whole number of the smallest unit of \(currency.code)"
      : "this has more decimals than the \(currency.exponent) of \(currency.code), or too many digits"
  }
}

/// Writing, so that what was written is read as the same number again.
extension NumberStyle {
  /// Without thousands: `1234,5`.
  package func append(_ number: Decimal, to output: ByteOutput) {
    number.append(to: output, point: decimal)
  }

  /// With all decimals of the currency, `6,50`; with `unit: minor` in the smallest unit, `650`.
  package func append(_ amount: Amount, to output: ByteOutput) {
    let number = Decimal(
      isNegative: amount.value < 0, digits: Int64(clamping: amount.value.magnitude),
      scale: unit == .minor ? 0 : amount.currency.exponent)
    number.append(to: output, point: decimal)
  }
}
