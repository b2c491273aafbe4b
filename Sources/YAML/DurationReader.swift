import Records

/// Reads the durations of a section.
package struct DurationReader {
  private let section: YAMLSection

  package init(_ section: YAMLSection) { self.section = section }

  /// - Returns: the default where the key is not there or its text is a problem.
  package func duration(
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
            Write one from \(DurationText.text(of: range.lowerBound)) to \(DurationText.text(of: range.upperBound)).
            """))
      return preset
    }
    return duration
  }
}
