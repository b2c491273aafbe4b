import Records

/// Tells texts that are points in time, as leniently as D-Store's times are to be read.
struct TimeText {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// ISO 8601 with seconds and offset (`Z`, `+08:00`, `+0800`; fractions allowed), or milliseconds
  /// since 1970 in 13 digits.
  var isTime: Bool { isEpoch || isISO8601 }

  var isEpoch: Bool { bytes.count == 13 && bytes.allSatisfy(\.isDigit) }

  private var isISO8601: Bool {
    guard bytes.count >= 20, matches("0000-00-00T00:00:00", at: 0) else { return false }
    let ranges = [(5, 1...12), (8, 1...31), (11, 0...23), (14, 0...59), (17, 0...60)]
    guard ranges.allSatisfy({ $1.contains(number(at: $0)) }) else { return false }
    return isOffset(from: endOfFraction)
  }

  private var endOfFraction: Int {
    guard bytes[19] == UInt8(ascii: ".") else { return 19 }
    let digits = bytes[20...].prefix(while: \.isDigit)
    return digits.isEmpty ? 19 : digits.endIndex
  }

  private func isOffset(from index: Int) -> Bool {
    let rest = bytes.count - index
    if rest == 1 { return bytes[index] == UInt8(ascii: "Z") }
    let isSigned = rest > 1 && (bytes[index] == 0x2B || bytes[index] == 0x2D)
    guard isSigned, number(at: index + 1) <= 23 else { return false }
    return rest == 6 && matches("00:00", at: index + 1)
      || rest == 5 && matches("0000", at: index + 1)
  }

  /// Whether the bytes look like the pattern, in which 0 stands for any digit.
  private func matches(_ pattern: StaticString, at index: Int) -> Bool {
    let pattern = Bytes(pattern).buffer
    guard index + pattern.count <= bytes.count else { return false }
    return zip(pattern, bytes[index...]).allSatisfy { wanted, byte in
      wanted == UInt8(ascii: "0") ? byte.isDigit : byte == wanted
    }
  }

  /// The number in two digits.
  private func number(at index: Int) -> Int {
    guard index + 1 < bytes.count, bytes[index].isDigit, bytes[index + 1].isDigit else { return 99 }
    return Int(bytes[index] - 0x30) * 10 + Int(bytes[index + 1] - 0x30)
  }
}
