import Records

/// Mistakes inside one text: its first character, its quotes, a colon in it.
extension Mistake {
  /// Quotes that are not closed, and backslashes in double quotes.
  var quoteProblem: Problem? {
    guard fault.context.contains("quoted scalar") else { return nil }
    if start.hasTemplateBefore { return Self.templateInFlow(start) }
    if fault.problem.contains("unexpected") {
      return Problem(
        "yaml-quotes", at: start.place, "the quotes that open here are never closed",
        remedy: "Close them; a quote that belongs to the text is doubled: 'it''s'.")
    }
    return Problem(
      "yaml-escape", at: start.place,
      "a backslash inside double quotes begins a code such as \\n, and this one is none",
      remedy: "Use single quotes, in which a backslash is a backslash.")
  }

  /// A first character that means something else to YAML.
  var beginningProblem: Problem? {
    let suspect = Self.isBeginning(line, fault) ? line : start
    guard Self.isBeginning(suspect, fault), let first = suspect.character else { return nil }
    return Problem(
      "yaml-beginning", at: suspect.place,
      "a text cannot begin with \"\(first)\" unless it stands in quotes",
      remedy: suspect.inQuotes)
  }

  private static func isBeginning(_ suspect: LineSuspect, _ fault: Fault) -> Bool {
    guard let first = suspect.character else { return false }
    switch first {
    case "%", "@", "`": return fault.problem.contains("start any token") || suspect.index == 0
    case "*", "&": return fault.context.contains("alias") || fault.context.contains("anchor")
    case "!": return fault.context.contains("tag") || fault.problem.contains("tag")
    case ">", "|": return fault.context.contains("block scalar")
    case "-", "?": return fault.problem.contains("not allowed in this context")
    case ",", "}", "]": return fault.problem.contains("node content")
    default: return false
    }
  }

  /// A `: ` that made YAML see a key inside a text.
  var colonProblem: Problem? {
    guard fault.problem.contains("mapping values are not allowed"), line.character == ":" else {
      return nil
    }
    let text = LineScanner(line.line).value
    guard text.key != nil, text.range.contains(line.index) else { return nil }
    return Problem(
      "yaml-colon", at: line.place, "a text cannot hold a colon and a space unless it is quoted",
      remedy: line.valueInQuotes)
  }

  /// Text behind a closing bracket or quote: `name: [Item] Name`, `status: "${A}" | trim`.
  var tailProblem: Problem? {
    let value = LineScanner(line.line).value.range
    guard let opening = line.value.first, line.index > value.lowerBound, saysTail else {
      return nil
    }
    var place = line.place
    place.column = value.lowerBound + 1
    switch opening {
    case "[", "{":
      return Problem(
        "yaml-bracket", at: place,
        "a text cannot begin with \"\(opening)\" unless it stands in quotes",
        remedy: line.valueInQuotes)
    case "\"", "'":
      return Problem(
        "yaml-quotes", at: place, "the quotes that open here close before the text ends",
        remedy: line.templateInOtherQuotes ?? line.valueInQuotes)
    default: return nil
    }
  }

  /// Whether libyaml complains as it does where a value is followed by more.
  private var saysTail: Bool {
    let complaints = [
      "expected key", "expected '-'", "expected <document start>", "not allowed in this context",
    ]
    return fault.context.contains("block scalar")
      || complaints.contains { fault.problem.contains($0) }
  }
}
