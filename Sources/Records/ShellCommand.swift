/// A command of this program as a person can paste it into a shell, whatever an order's id or a
/// file's name holds.
package enum ShellCommand {
  /// `dstore-connector approve 'my menu.csv'`.
  package static func line(_ command: String, _ argument: String) -> String {
    let option = argument.hasPrefix("-") ? "-- " : ""
    return "dstore-connector \(command) \(option)\(word(argument))"
  }

  private static func word(_ text: String) -> String {
    if !text.isEmpty, text.first != "=", text.utf8.allSatisfy(isPlain) { return text }
    if ShownText.line(text, limit: .max) == text {
      return "'\(text.replacing("'", with: #"'\''"#))'"
    }
    return "$'\(text.utf8.map(escaped).joined())'"
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "_-./:@%+=,".utf8.contains(byte)
    }
  }

  /// In octal digits, which shells read in every locale.
  private static func escaped(_ byte: UInt8) -> String {
    let isSeen = byte >= 0x20 && byte < 0x7F && byte != 0x27 && byte != 0x5C
    if isSeen { return String(UnicodeScalar(byte)) }
    let digits = String(byte, radix: 8)
    return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
