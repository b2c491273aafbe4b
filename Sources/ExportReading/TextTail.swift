import Records

/// The end of a text that comes in pieces.
struct TextTail {
  private static let size = 64 << 10

  private var bytes: [UInt8] = []
  /// Where the text ends so far.
  private var end = 0

  mutating func take(_ piece: Bytes) {
    end += piece.count
    bytes.append(contentsOf: piece.buffer.suffix(Self.size))
    if bytes.count > Self.size { bytes.removeFirst(bytes.count - Self.size) }
  }

  /// The last line that is not blank, trimmed, and where it begins in the text.
  ///
  /// - Returns: nothing where there is none, or it is longer than 64 KiB.
  var lastLine: (text: String, offset: Int)? {
    guard let last = bytes.lastIndex(where: { !$0.isSpace && $0 != 0x1A }) else { return nil }
    let lineBreak = bytes[...last].lastIndex { $0 == 0x0A || $0 == 0x0D }
    guard lineBreak != nil || bytes.count == end else { return nil }
    let begin = lineBreak.map { $0 + 1 } ?? 0
    let line = Bytes.withBytes(of: [UInt8](bytes[begin...last])) { $0.trimmed.text }
    return (line, end - bytes.count + begin)
  }
}
