/// Reads durations as people write them: a whole number and a unit, `500ms`, `1s`, `5m`, `24h`,
/// `7d`.
enum DurationText {
  /// - Returns: nothing for another text, or for more than nine digits.
  static func read(_ text: String) -> Duration? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard (1...9).contains(digits.count), let count = Int64(digits) else { return nil }
    switch text.dropFirst(digits.count).drop(while: { $0 == " " }) {
    case "ms": return .milliseconds(count)
    case "s": return .seconds(count)
    case "m", "min": return .seconds(count * 60)
    case "h": return .seconds(count * 3_600)
    case "d": return .seconds(count * 86_400)
    default: return nil
    }
  }
}
