package import Records

/// Times as moments, to be compared.
extension DateStyle {
  /// The moment that a time means, in milliseconds since 1970; read as ``iso8601(_:into:)`` does.
  ///
  /// - Throws: a problem without a place.
  package func milliseconds(_ bytes: Bytes) throws(Problem) -> Int64 {
    let output = ByteOutput(capacity: 32)
    try iso8601(bytes, into: output)
    guard let (time, offset) = Self.readISO8601(output.bytes) else { return 0 }
    let seconds = time.epochSeconds - Int64(offset ?? 0) * 60
    return seconds * 1000 + Self.fraction(behindSecondsOf: bytes)
  }

  /// A moment as ISO 8601 in ``zone``, to the second.
  package func iso8601(milliseconds: Int64) -> String {
    let seconds = milliseconds.floorQuotient(1000)
    let output = ByteOutput(capacity: 32)
    write(zone.time(at: seconds), zone.offsetSeconds(at: seconds) / 60, to: output)
    return output.bytes.text
  }

  /// `123` of `17:45:00.123`; 0 where there is no fraction.
  private static func fraction(behindSecondsOf bytes: Bytes) -> Int64 {
    let marks = bytes.buffer.indices.dropFirst(3)
    guard let mark = marks.first(where: { isDecimalMark(bytes, at: $0) }) else { return 0 }
    let digits = bytes.slice(mark + 1, bytes.count).buffer.prefix { $0.isDigit }.prefix(3)
    let value = digits.reduce(0) { $0 * 10 + Int64($1 &- 0x30) }
    return [1: value * 100, 2: value * 10][digits.count] ?? value
  }

  /// Whether a point or comma stands behind `:00`.
  private static func isDecimalMark(_ bytes: Bytes, at place: Int) -> Bool {
    (bytes[place] == UInt8(ascii: ".") || bytes[place] == UInt8(ascii: ","))
      && bytes[place - 1].isDigit && bytes[place - 2].isDigit
      && bytes[place - 3] == UInt8(ascii: ":")
  }
}
