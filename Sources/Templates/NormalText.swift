@_spi(_Unicode) import Swift

/// A text in which every character is written in one way (Unicode's form NFC): `é` may come as one
/// code point or as two.
struct NormalText {
  private(set) var text = ""
  /// The most code points that one character has.
  private(set) var widest = 1
  private let original: [Character]
  /// Where each character ends in the UTF-8 of ``text``.
  private var ends: [Int] = []

  init(_ original: String) {
    self.original = Array(original)
    ends.reserveCapacity(self.original.count)
    for character in self.original {
      if character.utf8.count == 1 {
        text.append(character)
      } else {
        var count = 0
        // The standard library's own, which it compares texts with.
        for scalar in String(character)._nfc {
          text.unicodeScalars.append(scalar)
          count += 1
        }
        widest = max(widest, count)
      }
      ends.append(text.utf8.count)
    }
  }

  /// The whole characters of the original that hold these bytes of the UTF-8 of ``text``.
  func original(_ range: Range<Int>) -> String {
    if range.isEmpty { return "" }
    let first = ends.firstIndex { $0 > range.lowerBound }!
    let last = ends.firstIndex { $0 >= range.upperBound }!
    return String(original[first...last])
  }
}
