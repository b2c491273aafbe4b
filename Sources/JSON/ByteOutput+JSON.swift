package import Records

extension ByteOutput {
  /// Appends a JSON string: in quotes, with what RFC 8259 wants escaped, and nothing else.
  ///
  /// - Parameter string: UTF-8; it is not checked again.
  package func appendJSON(string: Bytes) {
    append(0x22)
    var from = appendPlain(string, from: 0)
    while from < string.count {
      appendEscape(string[from])
      from = appendPlain(string, from: from + 1)
    }
    append(0x22)
  }

  /// Appends what stands before the first byte that must be escaped.
  ///
  /// - Returns: the index of that byte, or the string's count.
  private func appendPlain(_ string: Bytes, from: Int) -> Int {
    var index = from
    append(room: string.count - from + EightBytes.size) { room in
      let room = UnsafeMutableRawPointer(room.baseAddress!)
      while index + SixteenBytes.size <= string.count {
        let bytes = SixteenBytes(at: string.start + index)
        guard bytes.isPlain else { break }
        bytes.store(to: room + (index - from))
        index += SixteenBytes.size
      }
      while index < string.count {
        let bytes = EightBytes(of: string, from: index)
        room.storeBytes(of: bytes.word.littleEndian, toByteOffset: index - from, as: UInt64.self)
        let stops = bytes.stops
        let plain = stops == 0 ? EightBytes.size : EightBytes.first(stops)
        index += plain
        if plain < EightBytes.size { break }
      }
      return index - from
    }
    return index
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

private func hexDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? 0x30 + value : 0x61 - 10 + value
}
