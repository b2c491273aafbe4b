import Records

extension TapeParser {
  static let commaTooMany = "a comma stands before a closing bracket"

  /// The stop for a byte that can't stand where it does.
  @inline(never) func unexpected(_ text: ParserText, _ message: String) -> ParserStop {
    guard position >= text.count else { return .fault(at: position, message) }
    guard text.isWhole else { return .needsMore }
    if depth > 0 { return text.end(inside: isInObject ? "an object" : "a list") }
    return .truncated(at: text.count, "the text ends where a value is missing")
  }

  /// The stop for a byte that begins no value.
  @inline(never) func noValue(_ text: ParserText) -> ParserStop {
    unexpected(text, Self.explanation(text[position], isAfterComma: isAfterComma(text)))
  }

  private static func explanation(_ byte: UInt8, isAfterComma: Bool) -> String {
    switch byte {
    case 0x5D where isAfterComma: commaTooMany
    case 0x2C, 0x5D, 0x7D, 0x3A: "a value is missing"
    case 0x27: "a string must stand in double quotes"
    case 0x2B, 0x2E: "a number must begin with a digit or a minus sign"
    case 0x2F, 0x23: "comments are not allowed in JSON"
    case UInt8(ascii: "N"), UInt8(ascii: "I"): "NaN and Infinity are not allowed in JSON"
    case UInt8(ascii: "T"), UInt8(ascii: "F"): "true and false are written in small letters"
    case 0..<0x20: "a control character stands where a value is missing"
    default: "a value begins with a quote, a digit, a minus sign, {, [, true, false or null"
    }
  }

  private func isAfterComma(_ text: ParserText) -> Bool {
    var index = position - 1
    while index >= 0, text[index].isSpace { index -= 1 }
    return index >= 0 && text[index] == 0x2C
  }
}
