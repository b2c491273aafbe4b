/// What is wrong with a pattern.
struct PatternFault: Error {
  let message: String
  let remedy: String

  init(_ message: String, _ remedy: String) {
    self.message = message
    self.remedy = remedy
  }
}

/// Reads a regular expression as mappings write it, and writes it as PCRE2 reads it.
///
/// In a mapping a character is what people take for one: a letter with its accents, a line end, an
/// emoji. PCRE2 compares code points, so each element that stands for one character is written so
/// that it takes a whole one. What the two would read differently, and what cannot be held to a
/// budget, is refused.
struct PatternReader {
  let pattern: [Character]
  var index = 0
  private var output = ""
  /// What must not follow the last element, a literal, unless another literal says what does.
  private var end = ""
  private var depth = 0

  /// - Parameter text: normalized.
  /// - Returns: the expression that finds the first match from the start of a text.
  static func expression(of text: String) throws(PatternFault) -> String {
    var reader = PatternReader(pattern: Array(text))
    try reader.readAll()
    // One search that begins at the start, so that a budget counts for all of it; \K drops what
    // lies before the match.
    return "\\A\\X*?\\K(?:\(reader.output))"
  }

  private init(pattern: [Character]) { self.pattern = pattern }

  var next: Character? { index < pattern.count ? pattern[index] : nil }

  mutating func take(_ text: String) -> Bool {
    let characters = Array(text)
    guard pattern[index...].starts(with: characters) else { return false }
    index += characters.count
    return true
  }

  private mutating func readAll() throws(PatternFault) {
    if take("(?i)") { output += "(?i)" }
    while let character = next { try element(character) }
    endLiteral()
    if depth > 0 { throw PatternFault("a ( is never closed", Self.itself("(")) }
  }

  private mutating func element(_ character: Character) throws(PatternFault) {
    switch character {
    case "(": try open()
    case ")": try close()
    case "|": add("|")
    case "^": try assertion("^")
    case "$": try assertion("\\z")
    case "*", "+", "?":
      throw PatternFault(
        "nothing stands before the \(character) that it could repeat", Self.itself(character))
    case ".": try one("(?!\\R)\\X")
    case "[": try one(try set())
    case "\\": try escape()
    default: try literal(character)
    }
  }

  private mutating func add(_ text: String) {
    endLiteral()
    output += text
    index += 1
  }

  private mutating func endLiteral() {
    output += end
    end = ""
  }

  /// An element that takes one character, perhaps repeated; the index stands on its last sign.
  private mutating func one(_ text: String) throws(PatternFault) {
    add("")
    output += "(?:\(text))" + (try quantifier() ?? "")
  }

  private mutating func assertion(_ text: String) throws(PatternFault) {
    add(text)
    if try quantifier() != nil {
      throw PatternFault("\(pattern[index - 1]) repeats something that takes no character", "")
    }
  }

  private mutating func literal(_ character: Character) throws(PatternFault) {
    let text = PatternCharacter.escaped(character)
    index += 1
    if let quantifier = try quantifier() {
      endLiteral()
      output += "(?:\(text)\(PatternCharacter.end(of: character)))\(quantifier)"
    } else {
      output += text
      end = PatternCharacter.end(of: character)
    }
  }
}

// Groups, repeats and escapes.
extension PatternReader {
  private mutating func open() throws(PatternFault) {
    endLiteral()
    guard let opening = Self.openings.first(where: { take($0) }) else {
      if !pattern[index...].starts(with: "(?") && !pattern[index...].starts(with: "(*") {
        index += 1
        output += "("
        depth += 1
        return
      }
      return try openNamed()
    }
    output += opening
    depth += 1
  }

  private static let openings = ["(?:", "(?i:", "(?=", "(?!", "(?>"]

  private mutating func openNamed() throws(PatternFault) {
    let name = pattern[index...].dropFirst(3).prefix { $0.isASCII && $0.isLetter }
    guard take("(?<" + String(name) + ">"), !name.isEmpty else {
      throw PatternFault(
        "\"\(String(pattern[index...].prefix(3)))\" does not open a group that match understands",
        "There are (…), (?:…), (?<name>…), (?=…), (?!…), (?>…), and (?i) at the beginning.")
    }
    output += "("
    depth += 1
  }

  private mutating func close() throws(PatternFault) {
    guard depth > 0 else { throw PatternFault("a ) closes nothing", Self.itself(")")) }
    depth -= 1
    add(")")
    if let quantifier = try quantifier() { output += quantifier }
  }

