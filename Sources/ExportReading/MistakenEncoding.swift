package import Records

/// Finds files that are UTF-8 although another encoding is stated: `Café` would go out as `CafÃ©`.
package struct MistakenEncoding {
  private static let blockSize = 64 << 10

  private var utf8 = UTF8Check()
  /// Whether a byte order mark says what the file is; a statement is not used then.
  private var isMarked = false
  private var last: UInt8 = 0
  /// The different pairs of neighbours that belong to one character.
  private var pairs: Set<UInt16> = []
  /// Whether a character is one that Western text is full of.
  private var holdsWestern = false

  private init() {}

  /// Reads a whole file and judges it.
  ///
  /// - Parameters:
  ///   - name: the path as the user knows it, for messages.
  ///   - stated: the encoding that the mapping states.
  /// - Returns: why the file must not be read so; nothing where it may.
  package static func problem(
    path: String, name: String, stated: String
  ) throws(Problem) -> Problem? {
    let encoding = TextEncoding(stated: stated)
    guard encoding != .utf8, !encoding.isWide else { return nil }
    var text = MistakenEncoding()
    try text.read(try FileSource(path: path, name: name))
    guard !text.isMarked, text.utf8.broken == 0, text.isProof(against: encoding) else { return nil }
    return Problem(
      "mistaken-encoding", at: Place(file: name),
      "the file is UTF-8, although \(encoding.name) is stated",
      remedy: """
        Write `encoding: utf-8` in the mapping's `format`; read as \(encoding.name) the file's \
        names would be garbled.
        """)
  }

  private mutating func read(_ source: FileSource) throws(Problem) {
    let block = ByteOutput(capacity: Self.blockSize)
    repeat {
      let isFirst = source.bytesRead == 0
      block.removeAll()
      try block.append(room: Self.blockSize) { room throws(Problem) in try source.read(into: room) }
      isMarked = isMarked || isFirst && TextEncoding.marked(in: block.bytes) != nil
      utf8.take(block.bytes, at: 0)
      for byte in block.bytes.buffer {
        if byte & 0xC0 == 0x80 { take(byte) }
        last = byte
      }
    } while !isMarked && !block.bytes.isEmpty && utf8.broken == 0
    utf8.finish()
  }

  private mutating func take(_ byte: UInt8) {
    switch last {
    // U+00C0 to U+00FF are the letters with accents.
    case 0xC3: holdsWestern = true
    case 0xC2: holdsWestern = holdsWestern || byte >= 0xA0
    // U+2000 to U+213F are dashes, quotes, the euro and their like.
    case 0xE2: holdsWestern = holdsWestern || byte <= 0x84
    default: break
    }
    if pairs.count < 16 { pairs.insert(UInt16(last) << 8 | UInt16(byte)) }
  }

  /// Other encodings hold such bytes by chance: `RENÉ’S` and the Polish `PÓŁ` in capitals are UTF-8
  /// as well, and so are some words of two Chinese characters. What is not Western must therefore
  /// differ several times before it proves anything.
  private func isProof(against encoding: TextEncoding) -> Bool {
    encoding.isOfSingleBytes ? holdsWestern || pairs.count >= 4 : pairs.count >= 16
  }
}
