import Foundation
import Records
import Testing

struct CivilTimeTests {
  @Test("every 83rd day of ten thousand years agrees with Foundation's calendar")
  func againstFoundation() throws {
    var calendar = Calendar(identifier: .iso8601)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    for day in stride(from: -141_000, to: 2_930_000, by: 83) {
      let seconds = Int64(day) * 86_400 + 45_296
      let time = CivilTime(epochSeconds: seconds)
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second, .weekday],
        from: Date(timeIntervalSince1970: Double(seconds)))
      #expect(time.epochSeconds == seconds)
      #expect(
        [time.year, time.month, time.day, time.hour, time.minute, time.second, time.weekday + 1]
          == [
            parts.year, parts.month, parts.day, parts.hour, parts.minute, parts.second,
            parts.weekday,
          ])
    }
  }

  @Test("what is outside the years 0 to 9999 moves to their end")
  func clamped() {
    #expect(CivilTime(epochSeconds: .min) == CivilTime(year: 0, month: 1, day: 1))
    #expect(
      CivilTime(epochSeconds: .max)
        == CivilTime(year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59))
  }

  @Test(
    "a day that does not exist is none",
    arguments: [
      (2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0),
      (-1, 1, 1), (10_000, 1, 1),
    ])
  func noDay(year: Int, month: Int, day: Int) {
    #expect(CivilTime(year: year, month: month, day: day) == nil)
  }
}
