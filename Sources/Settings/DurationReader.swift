import Records
import YAML

/// Reads the durations of a section.
struct DurationReader {
  private let section: YAMLSection

  init(_ section: YAMLSection) { self.section = section }

  /// - Returns: the default where the key is not there or its text is a problem.
  func duration(
    _ key: String, _ preset: Duration, in range: ClosedRange<Duration>
  ) -> Duration {
    guard let text = section.text(key) else { return preset }
    guard let duration = DurationText.read(text.text) else {
      section.problems.add(
        Problem(
          "duration", at: text.place, value: text.text, "\"\(key)\" is not a duration",
          remedy: "Write a whole number and a unit: 500ms, 1s, 5m, 24h or 7d."))
      return preset
    }
    guard range.contains(duration) else {
      section.problems.add(
        Problem(
          "duration", at: text.place, value: text.text,
          duration < range.lowerBound ? "\"\(key)\" is too short" : "\"\(key)\" is too long",
          remedy: """
            Write one from \(Self.words(range.lowerBound)) to \(Self.words(range.upperBound)).
            """))
      return preset
    }
    return duration
  }

  /// `500ms`, `5m`: in the largest unit that is exact.
  private static func words(_ duration: Duration) -> String {
    let (seconds, rest) = duration.components
    if rest != 0 { return "\(seconds * 1000 + rest / 1_000_000_000_000_000)ms" }
    let units: [(String, Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60)]
    let unit = units.first { seconds > 0 && seconds % $0.1 == 0 } ?? ("s", 1)
    return "\(seconds / unit.1)\(unit.0)"
  }
}
