package import Records

extension ByteOutput {
  /// Appends a JSON string: in quotes, with what RFC 8259 wants escaped, and nothing else.
  ///
  /// - Parameter string: UTF-8; it is not checked again.
  package func appendJSON(string: Bytes) {
    append(0x22)
    var from = 0
    while true {
      let stop = firstEscaped(in: string, from: from)
      append(string.slice(from, stop))
      guard stop < string.count else { break }
      appendEscape(string[stop])
      from = stop + 1
    }
    append(0x22)
  }

  /// Appends a JSON string: in quotes, with what RFC 8259 wants escaped, and nothing else.
  package func appendJSON(string: String) {
    var string = string
    string.withUTF8 { appendJSON(string: Bytes($0)) }
  }

  /// Appends a JSON number in decimal digits.
  package func appendJSON(number: Int64) {
    if number < 0 { append(0x2D) }
    appendDigits(number.magnitude)
  }

  private func appendDigits(_ number: UInt64) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
      var index = 20
      var left = number
      repeat {
        index -= 1
        digits[index] = 0x30 + UInt8(truncatingIfNeeded: left % 10)
        left /= 10
      } while left > 0
      append(Bytes(UnsafeBufferPointer(rebasing: digits[index...])))
    }
  }

  private func appendEscape(_ byte: UInt8) {
    append(0x5C)
    switch byte {
    case 0x22, 0x5C: append(byte)
    case 0x08: append(UInt8(ascii: "b"))
    case 0x09: append(UInt8(ascii: "t"))
    case 0x0A: append(UInt8(ascii: "n"))
    case 0x0C: append(UInt8(ascii: "f"))
    case 0x0D: append(UInt8(ascii: "r"))
    default:
      append("u00")
      append(hexDigit(byte >> 4))
      append(hexDigit(byte & 15))
    }
  }
}

/// The index of the first byte from `from` on that must be escaped, or the string's count.
private func firstEscaped(in string: Bytes, from: Int) -> Int {
  var index = from
  while index + 8 <= string.count {
    let stops = EightBytes(at: string.start + index).stops
    if stops != 0 { return index + EightBytes.first(stops) }
    index += 8
  }
  while index < string.count {
    let byte = string[index]
    if byte < 0x20 || byte == 0x22 || byte == 0x5C { return index }
    index += 1
  }
  return index
}

private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? 0x30 + value : 0x61 - 10 + value
}
