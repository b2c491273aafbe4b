import Records

/// Mistakes between texts: brackets, commas, missing colons, indentation.
extension Mistake {
  /// `${…}` or another bracket inside `{…}`, a bracket that is not closed, a missing comma.
  var flowProblem: Problem? {
    guard fault.context.contains("flow ") else { return nil }
    if line.character == "{", line.previous == "$" { return Self.templateInFlow(line) }
    if line.place.line != start.place.line || line.character == nil { return unclosed }
    if line.character == ":" {
      return Problem(
        "yaml-colon", at: line.place,
        "a text cannot hold a colon and a space unless it is quoted", remedy: line.inQuotes)
    }
    return line.character == "[" || line.character == "{" ? innerBracket : missingComma
  }

  private var innerBracket: Problem {
    Problem(
      "yaml-bracket", at: line.place,
      "a bracket inside {…} or […] begins a list or keys of its own",
      remedy: "Put a text that holds brackets in quotes, whole.")
  }

  private var missingComma: Problem {
    Problem(
      "yaml-comma", at: line.place,
      "a comma or the closing bracket is missing in front of this",
      remedy: "Put a text that holds quotes or brackets in quotes, whole.")
  }

  static func templateInFlow(_ line: LineSuspect) -> Problem {
    Problem(
      "yaml-template", at: line.place, "${…} inside {…} or […] must stand in quotes",
      remedy: line.inQuotes)
  }

  private var unclosed: Problem {
    let rest = Array(start.line.dropFirst(start.index))
    let mark = rest.indices.dropFirst().first { rest[$0] == "#" && rest[$0 - 1] == " " }
    if let mark, rest[mark...].contains(where: { $0 == "}" || $0 == "]" }) {
      var place = start.place
      place.column = start.index + mark + 1
      return Problem(
        "yaml-comment", at: place, "\" #\" turned the rest of this line into a comment",
        remedy: "Put the text that holds the # in quotes.")
    }
    guard start.character != nil else {
      return Problem(
        "yaml-bracket", at: line.place, "the file ends inside a bracket that opens above",
        remedy: "Close it; where the bracket belongs to a text, put that text in quotes.")
    }
    return Problem(
      "yaml-bracket", at: start.place,
      "the \"\(start.character ?? "{")\" that opens here is not closed, or a comma is missing",
      remedy: "Close it; where the bracket belongs to a text, put that text in quotes.")
  }

  /// A line without its colon, a line that stands at the wrong depth.
  var layoutProblem: Problem? {
    if fault.problem.contains("could not find expected ':'") { return missingColon(start) }
    if fault.problem.contains("not allowed") || fault.problem.contains("<document start>") {
      let above = lineAbove
      if above?.line == [".", ".", "."] { return Refusal.secondDocument(line.place) }
      if let above, LineScanner(above.line).value.key == nil { return missingColon(above) }
      if fault.problem.contains("mapping values") { return deeper }
    }
    guard fault.context.contains("parsing a block") else { return nil }
    return Problem(
      "yaml-indentation", at: line.place, "the line stands at a depth at which nothing was begun",
      remedy: "Indent it exactly like its neighbours: keys under keys, dashes under dashes.")
  }

  private func missingColon(_ suspect: LineSuspect) -> Problem {
    var place = suspect.place
    place.column = suspect.indentation.count + 1
    let text = LineScanner(suspect.line).value
    return Problem(
      "yaml-missing-colon", at: place, value: LineScanner(suspect.line).text(text.range),
      "a key, a colon and a space are expected here",
      remedy: "Write key: value, with a space behind the colon.")
  }

  private var deeper: Problem {
    Problem(
      "yaml-indentation", at: line.place,
      "the line is indented deeper than the one above it, which has its value already",
      remedy: "Indent both alike, or leave the upper key's value empty.")
  }

  private var lineAbove: LineSuspect? {
    var number = (fault.place.line ?? 1) - 1
    while number > 0 {
      let suspect = LineSuspect(
        source, at: Place(file: source.file, line: number, column: 1))
      if !suspect.isEmpty { return suspect }
      number -= 1
    }
    return nil
  }
}
