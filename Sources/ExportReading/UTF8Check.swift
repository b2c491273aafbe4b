import Records

/// Looks for bytes that are not UTF-8 (RFC 3629) in a text that comes in pieces.
struct UTF8Check {
  /// How many characters of more than one byte were right.
  private(set) var wide = 0
  /// How many characters were broken.
  private(set) var broken = 0
  /// The first byte of the first broken character, and its offset in the text.
  private(set) var first: (byte: UInt8, offset: Int)?
  /// Whether it is the only one, and the end of the text cuts it.
  private(set) var isCut = false

  /// The first byte of the character that is being read, and its offset.
  private var lead: (byte: UInt8, offset: Int) = (0, 0)
  private var missing = 0
  private var allowed: ClosedRange<UInt8> = 0x80...0xBF

  /// Whether no character is cut at this point.
  var isBetweenCharacters: Bool { missing == 0 }

  mutating func take(_ bytes: Bytes, at offset: Int) {
    let (start, count) = (bytes.start, bytes.count)
    var index = 0
    while index < count {
      let byte = start[index]
      if missing > 0 {
        follow(byte, at: offset + index)
      } else if index + 2 < count, isPlainTriple(byte, start[index + 1], start[index + 2]) {
        wide += 1
        index += 2
      } else if byte >= 0x80 {
        begin(byte, at: offset + index)
      }
      index += 1
    }
  }

  /// Whether three bytes are one character, of the kind that most of the world's scripts consist of.
  @inline(__always) private func isPlainTriple(
    _ first: UInt8, _ second: UInt8, _ third: UInt8
  ) -> Bool {
    first & 0xF0 == 0xE0 && first != 0xE0 && first != 0xED
      && second & 0xC0 == 0x80 && third & 0xC0 == 0x80
  }

  /// Counts a character that the end of the text cuts.
  mutating func finish() {
    guard missing > 0 else { return }
    isCut = first == nil
    refuse()
  }

  /// The index of the first byte of the first broken character, or nothing.
  static func firstFault(in bytes: Bytes) -> Int? {
    var check = UTF8Check()
    check.take(bytes, at: 0)
    check.finish()
    return check.first?.offset
  }

  /// Whether nothing but the end of the bytes is wrong, which cuts a character.
  static func isCut(_ bytes: Bytes) -> Bool {
    var check = UTF8Check()
    check.take(bytes, at: 0)
    check.finish()
    return check.isCut
  }

  private mutating func follow(_ byte: UInt8, at offset: Int) {
    guard allowed.contains(byte) else {
      refuse()
      if byte >= 0x80 { begin(byte, at: offset) }
      return
    }
    allowed = 0x80...0xBF
    missing -= 1
    if missing == 0 { wide += 1 }
  }

  /// The second byte's range keeps out longer forms, surrogates and what is above U+10FFFF.
  private mutating func begin(_ byte: UInt8, at offset: Int) {
    lead = (byte, offset)
    switch byte {
    case 0xC2...0xDF: missing = 1
    case 0xE0...0xEF: missing = 2
    case 0xF0...0xF4: missing = 3
    default: return refuse()
    }
    switch byte {
    case 0xE0: allowed = 0xA0...0xBF
    case 0xED: allowed = 0x80...0x9F
    case 0xF0: allowed = 0x90...0xBF
    case 0xF4: allowed = 0x80...0x8F
    default: allowed = 0x80...0xBF
    }
  }

  private mutating func refuse() {
    broken += 1
    missing = 0
    if first == nil { first = lead }
  }
}
