import Records

/// Eight bytes of a text, looked at together. A mark is the highest bit of a byte.
struct EightBytes {
  static let size = 8

  let word: UInt64

  /// - Parameter start: eight readable bytes.
  @inline(__always) init(at start: UnsafePointer<UInt8>) {
    word = UInt64(littleEndian: UnsafeRawPointer(start).loadUnaligned(as: UInt64.self))
  }

  @inline(__always) init(word: UInt64) { self.word = word }

  /// Up to eight bytes from `index` on; zeros take the place of those behind the end.
  @inline(__always) init(of bytes: Bytes, from index: Int) {
    let left = bytes.count - index
    if left >= Self.size {
      self.init(at: bytes.start + index)
    } else if bytes.count >= Self.size {
      let last = EightBytes(at: bytes.start + (bytes.count - Self.size))
      self.init(word: last.word >> UInt64(truncatingIfNeeded: 8 &* (Self.size &- left)))
    } else {
      var word: UInt64 = 0
      for byte in bytes.slice(index, bytes.count).buffer.reversed() {
        word = word << 8 | UInt64(byte)
      }
      self.init(word: word)
    }
  }

  /// Marks bytes at which a plain run of a JSON string ends: `"`, `\` and everything below 0x20
  /// (RFC 8259, section 7).
  ///
  /// The lowest mark is exact; marks above it may be false, because the subtraction borrows.
  @inline(__always) var stops: UInt64 {
    let quote = word ^ (Self.ones &* 0x22)
    let backslash = word ^ (Self.ones &* 0x5C)
    let quotes = (quote &- Self.ones) & ~quote
    let backslashes = (backslash &- Self.ones) & ~backslash
    let controls = (word &- Self.ones &* 0x20) & ~word
    return (quotes | backslashes | controls) & Self.highs
  }

  /// Marks the line feeds, and nothing else.
  @inline(__always) var lineFeeds: UInt64 {
    let other = word ^ (Self.ones &* 0x0A)
    return ~(((other & ~Self.highs) &+ ~Self.highs) | other) & Self.highs
  }

  /// Marks the bytes 10xx_xxxx, which continue a scalar in UTF-8, and nothing else.
  @inline(__always) var continuations: UInt64 { word & ~(word << 1) & Self.highs }

  /// Whether a byte is not ASCII.
  @inline(__always) var hasHigh: Bool { word & Self.highs != 0 }

  @inline(__always) var isAllSpaces: Bool { word == Self.ones &* 0x20 }

  /// The index of the lowest marked byte.
  @inline(__always) static func first(_ marks: UInt64) -> Int { marks.trailingZeroBitCount >> 3 }

  /// The sum of the eight bytes of a word.
  @inline(__always) static func sum(_ lanes: UInt64) -> Int {
    let pairs = (lanes & 0x00FF_00FF_00FF_00FF) &+ (lanes >> 8 & 0x00FF_00FF_00FF_00FF)
    return Int((pairs &* 0x0001_0001_0001_0001) >> 48)
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  static let highs: UInt64 = 0x8080_8080_8080_8080
}
