import Records

/// The line that must stand at the end of a complete file (`lastLine` in a mapping).
///
/// `*` in it stands for anything, so that a count or a time may vary; capital and small letters are
/// the same, here as where the file is read. The line is looked for as
/// UTF-8 and as UTF-16 of both orders; in other encodings it must be written in ASCII. Blank lines
/// behind it do not count.
enum LastLine {
  /// How much of a file's end is looked at, in bytes.
  static let limit = 64 << 10

  static func ends(_ tail: [UInt8], with expected: String) -> Bool {
    let line = Wildcard(expected, ignoringCase: true)
    return [tail, tail.filter { $0 != 0 }].contains { line.matches(lastLine(of: $0)) }
  }

  /// The last line that is not blank, without white space around it.
  private static func lastLine(of bytes: [UInt8]) -> String {
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    guard let end = bytes.lastIndex(where: { !isBlank($0) }) else { return "" }
    let text = bytes[...end]
    let start = text.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    return String(decoding: text[start...].drop(while: isBlank), as: UTF8.self)
  }
}
