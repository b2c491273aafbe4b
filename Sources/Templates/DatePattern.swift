import Records

extension DateStyle {
  /// A picture of a time: runs of `yyyy MM dd HH mm ss`, everything else as it stands.
  package struct Pattern: Sendable, Hashable {
    fileprivate enum Part: Hashable {
      case field(Field, width: Int)
      case literal(UInt8)
    }

    fileprivate enum Field: UInt8 {
      case year = 0x79, month = 0x4D, day = 0x64, hour = 0x48, minute = 0x6D, second = 0x73

      /// How many letters it may have. One letter means one digit or two.
      var widths: [Int] { self == .year ? [2, 4] : [1, 2] }
    }

    fileprivate let parts: [Part]

    /// What messages say that a pattern is.
    package static func rule(isForOutput: Bool) -> String { isForOutput ? outputRule : rule }

    private static let outputRule =
      "a date pattern is made of yyyy MM dd HH mm ss and signs between them, like dd.MM.yyyy or HH:mm"

    /// What messages say that a pattern is by which times are read.
    package static let rule =
      "a date pattern is made of yyyy MM dd HH mm ss and signs between them, like dd.MM.yyyy HH:mm"

    /// - Parameter isForOutput: whether times are written so, and not read.
    /// - Returns: nothing where a letter is none of the fields, a field stands twice or in a width
    ///   that it cannot have, or in one to read by year, month or day is missing.
    package init?(_ text: String, isForOutput: Bool = false) {
      var parts: [Part] = []
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

  mutating func set(_ field: DateStyle.Pattern.Field, to value: Int, width: Int) {
    switch field {
    case .year: year = width == 2 ? 2000 + value : value
    case .month: month = value
    case .day: day = value
    case .hour: hour = value
    case .minute: minute = value
    case .second: second = value
    }
  }

  /// Nothing where there is no such day or time, or it is before 2000.
  var time: CivilTime? {
    guard year >= 2000 else { return nil }
    return CivilTime(
      year: year, month: month, day: day, hour: hour, minute: minute, second: second)
  }
}

extension DateStyle.Pattern {
  /// Reads what the pattern shows.
  ///
  /// - Returns: the time, and where the pattern ended; nothing where the text does not look so, or
  ///   there is no such time.
  func read(_ bytes: Bytes) -> (time: CivilTime, end: Int)? {
    var fields = TimeFields()
    var position = 0
    for part in parts {
      switch part {
      case .literal(let byte):
        guard position < bytes.count, bytes[position] == byte else { return nil }
        position += 1
      case .field(let field, let width):
        guard let value = Self.number(bytes, at: &position, width) else { return nil }
        fields.set(field, to: value, width: width)
      }
    }
    return fields.time.map { ($0, position) }
  }

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
  func write(_ time: CivilTime, to output: ByteOutput) {
    for part in parts {
      switch part {
      case .literal(let byte): output.append(byte)
      case .field(.year, let width):
        if width == 4 { output.append(digits: time.year / 100) }
        output.append(digits: time.year)
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
    case .hour: hour
    case .minute: minute
    case .second: second
    }
  }
}
