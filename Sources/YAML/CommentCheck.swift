import Records

/// Finds texts that a ` #` cut short: `name: ${Size #1}` is `${Size` and a comment.
struct CommentCheck {
  let source: SourceText

  /// - Throws: where a plain text leaves a `${` open and a comment follows it.
  func run(_ text: String, _ event: Event) throws(Problem) {
    guard let opening = Self.lastOpening(in: text) else { return }
    let rest = source.rest(from: event.end)
    guard let comment = rest.firstIndex(where: { $0 != " " && $0 != "\t" }), rest[comment] == "#"
    else { return }
    let isUnclosed = !opening.unicodeScalars.contains("}")
    let endsInsideQuotes = opening.unicodeScalars.count { $0 == "\"" } % 2 == 1
    let closesInComment = rest[comment...].contains("\"")
    guard isUnclosed || endsInsideQuotes && closesInComment else { return }
    throw Problem(
      "yaml-comment", at: event.place, value: text,
      "\" #\" turned the rest of this text into a comment",
      remedy: LineSuspect(source, at: event.place).inQuotesWithComment)
  }

  /// The text from its last `${` on.
  private static func lastOpening(in text: String) -> String? {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return nil }
    let scalars = Array(text.unicodeScalars)
    let start = scalars.indices.dropFirst().last { scalars[$0] == "{" && scalars[$0 - 1] == "$" }
    guard let start else { return nil }
    return String(String.UnicodeScalarView(scalars[(start + 1)...]))
  }
}
