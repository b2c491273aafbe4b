import Records

extension ParserText {
  /// Finds the end of the string whose opening quote stands at `index`, and checks it.
  @inline(__always) func scanString(
    from index: Int
  ) throws(ParserStop) -> (end: Int, hasEscapes: Bool) {
    var end = index + 1
    var seen: UInt64 = 0
    var hasEscapes = false
    while true {
      // The NUL behind the text is a stop; reading past it stays within the padding.
      let eight = EightBytes(at: start + end)
      seen |= eight.word
      let stops = eight.stops
      guard stops != 0 else {
        end += 8
        continue
      }
      end += EightBytes.first(stops)
      if start[end] == 0x22 { break }
      guard start[end] == 0x5C else { throw stringStop(at: end) }
      end = try escapeEnd(from: end)
      hasEscapes = true
    }
    if seen & EightBytes.highs != 0 { try checkUTF8(from: index + 1, to: end) }
    return (end + 1, hasEscapes)
  }

  @inline(never) private func stringStop(at index: Int) -> ParserStop {
    guard index < count else { return end(inside: "a string") }
    let isLineEnd = start[index] == 0x0A || start[index] == 0x0D
    return .fault(
      at: index,
      isLineEnd
        ? "the line ends inside a string; a quote is missing, or the line end must be written \\n"
        : "a control character in a string must be written with a backslash")
  }

  @inline(never) private func checkUTF8(from index: Int, to end: Int) throws(ParserStop) {
    if let invalid = firstInvalidUTF8(in: Bytes(start: start + index, count: end - index)) {
      throw .fault(at: index + invalid, "the text is not UTF-8")
    }
  }

  /// Where the escape ends whose backslash stands at `index` (RFC 8259, section 7).
  @inline(never) private func escapeEnd(from index: Int) throws(ParserStop) -> Int {
    switch start[index + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return index + 2
    case 0x75: return try unicodeEscapeEnd(from: index)
    default:
      throw index + 1 >= count
        ? end(inside: "a string")
        : .fault(at: index, "a backslash must be followed by one of \" \\ / b f n r t u")
    }
  }

  private func unicodeEscapeEnd(from index: Int) throws(ParserStop) -> Int {
    let unit = try unicodeEscape(at: index)
    guard unit & 0xF800 == 0xD800 else { return index + 6 }
    let lone = "half of a surrogate pair stands alone; a character above U+FFFF is written as two"
    guard unit < 0xDC00 else { throw .fault(at: index, lone) }
    for (offset, byte) in [(6, 0x5C), (7, 0x75)] where start[index + offset] != UInt8(byte) {
      throw index + offset >= count ? end(inside: "a string") : .fault(at: index, lone)
    }
    let low = try unicodeEscape(at: index + 6)
    guard low & 0xFC00 == 0xDC00 else { throw .fault(at: index, lone) }
    return index + 12
  }

  /// The value of the `\uXXXX` that begins at `index`.
  private func unicodeEscape(at index: Int) throws(ParserStop) -> UInt16 {
    var value: UInt16 = 0
    for offset in 2..<6 {
      guard let digit = hexValue(start[index + offset]) else {
        throw index + offset >= count
          ? end(inside: "a string") : .fault(at: index, "\\u must be followed by four hex digits")
      }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}

/// The value of a hexadecimal digit.
@inline(__always) func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x41 + 10
  case 0x61...0x66: byte - 0x61 + 10
  default: nil
  }
}
