import Records
import Synchronization

/// The time as answers tell it, written once a second.
final class AnswerClock: Sendable {
  struct Reading: Sendable {
    /// For `Response-Time`.
    let responseTime: String
    /// For `Date` (RFC 9110, 5.6.7).
    let date: String
  }

  private let zone: Zone
  private let now: @Sendable () -> Int64
  private let last: Mutex<(second: Int64, reading: Reading)>

  /// - Parameter now: milliseconds since 1970.
  init(zone: Zone, now: @escaping @Sendable () -> Int64) {
    self.zone = zone
    self.now = now
    last = Mutex((Int64.min, Reading(responseTime: "", date: "")))
  }

  var reading: Reading {
    let second = now().floorQuotient(1000)
    return last.withLock { last in
      if last.second != second { last = (second, reading(at: second)) }
      return last.reading
    }
  }

  private func reading(at second: Int64) -> Reading {
    Reading(
      responseTime: WireTime.text(epochMilliseconds: second * 1000, zone: zone),
      date: Self.date(CivilTime(epochSeconds: second)))
  }

  private static func date(_ time: CivilTime) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let clock = [time.hour, time.minute, time.second].map(padded).joined(separator: ":")
    let month = months[time.month - 1]
    return "\(days[time.weekday]), \(padded(time.day)) \(month) \(time.year) \(clock) GMT"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
