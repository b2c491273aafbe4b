import Records

/// The sentences for a value that is not what its reader expects.
struct Expectation {
  private let node: YAMLNode
  private let name: String

  /// - Parameter name: the key, or the section that the value belongs to.
  init(_ node: YAMLNode, _ name: String) {
    self.node = node
    self.name = name
  }

  init(_ text: YAMLText, _ key: String) {
    self.init(
      YAMLNode(content: .scalar(text.text, isPlain: text.isPlain), place: text.place), key)
  }

  /// A text was expected.
  var text: Problem {
    let isList = if case .list = node.content { true } else { false }
    let bracket = isList ? "[" : "{"
    return Problem(
      "wrong-kind", at: node.place,
      node.isFlow
        ? "\"\(name)\" takes a text, and this one begins with \"\(bracket)\", which makes it "
          + node.kindInWords
        : "\"\(name)\" takes a text, and \(node.kindInWords) stand\(isList ? "s" : "") here",
      remedy: node.isFlow
        ? "Put the whole text in quotes: \(name): '\(bracket)…'" : "Write \(name): … on one line.")
  }

  /// Keys with values were expected.
  var keys: Problem {
    Problem(
      "wrong-kind", at: node.place, value: node.text?.text,
      "\(name) takes keys with values, and \(node.kindInWords) stands here",
      remedy: "Write key: value on lines of their own, each with a space behind the colon.")
  }

  var integer: Problem {
    Problem(
      "wrong-kind", at: node.place, value: node.text?.text, "\"\(name)\" takes a whole number",
      remedy: "Write digits only.")
  }

  func choice(of allowed: [String]) -> Problem {
    let value = node.text?.text ?? ""
    return Problem(
      "wrong-choice", at: node.place, value: value,
      "\"\(name)\" is one of \(allowed.map(Self.quotedSign).joined(separator: ", "))",
      remedy: Self.words(suggestion(for: value, among: allowed), "Write one of them."))
  }

  /// A word as it is; a sign in quotes, or it would be lost among the commas.
  private static func quotedSign(_ word: String) -> String {
    word.contains { $0.isLetter || $0.isNumber } ? word : "\"\(word)\""
  }

  /// A key that the section does not have.
  func unknown(_ entry: YAMLEntry, among known: [String]) -> Problem {
    let all = known.sorted().joined(separator: ", ")
    return Problem(
      "unknown-key", at: entry.place,
      "\(Problem.shown(entry.key)) is not a key of \(name)",
      remedy: Self.words(
        suggestion(for: entry.key, among: known),
        known.isEmpty ? "Remove it; nothing stands here." : "Its keys are: \(all)."))
  }

  /// The guess where there is one, else the other sentence.
  private static func words(_ guess: String, _ other: String) -> String {
    guess.isEmpty ? other : guess
  }
}
