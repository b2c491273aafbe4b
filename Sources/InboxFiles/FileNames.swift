import Glibc
import Records

/// Which names of the inbox are looked at, and how names are made.
enum FileNames {
  /// Behind the name of a file that the POS declares complete (`ready: marker`).
  static let marker = ".done"

  /// The longest name that the usual file systems take, in bytes.
  static let limit = 255

  /// Whether a name belongs to something that is not there to be read: hidden, half copied by the
  /// usual tools, or a marker.
  static func isPassedOver(_ name: Bytes) -> Bool {
    if name.isEmpty || name[0] == UInt8(ascii: ".") { return true }
    if name.count > 1, name[0] == UInt8(ascii: "~"), name[1] == UInt8(ascii: "$") { return true }
    return passedEndings.contains { name.count >= $0.count && name.ends(with: $0) }
  }

  private static let passedEndings = [
    ".tmp", ".part", ".partial", ".filepart", ".crdownload", marker,
  ].map { Array($0.utf8) }

  /// A name with something before its ending, shortened in front of it where it would be longer
  /// than `limit`: `menu.csv` and `-1a2b` give `menu-1a2b.csv`.
  static func adding(_ suffix: String, to name: String, limit: Int = limit) -> String {
    let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")).flatMap { $0 > name.startIndex ? $0 : nil }
    let stem = name[..<(dot ?? name.endIndex)]
    let ending = name[(dot ?? name.endIndex)...]
    let room = limit - suffix.utf8.count - ending.utf8.count
    guard room > 0 else { return shortened(name[...], to: limit - suffix.utf8.count) + suffix }
    return shortened(stem, to: room) + suffix + ending
  }

  /// The beginning of a name that fits into `limit` bytes, cut between characters.
  static func shortened(_ name: Substring, to limit: Int) -> String {
    var text = name
    while text.utf8.count > limit { text.removeLast() }
    return String(text)
  }

  /// A word that nobody else uses: 16 random hex digits.
  static func random() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

extension Bytes {
  /// Whether it ends so, without regard to the case of A to Z; `ending` is in small letters.
  fileprivate func ends(with ending: [UInt8]) -> Bool {
    for index in ending.indices {
      let byte = self[count - ending.count + index]
      let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      if (isCapital ? byte | 0x20 : byte) != ending[index] { return false }
    }
    return true
  }
}
