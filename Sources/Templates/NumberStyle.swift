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

  package init(decimal: UInt8 = UInt8(ascii: "."), thousands: [UInt8] = [], unit: Unit = .major) {
    self.decimal = decimal
    self.thousands = thousands
    self.unit = unit
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
  /// - Parameter bytes: the number alone: an optional sign, digits, the stated separators.
  /// - Throws: a problem without a place that says why this is no such number.
  package func decimal(_ bytes: Bytes) throws(Problem) -> Decimal {
    var reader = DecimalReader(style: self, text: bytes)
    return try reader.read()
  }

  /// Reads money into the currency's smallest unit, exactly.
  ///
  /// - Throws: a problem without a place; among others for more decimals than the currency has.
  package func amount(_ bytes: Bytes, in currency: Currency) throws(Problem) -> Amount {
    let number = try decimal(bytes)
    guard let value = number.scaled(by: unit == .minor ? 0 : currency.exponent) else {
      throw Problem(
        "money", value: bytes.text, tooFine(currency),
        remedy: "Round the price in the POS; the connector never rounds money.")
    }
    return Amount(value: value, currency: currency)
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
