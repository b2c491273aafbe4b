/// Money as D-Store carries it: a whole number of the currency's smallest unit (dstore-api:
/// 10000 is 100.00 SGD).
package struct Amount: Hashable, Sendable {
  package var value: Int64
  package var currency: Currency

  package init(value: Int64, currency: Currency) {
    self.value = value
    self.currency = currency
  }
}

extension Amount {
  /// In major units with a point, without the currency: `6.50`.
  package var text: String {
    guard currency.exponent > 0 else { return String(value) }
    var digits = String(value.magnitude)
    let missing = currency.exponent + 1 - digits.count
    digits = String(repeating: "0", count: max(0, missing)) + digits
    digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -currency.exponent))
    return value < 0 ? "-" + digits : digits
  }
}

/// A currency of ISO 4217.
package struct Currency: Hashable, Sendable {
  /// Three capital letters.
  package let code: String
  /// How many decimal digits its smallest unit stands for: JPY 0, SGD 2, KWD 3.
  package let exponent: Int

  /// - Returns: nothing where the code is not a currency of ISO 4217 (list one, current).
  package init?(code: String) {
    guard let exponent = Self.exponents[code] else { return nil }
    self.code = code
    self.exponent = exponent
  }

  package static var codes: [String] { exponents.keys.sorted() }

  private static let exponents: [String: Int] = {
    var table: [String: Int] = [:]
    for (exponent, codes) in lists {
      for code in codes.split(separator: " ") { table[String(code)] = exponent }
    }
    return table
  }()

  private static let lists: [(Int, String)] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
      2,
      """
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
      CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL \
      GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR \
      LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD \
      PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
      SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW \
      ZWG
      """
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
  ]
}
