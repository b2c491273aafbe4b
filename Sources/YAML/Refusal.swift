import Records

/// The sentences for YAML that is well-formed and still not read here.
enum Refusal {
  static func duplicate(_ key: String, _ place: Place, first: Place) -> Problem {
    let where_ = "line \(first.line ?? 0), position \(first.column ?? 0)"
    return Problem(
      "yaml-duplicate-key", at: place,
      "the key \(Problem.shown(key)) stands twice; its first place is \(where_)",
      remedy: "Remove one of the two, or rename it.")
  }

  static func alias(_ line: LineSuspect) -> Problem {
    Problem(
      "yaml-alias", at: line.place,
      "a text that begins with \"*\" is a reference to another place, which is not read here",
      remedy: line.inQuotes)
  }

  static func anchor(_ line: LineSuspect) -> Problem {
    Problem(
      "yaml-alias", at: line.place,
      "a text that begins with \"&\" names a place for references, which are not read here",
      remedy: line.inQuotes)
  }

  static func tag(_ line: LineSuspect) -> Problem {
    Problem(
      "yaml-tag", at: line.place,
      "a text that begins with \"!\" is a type mark, which is not read here",
      remedy: line.inQuotes)
  }

  static func merge(_ place: Place) -> Problem {
    Problem(
      "yaml-alias", at: place, "the key \"<<\" merges another place, which is not read here",
      remedy: "Write the keys out; a key that is really called so stands in quotes: '<<'.")
  }

  static func secondDocument(_ place: Place) -> Problem {
    Problem(
      "yaml-documents", at: place, "a second document begins here",
      remedy: "Put it into a file of its own; the lines --- and ... separate documents.")
  }

  static func depth(_ place: Place) -> Problem {
    Problem(
      "yaml-depth", at: place,
      "lists and keys stand inside each other more than \(YAML.maxDepth) levels deep",
      remedy: "Write it flatter.")
  }

  /// A key that is a list or a mapping; most often it is another tool's `{{ name }}`.
  static func key(_ place: Place, _ line: [Unicode.Scalar]) -> Problem {
    let index = (place.column ?? 1) - 1
    let isDouble = index > 0 && index < line.count && line[index] == "{" && line[index - 1] == "{"
    guard isDouble else {
      return Problem(
        "yaml-key", at: place, "a key must be a text, and this one is a list or a mapping",
        remedy: "Put it in quotes if it is meant as a text.")
    }
    return Problem(
      "yaml-key", at: place, "\"{{\" is not how a column is named here",
      remedy: "Write ${name} instead of {{ name }}.")
  }

  static func valueless(_ key: String, _ place: Place) -> Problem {
    let remedy =
      key.contains(":")
      ? "Write a space behind the colon."
      : "Write key: value; a text that holds a comma or a brace stands in quotes, as '6,50'."
    return Problem(
      "yaml-valueless", at: place, value: key, "this part of {…} has no value", remedy: remedy)
  }

  static func unreadable(_ place: Place) -> Problem {
    Problem(
      "yaml-syntax", at: place, "the text is not YAML from here on",
      remedy: "Look for a bracket or a quote that is not closed above.")
  }
}
