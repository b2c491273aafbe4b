import Records
import Synchronization
import Testing

@testable import OrderGateway

@Suite struct AnswerClockTests {
  private final class Time: Sendable {
    let now = Mutex<Int64>(0)
  }

  @Test(
    "it tells the time with the zone's offset, and as HTTP does",
    arguments: [
      (Scene.now, "2026-01-31T12:08:56+08:00", "Sat, 31 Jan 2026 04:08:56 GMT"),
      (Scene.now + 999, "2026-01-31T12:08:56+08:00", "Sat, 31 Jan 2026 04:08:56 GMT"),
      (Scene.now + 1000, "2026-01-31T12:08:57+08:00", "Sat, 31 Jan 2026 04:08:57 GMT"),
      (0, "1970-01-01T08:00:00+08:00", "Thu, 01 Jan 1970 00:00:00 GMT"),
      (-1, "1970-01-01T07:59:59+08:00", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
  func readings(now: Int64, responseTime: String, date: String) {
    let time = Time()
    let clock = AnswerClock(zone: Zone(name: "SGT", offsetSeconds: 28_800)) {
      time.now.withLock { $0 }
    }
    _ = clock.reading
    time.now.withLock { $0 = now }
    #expect(clock.reading.responseTime == responseTime)
    #expect(clock.reading.date == date)
  }
}