  /// A repeat that stands here, as PCRE2 writes it.
  private mutating func quantifier() throws(PatternFault) -> String? {
    guard let count = try count() else { return nil }
    if take("?") { return count + "?" }
    return take("+") ? count + "+" : count
  }

  private mutating func count() throws(PatternFault) -> String? {
    if let sign = next, "*+?".contains(sign) {
      index += 1
      return String(sign)
    }
    guard next == "{", let end = pattern[index...].firstIndex(of: "}") else { return nil }
    let bounds = pattern[index + 1..<end].split(
      separator: ",", maxSplits: 1, omittingEmptySubsequences: false
    ).map { String($0) }
    let numbers = bounds.filter { !$0.isEmpty }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
    else { return nil }
    guard numbers.allSatisfy({ Int($0).map { $0 <= 1000 } == true }) else {
      throw PatternFault("nothing can be repeated more than 1000 times", "")
    }
    index = end + 1
    return bounds[0].isEmpty ? "{0,\(bounds[1])}" : "{\(bounds.joined(separator: ","))}"
  }

  private mutating func escape() throws(PatternFault) {
    index += 1
    guard let sign = next else {
      throw PatternFault("the pattern ends with a \\", Self.itself("\\"))
    }
    if let members = PatternSet.classes[sign.lowercasedASCII] {
      return try one(PatternSet.any(of: members, not: sign.isUppercase))
    }
    switch sign {
    case "p", "P":
      let property = try property()
      try one(PatternSet.any(of: property, not: false))
    case "R": try one("\\R")
    case "A": try assertion("\\A")
    case "z": try assertion("\\z")
    case "r" where pattern[index...].starts(with: "r\\n"):
      index += 2
      try literal("\r\n")
    default: try literal(try escapedCharacter())
    }
  }

  /// A character that is written with a backslash; the index then stands on its last sign.
  mutating func escapedCharacter() throws(PatternFault) -> Character {
    let sign = pattern[index]
    switch sign {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "x", "u": return try numbered(sign == "x" ? 2 : 4)
    case _ where sign.isASCII && !sign.isLetter && !sign.isNumber: return sign
    default: throw Self.unknown(sign)
    }
  }

  /// `\xHH`, `\uHHHH`, `\x{…}`, `\u{…}`.
  private mutating func numbered(_ digits: Int) throws(PatternFault) -> Character {
    let rest = pattern[(index + 1)...]
    let isBraced = rest.first == "{"
    let number = String(isBraced ? rest.dropFirst().prefix { $0 != "}" } : rest.prefix(digits))
    guard isBraced ? number.count < rest.count - 1 : number.count == digits,
      let value = UInt32(number, radix: 16), let scalar = Unicode.Scalar(value)
    else {
      throw PatternFault(
        "\\\(pattern[index]) is not followed by the number of a character",
        "Write \\u00E9 or \\x{E9} for é.")
    }
    index += isBraced ? number.count + 2 : digits
    return Character(scalar)
  }

  /// `\p{L}`, `\P{Lu}`; the index then stands on its last sign.
  mutating func property() throws(PatternFault) -> String {
    let rest = pattern[(index + 1)...]
    let name = rest.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
    guard rest.first == "{", rest.dropFirst(name.count + 1).first == "}", !name.isEmpty else {
      throw PatternFault(
        "\\p is not followed by the name of a property in braces",
        "Write \\p{L} for letters, \\p{Lu} for capitals, \\p{Han} for Chinese.")
    }
    let text = "\\\(pattern[index]){\(String(name))}"
    index += name.count + 2
    return text
  }

  private static func unknown(_ sign: Character) -> PatternFault {
    switch sign {
    case "b", "B":
      PatternFault(
        "\\\(sign) is not understood: where a word ends is not the same everywhere",
        "Write (?!\\w) behind a word, and (?:^|\\W) before it; the first group in ( ) is what match gives."
      )
    case _ where sign.isNumber:
      PatternFault(
        "\\\(sign) refers to a group, which match does not do", "Describe the text again instead.")
    default:
      PatternFault(
        "\\\(sign) is not understood",
        "There are \\d \\D \\w \\W \\s \\S \\p{…} \\R \\n \\r \\t \\u…, and signs that stand for themselves: \\. \\( \\[."
      )
    }
  }

  static func itself(_ sign: Character) -> String { "Write \\\(sign) for the sign itself." }
}

extension Character {
  var lowercasedASCII: Character {
    isASCII && isUppercase ? Character(Unicode.Scalar(asciiValue! | 0x20)) : self
  }
}
