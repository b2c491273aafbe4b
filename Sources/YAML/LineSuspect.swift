import Records

/// A line of the file in which something went wrong: finds the text that a person meant there and
/// shows it in quotes.
struct LineSuspect {
  let place: Place
  let line: [Unicode.Scalar]
  /// The place's index in the line.
  let index: Int

  init(_ source: SourceText, at place: Place) {
    self.place = place
    line = source.line(place.line)
    index = (place.column ?? 1) - 1
  }

  /// The character at the place.
  var character: Unicode.Scalar? { index < line.count ? line[index] : nil }

  /// The character in front of the place.
  var previous: Unicode.Scalar? {
    index > 0 && index <= line.count ? line[index - 1] : nil
  }

  /// The white space that the line begins with.
  var indentation: [Unicode.Scalar] { Array(line.prefix { $0 == " " || $0 == "\t" }) }

  /// Whether the line holds nothing, or only a comment.
  var isEmpty: Bool {
    let first = line.dropFirst(indentation.count).first
    return first == nil || first == "#"
  }

  /// Whether the place stands inside a text that has opened a `${` before it.
  var hasTemplateBefore: Bool {
    let item = LineScanner(line).items.first { $0.range.contains(index) }
    guard let item, !["'", "\""].contains(line[item.range.lowerBound]) else { return false }
    return LineScanner(line).text(item.range.lowerBound..<index).utf8.contains(UInt8(ascii: "$"))
  }

  /// The remedy that shows the text at the place in quotes, with its key.
  var inQuotes: String { remedy(for: LineScanner(line).items) }

  /// The same for a text that a comment mark cut short.
  var inQuotesWithComment: String { remedy(for: LineScanner(line, readsComments: true).items) }

  private func remedy(for items: [LineScanner.Item]) -> String {
    guard let item = items.first(where: { $0.range.contains(index) }) else {
      return "Put the text in quotes."
    }
    return Self.remedy(key: item.key, text: LineScanner(line).text(item.range))
  }

  /// The remedy that shows everything behind the line's first key in quotes.
  var valueInQuotes: String {
    let value = LineScanner(line).value
    return Self.remedy(key: value.key, text: LineScanner(line).text(value.range))
  }

  /// What to write where the quotes around a template end too early: a filter belongs inside the
  /// braces, and a template that has double quotes itself stands in single ones.
  var templateInOtherQuotes: String? {
    let text = value.reduce(into: "") { $0.unicodeScalars.append($1) }
    guard let quote = text.first, text.contains("${") else { return nil }
    if let close = text.firstRange(of: "}\(quote) |") {
      let filter = text[close.upperBound...].drop { $0 == " " }
      let head = text[..<close.lowerBound].dropFirst()
      return "A filter stands inside the braces: \(head) | \(filter)}"
    }
    guard quote == "\"", text.hasSuffix("\""), text.count > 2 else { return nil }
    let inner = text.dropFirst().dropLast()
    return inner.contains("'") ? nil : "Put single quotes around it: '\(inner)'"
  }

  /// The text behind the line's first key.
  var value: [Unicode.Scalar] { Array(line[LineScanner(line).value.range]) }

  private static func remedy(key: String?, text: String) -> String {
    let shown = (key.map { "\($0): " } ?? "") + quoted(text)
    return "Put the text in quotes: \(shown)"
  }

  /// A text in the quotes that need the fewest changes to it.
  static func quoted(_ text: String) -> String {
    let scalars = text.unicodeScalars
    if scalars.contains("'"), !scalars.contains("\""), !scalars.contains("\\") {
      return "\"\(text)\""
    }
    return "'" + scalars.reduce(into: "") { $0 += $1 == "'" ? "''" : String($1) } + "'"
  }
}
