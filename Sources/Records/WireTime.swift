/// Times as D-Store writes them in headers and bodies: `2026-01-31T12:08:56+08:00`.
package enum WireTime {
  /// ISO 8601 with a numeric offset, to the second (fractions are cut off).
  ///
  /// - Parameter offsetMinutes: east of UTC.
  package static func text(epochMilliseconds: Int64, offsetMinutes: Int) -> String {
    let seconds = epochMilliseconds.floorQuotient(1000)
    let time = CivilTime(epochSeconds: seconds + Int64(offsetMinutes) * 60)
    let minutes = abs(offsetMinutes)
    let date = "\(padded(time.year, 4))-\(padded(time.month))-\(padded(time.day))"
    let clock = "\(padded(time.hour)):\(padded(time.minute)):\(padded(time.second))"
    let sign = offsetMinutes < 0 ? "-" : "+"
    return "\(date)T\(clock)\(sign)\(padded(minutes / 60)):\(padded(minutes % 60))"
  }

  /// The same with the offset that `zone` has at that moment.
  package static func text(epochMilliseconds: Int64, zone: Zone) -> String {
    let offset = zone.offsetSeconds(at: epochMilliseconds.floorQuotient(1000))
    return text(epochMilliseconds: epochMilliseconds, offsetMinutes: offset / 60)
  }

  /// Reads a time leniently: offset as `Z`, `+08:00`, `+0800` or `+08`; a fraction of any length
  /// (cut to milliseconds); no seconds; a space for the `T`; or 13 digits of epoch milliseconds.
  ///
  /// - Returns: milliseconds since 1970; nothing for a text without an offset, since nobody can
  ///   know what it means, or one that is no time.
  package static func parse(_ text: String) -> Int64? {
    var reader = TimeReader(text)
    if text.utf8.count == 13, let milliseconds = reader.number(13), reader.isAtEnd {
      return Int64(milliseconds)
    }
    reader = TimeReader(text)
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2), reader.take("T", "t", " "),
      let hour = reader.number(2), reader.take(":"), let minute = reader.number(2)
    else { return nil }
    var (second, milliseconds) = (0, 0)
    if reader.take(":") {
      guard let seconds = reader.number(2), let fraction = reader.fraction() else { return nil }
      (second, milliseconds) = (seconds, fraction)
    }
    guard let offset = reader.offsetSeconds(), reader.isAtEnd,
      let time = CivilTime(
        year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    return (time.epochSeconds - Int64(offset)) * 1000 + Int64(milliseconds)
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

/// Reads the parts of a time from left to right.
private struct TimeReader {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func take(_ characters: UnicodeScalar...) -> Bool {
    guard let first = rest.first, characters.contains(UnicodeScalar(first)) else { return false }
    rest.removeFirst()
    return true
  }

  /// Exactly `count` digits.
  mutating func number(_ count: Int) -> Int? {
    let digits = rest.prefix(count)
    guard digits.count == count, digits.allSatisfy(\.isDigit) else { return nil }
    rest = rest.dropFirst(count)
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// `.123456` or `,5` as milliseconds, cut; 0 where there is none; nothing for a lone mark.
  mutating func fraction() -> Int? {
    guard take(".", ",") else { return 0 }
    let digits = rest.prefix(while: \.isDigit)
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    let milliseconds = [UInt8](digits.prefix(3)) + [0x30, 0x30]
    return milliseconds.prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// `Z`, `+08:00`, `+0800`, `+08`.
  mutating func offsetSeconds() -> Int? {
    if take("Z", "z") { return 0 }
    let isWest = rest.first == UInt8(ascii: "-")
    guard take("+", "-"), let hours = number(2), hours <= 23 else { return nil }
    let hasColon = take(":")
    guard let minutes = number(2) ?? (hasColon ? nil : 0), minutes <= 59 else { return nil }
    return (isWest ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }
}
