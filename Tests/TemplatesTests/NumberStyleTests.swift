import Records
import Templates
import Testing

struct NumberStyleTests {
  private static let point = NumberStyle()
  private static let english = NumberStyle(thousands: [UInt8(ascii: ",")])
  private static let german = NumberStyle(
    decimal: UInt8(ascii: ","), thousands: [UInt8(ascii: ".")])
  private static let french = NumberStyle(
    decimal: UInt8(ascii: ","), thousands: Array("\u{202F}".utf8))
  private static let minor = NumberStyle(unit: .minor)

  @Test(
    "a number is read exactly",
    arguments: [
      (point, "0", "0"), (point, "-0", "0"), (point, "6.5", "6.5"), (point, "6.50", "6.50"),
      (point, "+6", "6"), (point, "-6.5", "-6.5"), (point, ".5", "0.5"),
      (point, "007", "7"), (point, "0.05", "0.05"),
      (point, "9223372036854775807", "9223372036854775807"),
      (english, "1,234", "1234"), (english, "1,234,567.5", "1234567.5"),
      (english, "1234567", "1234567"),
      (english, "12,34,567", "1234567"), (english, "1,23,456", "123456"),
      (english, "12,345", "12345"),
      (german, "1.234,50", "1234.50"), (german, "6,5", "6.5"), (german, ",5", "0.5"),
      (french, "1\u{202F}234,5", "1234.5"),
    ] as [(NumberStyle, String, String)])
  func reads(style: NumberStyle, text: String, number: String) {
    let read = reading(text) { bytes throws(Problem) in try style.decimal(bytes).text }
    #expect(read == number)
  }

