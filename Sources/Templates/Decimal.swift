import Records

/// A decimal number as it was written: digits and how many of them stand behind the point.
package struct Decimal: Sendable, Hashable {
  package var isNegative: Bool
  package var digits: Int64
  /// 0…``maxScale``.
  package var scale: Int

  /// So many digits may stand behind the point.
  static let maxScale = 18

  package init(isNegative: Bool = false, digits: Int64, scale: Int = 0) {
    self.isNegative = isNegative
    self.digits = digits
    self.scale = scale
  }

  /// The number times ten to the power of `exponent`.
  ///
  /// - Returns: nothing where that is no whole number or does not fit.
  package func scaled(by exponent: Int) -> Int64? {
    var value = digits
    var missing = exponent - scale
    while missing < 0, value != 0 {
      guard value % 10 == 0 else { return nil }
      value /= 10
      missing += 1
    }
    while missing > 0, value != 0 {
      let (next, overflow) = value.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      value = next
      missing -= 1
    }
    return isNegative ? -value : value
  }

  /// With a point and without thousands: `-1234.50`.
  package var text: String {
    let output = ByteOutput(capacity: 32)
    append(to: output, point: UInt8(ascii: "."))
    return output.bytes.text
  }

  /// Whether it is smaller than (-1), equal to (0) or larger than (1) the other.
  package func compared(to other: Decimal) -> Int {
    let common = max(scale, other.scale)
    let (left, right) = (wide(common), other.wide(common))
    return left < right ? -1 : left == right ? 0 : 1
  }

  /// The number times ten to the power of `exponent`; 19 digits and 18 more fit into 128 bits.
  private func wide(_ exponent: Int) -> Int128 {
    var value = Int128(digits)
    for _ in scale..<exponent { value *= 10 }
    return isNegative ? -value : value
  }

  func append(to output: ByteOutput, point: UInt8) {
    if isNegative, digits != 0 { output.append(UInt8(ascii: "-")) }
    let text = String(digits)
    let whole = max(0, text.utf8.count - scale)
    if whole == 0 { output.append(UInt8(ascii: "0")) }
    for (index, digit) in text.utf8.enumerated() {
      if index == whole { appendPoint(point, zeros: scale - text.utf8.count, to: output) }
      output.append(digit)
    }
  }

  private func appendPoint(_ point: UInt8, zeros: Int, to output: ByteOutput) {
    output.append(point)
    for _ in 0..<max(0, zeros) { output.append(UInt8(ascii: "0")) }
  }
}
