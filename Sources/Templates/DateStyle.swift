package import Records

/// How the POS writes times, and in which zone its clock runs.
package struct DateStyle: Sendable, Hashable {
  /// Nothing: ISO 8601.
  package var pattern: Pattern?
  package var zone: Zone
  /// Whether years are counted as in Thailand, where 2026 is 2569.
  package var isBuddhist = false
  /// Whether times are written so for the POS, instead of read from what it wrote.
  package var isForOutput = false

  package init(pattern: Pattern? = nil, zone: Zone) {
    self.pattern = pattern
    self.zone = zone
  }

  func with(pattern: Pattern) -> DateStyle {
    var style = self
    style.pattern = pattern
    return style
  }

  /// How many years the calendar is ahead of the Gregorian one.
  var yearsAhead: Int { isBuddhist ? 543 : 0 }

  /// What the filter `date` does.
  func convert(_ bytes: Bytes, into output: ByteOutput) throws(Problem) {
    if isForOutput { try local(bytes, into: output) } else { try iso8601(bytes, into: output) }
  }
}

extension DateStyle {
  /// Reads a time and writes it as ISO 8601 with a numeric offset, to the second.
  ///
  /// A text that says its own offset keeps it; any other is read in ``zone``. ISO 8601 with an
  /// offset is read whatever the pattern, because it cannot mean anything else. Digits may be of
  /// any script.
  /// - Throws: a problem without a place.
  package func iso8601(_ bytes: Bytes, into output: ByteOutput) throws(Problem) {
    let isRead =
      if let plain = PlainNumber.digits(of: bytes) {
        Bytes.withBytes(of: plain) { read($0, into: output) }
      } else {
        read(bytes, into: output)
      }
    if isRead { return }
    throw Problem(
      "time", value: bytes.text, "this is not a time as the mapping writes them",
      remedy: advice(for: bytes.text))
  }

  private func read(_ bytes: Bytes, into output: ByteOutput) -> Bool {
    if pattern?.isUnix == true, let seconds = Self.unixSeconds(bytes) {
      write(zone.time(at: seconds), zone.offsetSeconds(at: seconds) / 60, to: output)
      return true
    }
    if let pattern, let (time, stated) = Self.read(bytes, as: pattern, yearsAhead) {
      write(time, stated, to: output)
      return true
    }
    let iso = Self.readISO8601(bytes, pattern == nil ? yearsAhead : 0)
    guard let (time, stated) = iso, pattern == nil || stated != nil else { return false }
    write(time, stated, to: output)
    return true
  }

  /// Seconds since 1970, or where there are 13 digits milliseconds; `nil` before 2000.
  private static func unixSeconds(_ bytes: Bytes) -> Int64? {
    let digits =
      withoutFraction(bytes.slice(min(10, bytes.count), bytes.count)).isEmpty
      ? bytes.slice(0, min(10, bytes.count)) : bytes
    guard digits.buffer.allSatisfy(\.isDigit), let number = Int64(digits.text) else { return nil }
    let seconds = digits.count == 13 ? number / 1000 : number
    return (946_684_800...9_999_999_999).contains(seconds) ? seconds : nil
  }

  private func advice(for text: String) -> String {
    let number = text.allSatisfy(\.isNumber) ? text.count : 0
    if [10, 13].contains(number), pattern?.isUnix != true {
      return "If it is a number of seconds since 1970, write dates: unix."
    }
    if text.lowercased().contains(/\d ?[ap]\.?m/) {
      return "For a clock of 12 hours write hh and a, for example dates: MM/dd/yyyy hh:mm a."
    }
    if !isBuddhist, text.contains(/\b2[56]\d\d\b/) {
      return "For Thai years write dates: {pattern: dd/MM/yyyy HH:mm, calendar: buddhist}."
    }
    return "State how the export writes it, for example dates: dd.MM.yyyy HH:mm. A year before "
      + "2000 is never read: it comes from a clock that was reset."
  }

  private static let iso8601: [Pattern] = [
    "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm",
    "yyyy-MM-dd",
  ].compactMap { Pattern($0) }

  static func readISO8601(_ bytes: Bytes, _ yearsAhead: Int = 0) -> (CivilTime, Int?)? {
    for iso in iso8601 {
      if let found = read(bytes, as: iso, yearsAhead) { return found }
    }
    return nil
  }

  /// - Returns: the time with the offset, in minutes, that the text states behind it.
  private static func read(
    _ bytes: Bytes, as pattern: Pattern, _ yearsAhead: Int
  ) -> (CivilTime, Int?)? {
    guard let (time, end) = pattern.read(bytes, yearsAhead: yearsAhead) else { return nil }
    let rest = withoutFraction(bytes.slice(end, bytes.count)).trimmed
    if rest.isEmpty { return (time, nil) }
    return offset(rest).map { (time, $0) }
  }

  /// Without the `.123` of a second.
  private static func withoutFraction(_ rest: Bytes) -> Bytes {
    guard rest.count > 1, rest[0] == UInt8(ascii: ".") || rest[0] == UInt8(ascii: ","),
      rest[1].isDigit
    else { return rest }
    var position = 1
    while position < rest.count, rest[position].isDigit { position += 1 }
    return rest.slice(position, rest.count)
  }

  /// `Z`, `+08`, `+0800` or `+08:00`, in minutes.
  private static func offset(_ rest: Bytes) -> Int? {
    if rest.count == 1, rest[0] == UInt8(ascii: "Z") { return 0 }
    guard rest[0] == UInt8(ascii: "+") || rest[0] == UInt8(ascii: "-") else { return nil }
    var digits = 0
    var number = 0
    for position in 1..<rest.count {
      if rest[position] == UInt8(ascii: ":"), position == 3, rest.count == 6 { continue }
      guard rest[position].isDigit, digits < 4 else { return nil }
      number = number * 10 + Int(rest[position] &- 0x30)
      digits += 1
    }
    guard digits == 2 || digits == 4 else { return nil }
    if digits == 2 { number *= 100 }
    guard number <= 1500, number % 100 < 60 else { return nil }
    let minutes = number / 100 * 60 + number % 100
    return rest[0] == UInt8(ascii: "-") ? -minutes : minutes
  }

  func write(_ time: CivilTime, _ stated: Int?, to output: ByteOutput) {
    let offset = stated ?? zone.offsetSeconds(at: zone.epochSeconds(of: time)) / 60
    output.append(digits: time.year / 100)
    output.append(digits: time.year % 100)
    for (mark, number) in [
      ("-", time.month), ("-", time.day), ("T", time.hour), (":", time.minute), (":", time.second),
      (offset < 0 ? "-" : "+", abs(offset) / 60), (":", abs(offset) % 60),
    ] as [(Unicode.Scalar, Int)] {
      output.append(UInt8(ascii: mark))
      output.append(digits: number)
    }
  }
}

extension ByteOutput {
  /// A number below 100 as two digits.
  func append(digits number: Int) {
    append(0x30 + UInt8(truncatingIfNeeded: number / 10 % 10))
    append(0x30 + UInt8(truncatingIfNeeded: number % 10))
  }
}
