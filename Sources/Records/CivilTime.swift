/// A date and a time of day as a calendar and a clock on the wall show them (proleptic Gregorian
/// calendar), without saying where the wall is.
package struct CivilTime: Hashable, Sendable {
  package var year: Int
  /// 1…12.
  package var month: Int
  /// 1…31.
  package var day: Int
  package var hour: Int
  package var minute: Int
  package var second: Int

  /// - Returns: nothing where there is no such day or time. A leap second (60) is taken and counts
  ///   as the first second of the next minute.
  package init?(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(in: month, of: year), (0...23).contains(hour), (0...59).contains(minute),
      (0...60).contains(second)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
  }

  /// What a clock that shows UTC shows at this moment, in seconds since 1970. What lies outside
  /// the years 0…9999 is moved to their nearest end.
  package init(epochSeconds: Int64) {
    let seconds = min(max(epochSeconds, Self.earliest), Self.latest)
    let days = Int(seconds.floorQuotient(86_400))
    let rest = Int(seconds) - days * 86_400
    // Years are counted from 1 March 0000, so that the leap day is the last one of its year and
    // every 400 years have the same 146,097 days.
    let shifted = days + 719_468
    let era = Int(Int64(shifted).floorQuotient(146_097))
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
    hour = rest / 3_600
    minute = rest / 60 % 60
    second = rest % 60
  }

  /// Seconds since 1970 if the clock shows UTC.
  package var epochSeconds: Int64 {
    Int64(Self.daysSince1970(year: year, month: month, day: day)) * 86_400
      + Int64(hour * 3_600 + minute * 60 + second)
  }

  /// Sunday is 0.
  package var weekday: Int {
    let days = Int64(Self.daysSince1970(year: year, month: month, day: day)) + 4
    return Int(days - days.floorQuotient(7) * 7)
  }

  /// How many days a month has.
  package static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = Int(Int64(marchYear).floorQuotient(400))
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static let earliest: Int64 = -62_167_219_200
  private static let latest: Int64 = 253_402_300_799
}

extension Int64 {
  /// The quotient that is rounded down, also for negative numbers.
  package func floorQuotient(_ divisor: Int64) -> Int64 {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? quotient - 1 : quotient
  }
}
