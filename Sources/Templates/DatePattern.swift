import Records

extension DateStyle {
  /// A picture of a time: runs of `yyyy MM dd HH mm ss`, or of `hh` with `a` for AM and PM,
  /// everything else as it stands; or `unix`, for seconds since 1970.
  package struct Pattern: Sendable, Hashable {
    fileprivate enum Part: Hashable {
      case field(Field, width: Int)
      case literal(UInt8)
    }

    fileprivate enum Field: UInt8 {
      case year = 0x79, month = 0x4D, day = 0x64, hour = 0x48, minute = 0x6D, second = 0x73
      /// Of a clock with 12 hours, and its half of the day.
      case shortHour = 0x68, half = 0x61

      /// How many letters it may have. One letter means one digit or two.
      var widths: [Int] {
        switch self {
        case .year: [2, 4]
        case .half: [1]
        default: [1, 2]
        }
      }
    }

    fileprivate let parts: [Part]
    /// Whether it stands for seconds since 1970.
    let isUnix: Bool

    /// What messages say that a pattern is.
    package static func rule(isForOutput: Bool) -> String { isForOutput ? outputRule : rule }

    private static let outputRule =
      "a date pattern is made of yyyy MM dd HH mm ss and signs between them, like dd.MM.yyyy or "
      + "HH:mm; hh with a is a clock of 12 hours, and unix means seconds since 1970"

    /// What messages say that a pattern is by which times are read.
    package static let rule =
      "a date pattern is made of yyyy MM dd HH mm ss and signs between them, like dd.MM.yyyy HH:mm; "
      + "hh with a is a clock of 12 hours, and unix means seconds since 1970"

    /// - Parameter isForOutput: whether times are written so, and not read.
    /// - Returns: nothing where a letter is none of the fields, a field stands twice or in a width
    ///   that it cannot have, or in one to read by year, month or day is missing.
    package init?(_ text: String, isForOutput: Bool = false) {
      var parts: [Part] = []
      isUnix = text == "unix"
      if isUnix {
        self.parts = []
        return
      }
      for byte in text.utf8 {
        if let field = Field(rawValue: byte) {
          if case .field(field, let width) = parts.last {
            parts[parts.count - 1] = .field(field, width: width + 1)
          } else {
            parts.append(.field(field, width: 1))
          }
        } else {
          let isLetter = (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A && byte != 0x54
          if isLetter { return nil }
          parts.append(.literal(byte))
        }
      }
      guard Self.isSound(parts, isForOutput) else { return nil }
      self.parts = parts
    }

    private static func isSound(_ parts: [Part], _ isForOutput: Bool) -> Bool {
      var fields: Set<Field> = []
      for case .field(let field, let width) in parts {
        guard fields.insert(field).inserted, field.widths.contains(width) else { return false }
      }
      guard fields.contains(.shortHour) == fields.contains(.half),
        !fields.isSuperset(of: [.shortHour, .hour])
      else { return false }
      return isForOutput ? !fields.isEmpty : fields.isSuperset(of: [.year, .month, .day])
    }
  }
}

/// The fields of a time as a pattern shows them, before anybody asked whether there is such a day.
private struct TimeFields {
  var year = 0
  var month = 0
  var day = 0
  var hour = 0
  var minute = 0
  var second = 0
  var isAfternoon: Bool?
  /// How many years the calendar is ahead of the Gregorian one.
  var yearsAhead = 0

  mutating func set(_ field: DateStyle.Pattern.Field, to value: Int, width: Int) {
    switch field {
    case .year: year = width == 2 ? (yearsAhead > 0 ? 2500 : 2000) + value : value
    case .month: month = value
    case .day: day = value
    case .hour, .shortHour: hour = value
    case .half: isAfternoon = value == 1
    case .minute: minute = value
    case .second: second = value
    }
  }

  /// Nothing where there is no such day or time, or it is before 2000.
  var time: CivilTime? {
    var hour = hour
    if let isAfternoon {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + (isAfternoon ? 12 : 0)
    }
    let year = year - yearsAhead
    guard year >= 2000 else { return nil }
    return CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }
}

extension DateStyle.Pattern {
  /// Reads what the pattern shows.
  ///
  /// - Parameter yearsAhead: how many years the calendar is ahead of the Gregorian one.
  /// - Returns: the time, and where the pattern ended; nothing where the text does not look so, or
  ///   there is no such time.
  func read(_ bytes: Bytes, yearsAhead: Int = 0) -> (time: CivilTime, end: Int)? {
    if isUnix { return nil }
    var fields = TimeFields()
    fields.yearsAhead = yearsAhead
    var position = 0
    for part in parts {
      switch part {
      case .literal(let byte):
        guard position < bytes.count, bytes[position] == byte else { return nil }
        position += 1
      case .field(.half, let width):
        guard let half = Self.half(bytes, at: &position) else { return nil }
        fields.set(.half, to: half, width: width)
      case .field(let field, let width):
        guard let value = Self.number(bytes, at: &position, width) else { return nil }
        fields.set(field, to: value, width: width)
      }
    }
    return fields.time.map { ($0, position) }
  }

  /// 0 for AM, 1 for PM.
  private static func half(_ bytes: Bytes, at position: inout Int) -> Int? {
    for (word, half) in halves where position + word.count <= bytes.count {
      let isSame = word.indices.allSatisfy { index in
        let byte = bytes[position + index]
        return (byte < 0x80 ? byte | 0x20 : byte) == word[index] || byte == word[index]
      }
      if isSame {
        position += word.count
        return half
      }
    }
    return nil
  }

  private static let halves: [(word: [UInt8], half: Int)] = [
    ("a.m.", 0), ("p.m.", 1), ("am", 0), ("pm", 1), ("上午", 0), ("下午", 1), ("午前", 0), ("午後", 1),
    ("오전", 0), ("오후", 1),
  ].map { (Array($0.0.utf8), $0.1) }

  /// As many digits as the field is wide; one digit or two where it is one wide.
  private static func number(_ bytes: Bytes, at position: inout Int, _ width: Int) -> Int? {
    let from = position
    var value = 0
    while position < bytes.count, position - from < max(2, width), bytes[position].isDigit {
      value = value * 10 + Int(bytes[position] &- 0x30)
      position += 1
    }
    let count = position - from
    return count == width || (width == 1 && count == 2) ? value : nil
  }
}

extension DateStyle.Pattern {
  /// Writes a time as the pattern shows it.
  func write(_ time: CivilTime, yearsAhead: Int, to output: ByteOutput) {
    for part in parts {
      switch part {
      case .literal(let byte): output.append(byte)
      case .field(.year, let width):
        if width == 4 { output.append(digits: (time.year + yearsAhead) / 100) }
        output.append(digits: time.year + yearsAhead)
      case .field(.half, _): output.append(time.hour < 12 ? "AM" : "PM")
      case .field(let field, let width):
        let number = time.number(field)
        if width == 2 || number > 9 {
          output.append(digits: number)
        } else {
          output.append(0x30 + UInt8(number))
        }
      }
    }
  }
}

extension CivilTime {
  fileprivate func number(_ field: DateStyle.Pattern.Field) -> Int {
    switch field {
    case .year: year
    case .month: month
    case .day: day
    case .hour, .half: hour
    case .shortHour: (hour + 11) % 12 + 1
    case .minute: minute
    case .second: second
    }
  }
}
