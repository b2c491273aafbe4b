import Records
import Templates
import Testing

struct DecimalTests {
  @Test(
    "a number is written with a point and all of its decimals",
    arguments: [
      (Decimal(digits: 650, scale: 2), "6.50"), (Decimal(digits: 5, scale: 3), "0.005"),
      (Decimal(isNegative: true, digits: 50, scale: 2), "-0.50"),
      (Decimal(isNegative: true, digits: 0, scale: 1), "0.0"), (Decimal(digits: 12), "12"),
    ] as [(Decimal, String)])
  func writes(number: Decimal, text: String) {
    #expect(number.text == text)
  }

  @Test(
    "numbers are compared exactly, whatever their decimals",
    arguments: [
      ("1", "1.000", 0), ("1.01", "1.001", 1), ("-1", "1", -1), ("-0", "0", 0), ("-2", "-1", -1),
      ("9223372036854775807", "922337203685477580.5", 1), ("0.000000000000000001", "0", 1),
      ("9223372036854775807", "0.999999999999999999", 1),
    ])
  func compares(left: String, right: String, order: Int) throws {
    let style = NumberStyle()
    let numbers = try [left, right].map { text in
      try Bytes.withBytes(of: text) { bytes throws(Problem) in try style.decimal(bytes) }
    }
    #expect(numbers[0].compared(to: numbers[1]) == order)
    #expect(numbers[1].compared(to: numbers[0]) == -order)
  }

  @Test("an amount is written with every decimal of its currency")
  func writesAmounts() {
    func text(_ value: Int64, _ code: String, _ style: NumberStyle) -> String {
      let output = ByteOutput()
      style.append(Amount(value: value, currency: currency(code)), to: output)
      return output.bytes.text
    }
    #expect(text(5, "SGD", NumberStyle()) == "0.05")
    #expect(text(123_456, "KWD", NumberStyle(decimal: UInt8(ascii: ","))) == "123,456")
    #expect(text(-650, "JPY", NumberStyle()) == "-650")
    #expect(text(650, "SGD", NumberStyle(unit: .minor)) == "650")
  }
}
