/// Durations as people write them: a whole number and a unit, `500ms`, `1s`, `5m`, `24h`,
/// `7d`.
package enum DurationText {
  /// - Returns: nothing for another text, or for more than nine digits.
  package static func read(_ text: String) -> Duration? {
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

  /// `500ms`, `5m`: in the largest unit that is exact.
  package static func text(of duration: Duration) -> String {
    let (seconds, rest) = duration.components
    if rest != 0 { return "\(seconds * 1000 + rest / 1_000_000_000_000_000)ms" }
    let units: [(String, Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60)]
    let unit = units.first { seconds > 0 && seconds % $0.1 == 0 } ?? ("s", 1)
    return "\(seconds / unit.1)\(unit.0)"
  }
}
