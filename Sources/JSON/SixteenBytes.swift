/// Sixteen bytes of a text, looked at together.
struct SixteenBytes {
  static let size = 16

  private typealias Vector = SIMD16<UInt8>

  private let vector: Vector

  /// - Parameter start: sixteen readable bytes.
  @inline(__always) init(at start: UnsafePointer<UInt8>) {
    vector = UnsafeRawPointer(start).loadUnaligned(as: Vector.self)
  }

  /// Whether a JSON string holds them as they are: no `"`, no `\`, nothing below 0x20 (RFC 8259,
  /// section 7).
  @inline(__always) var isPlain: Bool {
    // Only comparisons for equality become single instructions.
    let marks =
      (vector .== Vector(repeating: 0x22)) .| (vector .== Vector(repeating: 0x5C))
    let stops = marks .| (vector & Vector(repeating: 0xE0) .== Vector(repeating: 0))
    let words = unsafeBitCast(stops, to: SIMD2<UInt64>.self)
    return words[0] | words[1] == 0
  }

  @inline(__always) func store(to start: UnsafeMutableRawPointer) {
    start.storeBytes(of: vector, as: Vector.self)
  }
}
