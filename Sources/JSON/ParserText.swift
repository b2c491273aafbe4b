import Records

/// What a parser has before it: bytes, a NUL behind them, and whether that is all of the text.
struct ParserText {
  let start: UnsafePointer<UInt8>
  let count: Int
  let isWhole: Bool

  @inline(__always) subscript(index: Int) -> UInt8 { start[index] }

  /// Where white space that begins at `index` ends.
  @inline(__always) func skippingSpace(_ index: Int) -> Int {
    start[index] > 0x20 ? index : skippingSpaceRun(index)
  }

  private func skippingSpaceRun(_ index: Int) -> Int {
    var index = index
    while true {
      switch start[index] {
      case 0x0A, 0x0D, 0x09, 0x20: index += 1
      default: return index
      }
      while index + 8 <= count, EightBytes(at: start + index).isAllSpaces { index += 8 }
    }
  }

  /// Why parsing can't go on where the bytes end.
  func end(inside what: String) -> ParserStop {
    isWhole ? .truncated(at: count, "the text is cut off inside \(what)") : .needsMore
  }
}
