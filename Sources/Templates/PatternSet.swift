/// What stands for one of several characters: `[a-z]`, `\d`.
struct PatternSet {
  private var literals = ""
  private var classes: [String] = []
  /// Characters of several code points.
  private var wholes: [String] = []

  var isEmpty: Bool { literals.isEmpty && classes.isEmpty && wholes.isEmpty }

  /// The classes with a letter, as members of a set of PCRE2; the first code point of a character
  /// decides.
  static let classes: [Character: String] = [
    "d": "\\p{N}", "w": "\\p{L}\\p{N}_\\x{24B6}-\\x{24E9}\\x{1F130}-\\x{1F189}",
    "s": "\\p{Z}\\t-\\r\\x{85}",
  ]

  static func any(of members: String, not isNegated: Bool) -> String {
    "(?\(isNegated ? "!" : "=")[\(members)])\\X"
  }

  mutating func add(class members: String, not isNegated: Bool) {
    classes.append(isNegated ? "[^\(members)]" : "[\(members)]")
  }

  mutating func add(_ character: Character) {
    if character.unicodeScalars.count == 1, character != "\r" {
      literals += PatternCharacter.escaped(character)
    } else {
      wholes.append(PatternCharacter.escaped(character) + PatternCharacter.end(of: character))
    }
  }

  /// A line end of Windows is one character, and is among the members where both its signs are.
  private var hasWindowsLineEnd: Bool {
    literals.contains("\\x{a}") && wholes.contains { $0.hasPrefix("\\x{d}(") }
  }

  /// - Returns: whether it is a range.
  mutating func add(_ first: Character, through last: Character) -> Bool {
    let (from, to) = (first.unicodeScalars, last.unicodeScalars)
    guard from.count == 1, to.count == 1, from.first! <= to.first! else { return false }
    literals += "\(PatternCharacter.escaped(first))-\(PatternCharacter.escaped(last))"
    return true
  }

  func expression(not isNegated: Bool) -> String {
    var ways = wholes + classes.map { "(?=\($0))\\X" }
    if hasWindowsLineEnd { ways.append("\\r\\n") }
    if !literals.isEmpty { ways.insert("[\(literals)]\(PatternCharacter.end)", at: 0) }
    let all = ways.joined(separator: "|")
    return isNegated ? "(?!\(all))\\X" : all
  }
}

/// How PCRE2 writes a character.
enum PatternCharacter {
  /// That no accent follows, which would make another character of the one before.
  static let end = "(?![\\p{M}\\x{200C}\\x{200D}\\x{FF9E}\\x{FF9F}\\x{1F3FB}-\\x{1F3FF}])"

  /// Empty where nothing can make another character of it.
  static func end(of character: Character) -> String {
    if character == "\r" { return "(?!\\n)" }
    return character.isNewline || character == "\t" ? "" : end
  }

  static func escaped(_ character: Character) -> String {
    character.unicodeScalars.map { scalar in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
      return isPlain ? String(scalar) : "\\x{\(String(scalar.value, radix: 16))}"
    }.joined()
  }
}