  @Test(
    "what is no number in the stated style is refused",
    arguments: [
      (point, "variable"), (point, ""), (point, "-"), (point, "."), (point, "1,5"), (point, "1 5"),
      (point, "$5"), (point, "5-"), (point, "1e3"), (point, "1.2.3"), (point, "--5"),
      (english, "1,23"), (english, "1234,567"), (english, "1,2345"), (english, ",123"),
      (english, "1,,234"), (english, "0,650"), (english, "123,45,678"),
      (english, "1,234,56,789"), (german, "6.5"), (german, "1,234.5"),
    ] as [(NumberStyle, String)])
  func refuses(style: NumberStyle, text: String) {
    let read = reading(text) { bytes throws(Problem) in try style.decimal(bytes).text }
    #expect(
      read.hasPrefix(
        "this is not a number as the mapping writes them (found: \(Problem.shown(text))). "
          + "numbers: says \(style.words)"))
  }

  @Test(
    "a number that was cut behind a separator is refused, and the message says so",
    arguments: [
      (point, "5."), (point, "-5."), (german, "1,"), (german, "24,"), (german, "1.234,"),
      (german, "1."), (english, "1,"), (english, "1,234,"), (english, "1234,"), (english, "1.5,"),
      (french, "1\u{202F}"), (minor, "650."),
    ] as [(NumberStyle, String)])
  func refusesACut(style: NumberStyle, text: String) {
    let read = reading(text) { bytes throws(Problem) in try style.decimal(bytes).text }
    #expect(
      read == "this number ends with a separator: digits behind it are missing "
        + "(found: \(Problem.shown(text))). "
        + "numbers: says \(style.words); correct the value in the POS, or the statement.")
  }

  @Test(
    "digits and signs of any script are read, and separators know their relatives",
    arguments: [
      (point, "٣", "3"), (point, "١٢٫٥٠", "12.50"), (point, "１２．５０", "12.50"),
      (point, "\u{2212}5", "-5"), (french, "1 234,5", "1234.5"), (french, "1\u{A0}234,5", "1234.5"),
      (french, "1\u{2009}234,5", "1234.5"),
      (NumberStyle(thousands: Array("'".utf8)), "1\u{2019}234.5", "1234.5"),
    ] as [(NumberStyle, String, String)])
  func readsScripts(style: NumberStyle, text: String, number: String) {
    #expect(reading(text) { bytes throws(Problem) in try style.decimal(bytes).text } == number)
  }

  @Test(
    "a number of a JSON text may have an exponent",
    arguments: [("1E+2", "100"), ("2.5e1", "25"), ("320E-2", "3.2"), ("6.5e2", "650")])
  func readsExponents(text: String, number: String) {
    let read = reading(text) { bytes throws(Problem) in
      try Self.point.decimal(bytes, isJSON: true).text
    }
    #expect(read == number)
  }

  @Test(
    "where nothing is stated, three digits behind the only separator of a price are ambiguous",
    arguments: [
      ("15.000", "SGD", true), ("1500.000", "SGD", true), ("-5.000", "SGD", true),
      ("15,000", "SGD", true), ("15.00", "SGD", false), ("0.500", "SGD", false),
      ("15.000", "KWD", false),
    ])
  func refusesAmbiguous(text: String, code: String, isAmbiguous: Bool) {
    let style = NumberStyle(isStated: false)
    let read = reading(text) { bytes throws(Problem) in
      "\(try style.amount(bytes, in: currency(code)).value)"
    }
    #expect(read.hasPrefix("three digits stand behind") == isAmbiguous, "\(read)")
    #expect(read.contains("thousands: ") == isAmbiguous)
  }

  @Test(
    "what is proposed for a number reads it",
    arguments: [
      ("1,50", "{decimal: \",\"}", "1.50"),
      ("1.234,50", "{decimal: \",\", thousands: \".\"}", "1234.50"),
      ("1,234.50", "{decimal: \".\", thousands: \",\"}", "1234.50"),
      ("1 234,50", "{decimal: \",\", thousands: \" \"}", "1234.50"),
      ("1,234,567", "{decimal: \".\", thousands: \",\"}", "1234567"), ("2..0", nil, ""),
      ("1,,5", nil, ""),
      ("variable", nil, ""), ("€5", "replace(\"€\", \"\")", ""), ("a5b", nil, ""),
    ] as [(String, String?, String)])
  func advises(text: String, statement: String?, number: String) {
    let remedy = reading(text) { bytes throws(Problem) in try Self.point.decimal(bytes).text }
    if let statement {
      #expect(remedy.contains(statement), "\(remedy)")
    } else {
      #expect(remedy.contains("correct the value in the POS"), "\(remedy)")
    }
    guard let statement, statement.contains("decimal") else { return }
    let signs = statement.split(separator: "\"").map(String.init)
    let style = NumberStyle(
      decimal: signs[1].utf8.first!, thousands: signs.count > 3 ? Array(signs[3].utf8) : [])
    #expect(reading(text) { bytes throws(Problem) in try style.decimal(bytes).text } == number)
  }

  @Test("a style says of itself how it writes")
  func saysItself() {
    #expect(Self.point.words == "decimal \".\", no thousands separator")
    #expect(Self.german.words == "decimal \",\", thousands \".\"")
    #expect(Self.minor.words == "decimal \".\", no thousands separator, unit minor")
  }

  @Test(
    "too many digits are refused and never wrap around",
    arguments: ["9223372036854775808", "99999999999999999999999", "0.1234567890123456789"])
  func refusesOverflow(text: String) {
    let read = reading(text) { bytes throws(Problem) in try Self.point.decimal(bytes).text }
    #expect(
      read
        == "this number has too many digits (found: \"\(text)\"). numbers: says decimal \".\", no "
        + "thousands separator; correct the value in the POS, or the statement.")
  }

  @Test(
    "money is a whole number of the smallest unit",
    arguments: [
      (point, "SGD", "6.5", "650"), (point, "SGD", "6.500", "650"), (point, "SGD", "-0.01", "-1"),
      (point, "SGD", "0.0000", "0"), (point, "JPY", "650", "650"), (point, "JPY", "650.00", "650"),
      (point, "KWD", "1.234", "1234"), (point, "CLF", "1", "10000"), (minor, "SGD", "650", "650"),
      (minor, "SGD", "650.0", "650"), (german, "EUR", "1.234,5", "123450"),
      (point, "SGD", "0.1", "10"), (point, "SGD", "4.35", "435"), (point, "SGD", "1.005000", "x"),
    ] as [(NumberStyle, String, String, String)])
  func readsMoney(style: NumberStyle, code: String, text: String, value: String) {
    let read = reading(text) { bytes throws(Problem) in
      String(try style.amount(bytes, in: currency(code)).value)
    }
    #expect(value == "x" ? read.contains("more decimals") : read == value)
  }

  @Test(
    "money that the currency cannot hold is refused and never rounded",
    arguments: [
      (point, "SGD", "6.505", "this has more decimals than the 2 of SGD, or too many digits"),
      (point, "JPY", "6.5", "this has more decimals than the 0 of JPY, or too many digits"),
      (
        point, "SGD", "922337203685477580.7",
        "this has more decimals than the 2 of SGD, or too many digits"
      ),
      (minor, "SGD", "6.5", "this is no whole number of the smallest unit of SGD"),
    ] as [(NumberStyle, String, String, String)])
  func refusesMoney(style: NumberStyle, code: String, text: String, message: String) {
    let read = reading(text) { bytes throws(Problem) in
      String(try style.amount(bytes, in: currency(code)).value)
    }
    #expect(
      read
        == "\(message) (found: \"\(text)\"). Round the price in the POS; the connector never rounds "
        + "money.")
  }
}
