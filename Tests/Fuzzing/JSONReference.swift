/// Whether bytes are a JSON text (RFC 8259), found in the plainest way.
struct JSONReference {
  private let text: [UInt8]
  private var place = 0
  private var depth = 0
  private(set) var deepest = 0

  /// - Parameter text: UTF-8 without a byte order mark.
  init(_ text: [UInt8]) { self.text = text }

  mutating func isJSON() -> Bool {
    guard String(validating: text, as: UTF8.self) != nil else { return false }
    skipSpace()
    guard takeValue() else { return false }
    skipSpace()
    return place == text.count
  }

  private var next: UInt8? { place < text.count ? text[place] : nil }

  private mutating func skipSpace() {
    while let next, [0x20, 0x09, 0x0A, 0x0D].contains(next) { place += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func take(_ word: String) -> Bool {
    guard text[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  private mutating func takeValue() -> Bool {
    switch next {
    case UInt8(ascii: "{"): takeItems(end: "}") { $0.takeMember() }
    case UInt8(ascii: "["): takeItems(end: "]") { $0.takeValue() }
    case UInt8(ascii: "\""): takeString()
    case UInt8(ascii: "t"): take("true")
    case UInt8(ascii: "f"): take("false")
    case UInt8(ascii: "n"): take("null")
    default: takeNumber()
    }
  }

  private mutating func takeItems(end: Unicode.Scalar, _ item: (inout Self) -> Bool) -> Bool {
    place += 1
    depth += 1
    deepest = max(deepest, depth)
    // The real reader needs no stack for it; this one does.
    guard depth <= 1000 else { return false }
    defer { depth -= 1 }
    skipSpace()
    if take(UInt8(ascii: end)) { return true }
    while true {
      skipSpace()
      guard item(&self) else { return false }
      skipSpace()
      if take(UInt8(ascii: end)) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func takeMember() -> Bool {
    guard takeString() else { return false }
    skipSpace()
    guard take(UInt8(ascii: ":")) else { return false }
    skipSpace()
    return takeValue()
  }

  private mutating func takeString() -> Bool {
    guard take(UInt8(ascii: "\"")) else { return false }
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case 0..<0x20: return false
      case UInt8(ascii: "\\"): guard takeEscape() else { return false }
      default: break
      }
    }
    return false
  }

  private mutating func takeEscape() -> Bool {
    guard let letter = next else { return false }
    place += 1
    guard letter == UInt8(ascii: "u") else { return "\"\\/bfnrt".utf8.contains(letter) }
    guard let unit = takeUnit() else { return false }
    switch unit {
    case 0xD800..<0xDC00:
      guard take("\\u"), let low = takeUnit() else { return false }
      return (0xDC00..<0xE000).contains(low)
    case 0xDC00..<0xE000: return false
    default: return true
    }
  }

  private mutating func takeUnit() -> Int? {
    guard place + 4 <= text.count else { return nil }
    let digits = text[place..<place + 4]
    let isHex = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    place += 4
    return isHex ? Int(String(decoding: digits, as: UTF8.self), radix: 16) : nil
  }

  private mutating func takeNumber() -> Bool {
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")), !takeDigits() { return false }
    if take(UInt8(ascii: ".")), !takeDigits() { return false }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      return takeDigits()
    }
    return true
  }

  private mutating func takeDigits() -> Bool {
    let first = place
    while let next, (0x30...0x39).contains(next) { place += 1 }
    return place > first
  }
}
