/// One value or key of a text, as the tape holds it.
struct Token {
  /// Where its text begins, quotes and brackets included.
  var offset: UInt32
  var length: UInt32
  /// The index of the token after it and all that it holds. While a container is open: the index
  /// of the container around it.
  var next: UInt32
  /// Kind (3 bits), whether a string has escapes (1), how many items a container has (28).
  private var details: UInt32

  @inline(__always) init(_ kind: JSONValue.Kind, at offset: Int, length: Int = 0, next: Int = 0) {
    self.offset = UInt32(truncatingIfNeeded: offset)
    self.length = UInt32(truncatingIfNeeded: length)
    self.next = UInt32(truncatingIfNeeded: next)
    details = UInt32(kind.rawValue)
  }

  @inline(__always) var kind: JSONValue.Kind {
    JSONValue.Kind(rawValue: UInt8(truncatingIfNeeded: details & 7)) ?? .null
  }

  @inline(__always) var hasEscapes: Bool {
    get { details & 8 != 0 }
    set { details = newValue ? details | 8 : details & ~8 }
  }

  @inline(__always) var count: Int { Int(details >> 4) }

  @inline(__always) mutating func countItem() { details &+= 16 }

  /// The text may have so many bytes that neither an offset nor a count overflows.
  static let maxText = 1 << 29
}
