import Records

/// Numbers in digits and signs of any script, as ASCII writes them.
package enum PlainNumber {
  /// - Returns: `nil` where the text is ASCII already.
  static func text(of bytes: Bytes, style: NumberStyle) -> String? {
    guard bytes.buffer.contains(where: { $0 >= 0x80 }) else { return nil }
    var plain = ""
    for scalar in bytes.text.unicodeScalars {
      switch scalar {
      case "\u{66B}": plain.unicodeScalars.append(Unicode.Scalar(style.decimal))
      case "\u{66C}" where !style.thousands.isEmpty:
        plain += String(decoding: style.thousands, as: UTF8.self)
      default: plain += sign(String(scalar))
      }
    }
    return plain
  }

  /// Digits of any script in a text as ASCII digits; `nil` where the text is ASCII already.
  static func digits(of bytes: Bytes) -> String? {
    guard bytes.buffer.contains(where: { $0 >= 0x80 }) else { return nil }
    return bytes.text.unicodeScalars.reduce(into: "") { text, scalar in
      if let digit = digit(scalar) {
        text += digit
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// One sign of a number as ASCII writes it: every space is a space, an apostrophe of print is the
  /// typewriter's, a wide sign is a narrow one.
  package static func sign(_ sign: String) -> String {
    guard let scalar = sign.unicodeScalars.first, sign.unicodeScalars.count == 1 else {
      return sign
    }
    if let digit = digit(scalar) { return digit }
    switch scalar {
    case "\u{2019}", "\u{2BC}", "\u{FF07}": return "'"
    case "\u{2212}", "\u{FF0D}": return "-"
    case "\u{FF0B}": return "+"
    case "\u{FF0E}": return "."
    case "\u{FF0C}": return ","
    default: return scalar.properties.generalCategory == .spaceSeparator ? " " : sign
    }
  }

  private static func digit(_ scalar: Unicode.Scalar) -> String? {
    guard scalar.properties.generalCategory == .decimalNumber else { return nil }
    return scalar.properties.numericValue.map { String(Int($0)) }
  }
}
