/// The yearly rule at the end of a TZif file, such as `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX TZ with
/// the extensions of RFC 8536, 3.3.1).
struct ZoneRule: Hashable, Sendable {
  /// The day and second at which the clock changes; the tz database writes all of them as `M`.
  private struct Change: Hashable {
    /// Counted from 1; week 5 is the last one of the month. Sunday is 0.
    let month: Int
    let week: Int
    let weekday: Int
    /// Local time, in seconds after midnight; may be negative or more than a day.
    let seconds: Int
  }

  private struct Summer: Hashable {
    let offset: Int
    let from: Change
    let to: Change
  }

  private let standard: Int
  private let summer: Summer?

  /// - Returns: nothing for a text that is no such rule.
  init?(_ text: String) {
    var reader = RuleReader(text)
    guard reader.skipName(), let west = reader.time() else { return nil }
    standard = -west
    guard !reader.isAtEnd else {
      summer = nil
      return
    }
    guard reader.skipName() else { return nil }
    var offset = standard + 3_600
    if !reader.isNext(",") {
      guard let west = reader.time() else { return nil }
      offset = -west
    }
    guard let from = Self.change(&reader), let to = Self.change(&reader), reader.isAtEnd else {
      return nil
    }
    summer = Summer(offset: offset, from: from, to: to)
  }

  /// The offset, in seconds east of UTC, that holds at a moment (seconds since 1970).
  func offsetSeconds(at epochSeconds: Int64) -> Int {
    guard let summer else { return standard }
    let year = CivilTime(epochSeconds: epochSeconds + Int64(standard)).year
    let from = Self.moment(of: summer.from, in: year) - Int64(standard)
    let to = Self.moment(of: summer.to, in: year) - Int64(summer.offset)
    let isSummer =
      from < to
      ? epochSeconds >= from && epochSeconds < to : epochSeconds >= from || epochSeconds < to
    return isSummer ? summer.offset : standard
  }

  /// Seconds since 1970 as if the local clock showed UTC.
  private static func moment(of change: Change, in year: Int) -> Int64 {
    guard let first = CivilTime(year: year, month: change.month, day: 1) else { return 0 }
    var day = 1 + (change.weekday - first.weekday + 7) % 7 + (change.week - 1) * 7
    if day > CivilTime.days(in: change.month, of: year) { day -= 7 }
    return first.epochSeconds + Int64((day - 1) * 86_400 + change.seconds)
  }

  /// `,M3.5.0/2`.
  private static func change(_ reader: inout RuleReader) -> Change? {
    guard reader.take(","), reader.take("M"), let month = reader.number(1...12), reader.take("."),
      let week = reader.number(1...5), reader.take("."), let weekday = reader.number(0...6)
    else { return nil }
    guard reader.take("/") else {
      return Change(month: month, week: week, weekday: weekday, seconds: 7_200)
    }
    return reader.time().map {
      Change(month: month, week: week, weekday: weekday, seconds: $0)
    }
  }
}

/// Reads the parts of a rule from left to right.
private struct RuleReader {
  private var rest: Substring

  init(_ text: String) { rest = text[...] }

  var isAtEnd: Bool { rest.isEmpty }

  func isNext(_ character: Character) -> Bool { rest.first == character }

  mutating func take(_ character: Character) -> Bool {
    guard rest.first == character else { return false }
    rest.removeFirst()
    return true
  }

  /// `CET`, or `<+0330>`.
  mutating func skipName() -> Bool {
    let before = rest.count
    if take("<") {
      guard let end = rest.firstIndex(of: ">") else { return false }
      rest = rest[rest.index(after: end)...]
    } else {
      rest = rest.drop { $0.isASCII && $0.isLetter }
    }
    return rest.count < before
  }

  /// `-3:30`, in seconds; up to 167 hours either way.
  mutating func time() -> Int? {
    let sign = take("-") ? -1 : 1
    if sign == 1 { _ = take("+") }
    guard let hours = number(0...167) else { return nil }
    var seconds = hours * 3_600
    for unit in [60, 1] where take(":") {
      guard let part = number(0...59) else { return nil }
      seconds += part * unit
    }
    return sign * seconds
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard digits.count <= 3, let value = Int(digits), range.contains(value) else { return nil }
    rest = rest.dropFirst(digits.count)
    return value
  }
}
