import Records

/// Reads one number, byte by byte.
struct DecimalReader {
  private let style: NumberStyle
  private let text: Bytes
  /// As it stands in the export.
  private let shown: Bytes
  private let isJSON: Bool
  private let isTrial: Bool
  private var position = 0
  private var number = Decimal(digits: 0)
  /// How many digits were read.
  private var seen = 0

  /// - Parameters:
  ///   - text: the number in ASCII.
  ///   - shown: the number as it stands in the export, for messages; `nil` where that is the text.
  ///   - isJSON: whether it may have an exponent.
  ///   - isTrial: whether nobody reads the message.
  init(
    style: NumberStyle, text: Bytes, shown: Bytes? = nil, isJSON: Bool = false,
    isTrial: Bool = false
  ) {
    self.style = style
    self.text = text
    self.shown = shown ?? text
    self.isJSON = isJSON
    self.isTrial = isTrial
  }

  mutating func read() throws(Problem) -> Decimal {
    sign()
    let startsWithZero = position < text.count && text[position] == UInt8(ascii: "0")
    while try digit() {}
    if (1...3).contains(seen), startsSeparator {
      // 0,650 is no number of thousands: the style must be another.
      guard !startsWithZero else { throw fault() }
      try groups()
    }
    if position < text.count, text[position] == style.decimal {
      position += 1
      while try digit() { number.scale += 1 }
      guard number.scale > 0 || seen == 0 || position < text.count else { throw fault(Self.cut) }
    }
    if isJSON { try exponent() }
    guard position == text.count, seen > 0 else { throw fault(endsWithThousands ? Self.cut : nil) }
    guard number.scale <= Decimal.maxScale else { throw fault(Self.tooLong) }
    return number
  }

  private mutating func sign() {
    guard position < text.count else { return }
    number.isNegative = text[position] == UInt8(ascii: "-")
    if number.isNegative || text[position] == UInt8(ascii: "+") { position += 1 }
  }

  /// 1,234,567 or, in India, 12,34,567: any other grouping means that the style is not this one.
  private mutating func groups() throws(Problem) {
    var isByThousands = true
    var isIndian = seen <= 2
    var last = 0
    repeat {
      if last > 0 {
        isByThousands = isByThousands && last == 3
        isIndian = isIndian && last == 2
      }
      position += style.thousands.count
      let before = seen
      while try digit() {}
      last = seen - before
    } while last > 0 && startsSeparator
    guard last == 3, isByThousands || isIndian else {
      throw fault(last == 0 && position == text.count ? Self.cut : nil)
    }
  }

  /// `1E+2` of a JSON text is 100, exactly.
  private mutating func exponent() throws(Problem) {
    guard seen > 0, position < text.count, text[position] | 0x20 == UInt8(ascii: "e") else {
      return
    }
    guard let exponent = Int(text.slice(position + 1, text.count).text), abs(exponent) < 100 else {
      throw fault()
    }
    position = text.count
    number.scale -= exponent
    while number.scale < 0 {
      let (tenfold, overflow) = number.digits.multipliedReportingOverflow(by: 10)
      guard !overflow else { throw fault(Self.tooLong) }
      number.digits = tenfold
      number.scale += 1
    }
    while number.scale > 0, number.digits % 10 == 0 {
      number.digits /= 10
      number.scale -= 1
    }
  }

  private var startsSeparator: Bool {
    let size = style.thousands.count
    guard size > 0, position + size <= text.count else { return false }
    for offset in 0..<size where text[position + offset] != style.thousands[offset] {
      return false
    }
    return true
  }

  /// Whether all that is left is a separator of thousands, as in `1234,`.
  private var endsWithThousands: Bool {
    seen > 0 && startsSeparator && position + style.thousands.count == text.count
  }

  private mutating func digit() throws(Problem) -> Bool {
    guard position < text.count, text[position].isDigit else { return false }
    let (tenfold, overflow) = number.digits.multipliedReportingOverflow(by: 10)
    let (sum, more) = tenfold.addingReportingOverflow(Int64(text[position] &- 0x30))
    guard !overflow, !more else { throw fault(Self.tooLong) }
    number.digits = sum
    position += 1
    seen += 1
    return true
  }

  private static let tooLong = "this number has too many digits"
  /// A file that was cut off, or a POS that is still writing, must not sell for 1 what costs 1,50.
  private static let cut = "this number ends with a separator: digits behind it are missing"

  private func fault(_ message: String? = nil) -> Problem {
    Problem(
      "number", value: shown.text, message ?? "this is not a number as the mapping writes them",
      remedy: isTrial ? "" : NumberAdvice(style: style).remedy(for: text.text))
  }
}
