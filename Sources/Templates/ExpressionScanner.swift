/// An expression as it was written: `operand | filter(arguments) | …`.
struct ParsedExpression {
  var operand: ParsedWord
  var filters: [ParsedCall] = []
}

struct ParsedCall {
  var name: String
  var arguments: [ParsedWord] = []
}

enum ParsedWord {
  case bare(String)
  /// Without its quotes; a backslash before the quote is taken away, any other is kept.
  case quoted(String)

  var text: String {
    switch self {
    case .bare(let text), .quoted(let text): text
    }
  }
}

struct ExpressionFault: Error {
  var message: String
  var remedy: String
}

/// Reads what stands between `${` and `}`.
struct ExpressionScanner {
  /// All that it was given, for messages.
  let whole: String
  private(set) var rest: Substring

  /// - Parameter text: what follows the `${`.
  init(_ text: Substring) {
    whole = "${" + text
    rest = text
  }

  /// Reads up to and with the closing brace.
  mutating func expression() throws(ExpressionFault) -> ParsedExpression {
    skipSpaces()
    let operand = try word(until: "|}")
    guard !operand.text.isEmpty || operand.isQuoted else {
      throw ExpressionFault(
        message: "nothing stands between ${ and the next | or }",
        remedy: "Write the name of a column there, ${Price}, or a text in quotes, ${\"x\"}.")
    }
    var parsed = ParsedExpression(operand: operand)
    while try next("|}") == "|" { parsed.filters.append(try call()) }
    return parsed
  }

  private mutating func call() throws(ExpressionFault) -> ParsedCall {
    skipSpaces()
    var parsed = ParsedCall(name: String(take { $0.isLetter || $0.isNumber || $0 == "_" }))
    skipSpaces()
    guard rest.first == "(" else { return parsed }
    rest.removeFirst()
    skipSpaces()
    if rest.first == ")" {
      rest.removeFirst()
      return parsed
    }
    repeat {
      skipSpaces()
      parsed.arguments.append(try word(until: ",)"))
    } while try next(",)") == ","
    return parsed
  }

  private mutating func word(until stops: String) throws(ExpressionFault) -> ParsedWord {
    if let quote = rest.first, quote == "\"" || quote == "'" {
      rest.removeFirst()
      return .quoted(try quoted(by: quote))
    }
    let bare = take { !stops.contains($0) }
    return .bare(String(bare.trimmingSpaces))
  }

  private mutating func quoted(by quote: Character) throws(ExpressionFault) -> String {
    var text = ""
    while let character = rest.popFirst() {
      if character == quote { return text }
      if character == "\\", rest.first == quote, let escaped = rest.popFirst() {
        text.append(escaped)
      } else {
        text.append(character)
      }
    }
    throw ExpressionFault(
      message: "a quoted text does not end",
      remedy: "Close it with \(quote); a quote inside is written \\\(quote).")
  }

  /// The next character, which must be one of these.
  private mutating func next(_ allowed: String) throws(ExpressionFault) -> Character {
    skipSpaces()
    guard let character = rest.popFirst() else {
      throw ExpressionFault(
        message: "the ${ is not closed by }",
        remedy: "If a # stands in the text, YAML took the rest for a comment: put the whole text "
          + "into quotes.")
    }
    if allowed.contains(character) { return character }
    throw ExpressionFault(
      message: "\"\(character)\" is not expected here",
      remedy: "An expression reads ${column | filter | filter(argument, …)}.")
  }

  private mutating func skipSpaces() { _ = take { $0.isWhitespace } }

  private mutating func take(while isWanted: (Character) -> Bool) -> Substring {
    let taken = rest.prefix(while: isWanted)
    rest = rest[taken.endIndex...]
    return taken
  }
}

extension ParsedWord {
  fileprivate var isQuoted: Bool { if case .quoted = self { true } else { false } }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
