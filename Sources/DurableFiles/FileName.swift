/// How names of files are made.
package enum FileName {
  /// The longest name that the usual file systems take, in bytes.
  package static let limit = 255

  /// A name with something before its ending, shortened in front of it where it would be longer
  /// than `limit`: `menu.csv` and `-1a2b` give `menu-1a2b.csv`.
  package static func adding(_ suffix: String, to name: String, limit: Int = limit) -> String {
    let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > name.startIndex ? $0 : nil }
    let stem = name[..<(dot ?? name.endIndex)]
    let ending = name[(dot ?? name.endIndex)...]
    let room = limit - suffix.utf8.count - ending.utf8.count
    guard room > 0 else { return shortened(name[...], to: limit - suffix.utf8.count) + suffix }
    return shortened(stem, to: room) + suffix + ending
  }

  /// The beginning of a name that fits into `limit` bytes, cut between characters.
  package static func shortened(_ name: Substring, to limit: Int) -> String {
    var text = name
    while text.utf8.count > limit { text.removeLast() }
    return String(text)
  }

  /// A word that nobody else uses: 16 random hex digits.
  package static func random() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
