import Records

/// 64 bytes of a text, looked at together: a question about them is answered by a word with one
/// bit for each byte, the first byte lowest.
struct ByteChunk {
  static let size = 64
  typealias Vector = SIMD64<UInt8>

  private let vector: Vector

  /// - Parameter start: 64 readable bytes.
  @inline(__always) init(at start: UnsafePointer<UInt8>) {
    vector = UnsafeRawPointer(start).loadUnaligned(as: Vector.self)
  }

  /// Quick where the byte does not occur, as most of those that are looked for do not.
  @inline(__always) func marks(_ byte: UInt8) -> UInt64 {
    let found = vector .== Vector(repeating: byte)
    return Self.isEmpty(found) ? 0 : Self.bits(found)
  }

  @inline(__always) func marks(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt64 {
    let two = (vector .== Vector(repeating: first)) .| (vector .== Vector(repeating: second))
    return Self.bits(two .| (vector .== Vector(repeating: third)))
  }

  @inline(__always) var isASCII: Bool {
    Self.folded(unsafeBitCast(vector, to: Words.self)) & 0x8080_8080_8080_8080 == 0
  }

  @inline(__always) func contains(_ byte: UInt8) -> Bool {
    !Self.isEmpty(vector .== Vector(repeating: byte))
  }

  private typealias Words = SIMD8<UInt64>

  /// Every byte keeps the one bit that stands for its place in its word; the multiplication then
  /// gathers the eight bits in the highest byte.
  @inline(__always) private static func bits(_ found: SIMDMask<Vector.MaskStorage>) -> UInt64 {
    let words =
      unsafeBitCast(found, to: Words.self) & Words(repeating: 0x8040_2010_0804_0201)
    let low =
      gathered(words[0]) | gathered(words[1]) << 8 | gathered(words[2]) << 16
      | gathered(words[3]) << 24
    let high =
      gathered(words[4]) | gathered(words[5]) << 8 | gathered(words[6]) << 16
      | gathered(words[7]) << 24
    return low | high << 32
  }

  @inline(__always) private static func isEmpty(_ found: SIMDMask<Vector.MaskStorage>) -> Bool {
    folded(unsafeBitCast(found, to: Words.self)) == 0
  }

  @inline(__always) private static func gathered(_ word: UInt64) -> UInt64 {
    (word &* 0x0101_0101_0101_0101) >> 56
  }

  @inline(__always) private static func folded(_ words: Words) -> UInt64 {
    let four = words.lowHalf | words.highHalf
    let two = four.lowHalf | four.highHalf
    return two[0] | two[1]
  }
}

extension UInt64 {
  /// Only the bits below `index`, which is at most 64.
  @inline(__always) func below(_ index: Int) -> UInt64 {
    index >= 64 ? self : self & ((1 &<< UInt64(index)) &- 1)
  }

  /// Only the bits from `index` on, which is at most 64.
  @inline(__always) func from(_ index: Int) -> UInt64 {
    index >= 64 ? 0 : self & (UInt64.max &<< UInt64(index))
  }
}
