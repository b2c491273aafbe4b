import Records

/// Looks over a template's tags before it is compiled, for mistakes that the compiler does not
/// find, or finds at another line.
struct MustacheTags {
  /// How many sections may stand in each other.
  static let depthLimit = 64

  private let file: String
  private var rest: Substring
  private var line = 1
  private var opening = "{{"
  private var closing = "}}"
  /// Whether a pragma says that plain text is written; nothing where none says what is.
  private var statesText: Bool?
  private var open: [(name: String, line: Int, isShown: Bool)] = []
  /// The first character that is neither of a tag nor white space.
  private var first: Character?

  /// The names that the tags ask for, as they stand.
  private(set) var words: [MustacheWord] = []
  /// The sections that are open and show something; no inverted ones.
  private var shown: [String] { open.filter(\.isShown).map { Self.word($0.name) } }

  /// Whether the template writes markup: what it says first of its own is a `<`.
  var isMarkup: Bool { first == "<" }

  /// Whether it writes plain text, where the end of a line in a field would begin another line.
  var isText: Bool { statesText ?? !isMarkup }

  /// - Parameter text: with LF at the end of lines.
  init(_ text: String, file: String) {
    rest = text[...]
    self.file = file
  }

  /// - Throws: the first mistake, with its line.
  mutating func check() throws(Problem) {
    while let start = rest.firstRange(of: opening) {
      look(at: rest[..<start.lowerBound])
      pass(to: start.upperBound)
      let begun = line
      guard let end = rest.firstRange(of: closing) else {
        throw problem("the tag is not closed", at: begun, remedy: "Write \(closing) behind it.")
      }
      let tag = rest[..<end.lowerBound]
      pass(to: end.upperBound)
      try take(tag, at: begun)
    }
    look(at: rest)
    if let section = open.last {
      throw problem(
        "the section \(Problem.shown(section.name)) is not closed", at: section.line,
        remedy: "Write \(opening)/\(section.name)\(closing) where it ends.")
    }
  }

  /// - Parameter literal: text outside of tags.
  private mutating func look(at literal: Substring) {
    if first == nil { first = literal.first { !$0.isWhitespace && $0 != "\u{FEFF}" } }
  }

  private mutating func pass(to index: Substring.Index) {
    line += rest[..<index].utf8.count { $0 == 0x0A }
    rest = rest[index...]
  }

  private mutating func take(_ tag: Substring, at line: Int) throws(Problem) {
    let name = String(Self.trimmed(tag.dropFirst()))
    switch tag.first {
    case "#", "^", "$":
      if tag.first != "$" { note(name, line) }
      open.append((name, line, tag.first == "#"))
      guard open.count <= Self.depthLimit else {
        throw problem(
          "more than \(Self.depthLimit) sections stand in each other", at: line,
          remedy: "Close those that are done with.")
      }
    case "/": try close(name, at: line)
    case "=": changeDelimiters(name)
    case "%": statesText = name.filter { !$0.isWhitespace } == "CONTENT_TYPE:TEXT"
    case ">", "<":
      throw problem(
        "it asks for another template, and a template stands alone", at: line,
        remedy: "Put the other template's text in its place.")
    case "!": break
    case "{", "&": note(name, line)
    default: note(String(Self.trimmed(tag)), line)
    }
  }

  /// Functions alone, as in `last()`, ask for nothing.
  private mutating func note(_ name: String, _ line: Int) {
    let word = Self.word(name)
    guard !word.isEmpty, word != "." else { return }
    words.append(MustacheWord(name: word, line: line, sections: shown))
  }

  /// `name` of `upper(name)`.
  private static func word(_ name: String) -> String {
    let inner = name.lastIndex(of: "(").map { name[name.index(after: $0)...] } ?? name[...]
    return String(trimmed(inner.prefix { $0 != ")" && $0 != "}" }))
  }

  private mutating func close(_ name: String, at line: Int) throws(Problem) {
    guard let section = open.popLast() else {
      throw problem(
        "\(Problem.shown(name)) is closed and was not opened", at: line,
        remedy: "Take the tag away, or write \(opening)#\(name)\(closing) where it begins.")
    }
    guard section.name == name else {
      throw problem(
        "\(Problem.shown(name)) is closed where \(Problem.shown(section.name)) is open since line "
          + "\(section.line)", at: line,
        remedy: "Close the inner section first, under the name that it was opened with.")
    }
  }

  /// `=<% %>=`.
  private mutating func changeDelimiters(_ text: String) {
    let words = text.split { $0 == " " || $0 == "\t" || $0 == "=" }
    guard words.count == 2 else { return }
    (opening, closing) = (String(words[0]), String(words[1]))
  }

  private func problem(_ message: String, at line: Int, remedy: String) -> Problem {
    Problem("template", at: Place(file: file, line: line), message, remedy: remedy)
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop { $0.isWhitespace }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
