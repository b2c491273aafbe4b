/// Text from outside as people see it, wherever it goes: terminal, mail, log or report. Customers
/// and POS vendors write it, so it must neither steer a terminal nor look like another line.
///
/// Signs that nobody sees are shown by their names, such as `<U+001B>`, line ends too. Only a plain
/// space stays, and what shapes the letters or emoji beside it.
package enum ShownText {
  /// How long one line is at most, in Unicode scalars.
  package static let longestLine = 4000

  /// The text as one line.
  ///
  /// - Parameter limit: of longer text this many signs are shown, from its beginning and its end.
  package static func line(_ text: String, limit: Int = longestLine) -> String {
    if text.utf8.count <= limit, text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    let scalars = text.unicodeScalars
    guard scalars.count > limit else { return named(Array(scalars)) }
    let end = limit / 4
    return named(Array(scalars.prefix(limit - end))) + "…" + named(Array(scalars.suffix(end)))
  }

  /// The beginning of the text, at most `limit` signs.
  package static func beginning(_ text: String, limit: Int) -> String {
    let scalars = Array(text.unicodeScalars.prefix(limit + 1))
    return named(Array(scalars.prefix(limit))) + (scalars.count > limit ? "…" : "")
  }

  /// JSON with the same content, whose signs that nobody sees are escaped, such as `\u009B`.
  package static func json(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x7F }) { return text }
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      // Those below are escaped by the writer, or stand between values.
      if scalar.value < 0x7F || UnseenSign(scalar) == nil {
        escaped.append(scalar)
      } else {
        for unit in UTF16.encode(scalar)! {
          escaped.append(contentsOf: "\\u\(digits(UInt32(unit)))".unicodeScalars)
        }
      }
    }
    return String(escaped)
  }

  private static func named(_ scalars: [Unicode.Scalar]) -> String {
    var shown = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      if scalar == " " || UnseenSign(scalar) == nil || isShaping(scalars, index) {
        shown.append(scalar)
      } else {
        shown.append(contentsOf: "<U+\(digits(scalar.value))>".unicodeScalars)
      }
    }
    return String(shown)
  }

  /// Whether a sign without width belongs to what is beside it: never to ASCII, of which ids are made.
  private static func isShaping(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    func isShaped(_ scalar: Unicode.Scalar?) -> Bool {
      scalar.map { !$0.isASCII && $0.mayBeJoined } ?? false
    }
    guard index > 0, isShaped(scalars[index - 1]) else { return false }
    switch UnseenSign(scalars[index]) {
    case .joiner: return isShaped(scalars[(index + 1)...].first)
    // Tags spell words that are seen in no font.
    case .selector: return !(0xE0000...0xE007F).contains(scalars[index].value)
    case .space, .lineEnd, .other, nil: return false
    }
  }

  private static func digits(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
