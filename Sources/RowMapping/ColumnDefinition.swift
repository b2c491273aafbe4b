import Records

/// A column that a mapping needs, with the headers that it may have.
struct ColumnDefinition {
  let name: String
  /// Without what nobody sees. The first that is there counts. One `*` in it makes a pattern.
  let headers: [String]
  let isOptional: Bool
  let place: Place
  /// In a JSON mapping a column is a name for a path.
  var path: (level: Int, keys: [String])?

  init(
    name: String, headers: [String], isOptional: Bool, place: Place,
    path: (level: Int, keys: [String])? = nil
  ) {
    self.name = name
    self.headers =
      path == nil
      ? headers.map { CleanText.cleaned($0, keeping: .nothing) } : headers
    self.isOptional = isOptional
    self.place = place
    self.path = path
  }

  var isPattern: Bool { headers.contains { $0.contains("*") } }
}

/// A text with one `*` in it, which stands for any run of characters.
struct HeaderPattern {
  private let prefix: Substring
  private let suffix: Substring

  /// - Returns: nothing where there is no `*`.
  init?(_ text: String) {
    guard let star = text.firstIndex(of: "*") else { return nil }
    prefix = text[..<star]
    suffix = text[text.index(after: star)...]
  }

  /// What the `*` stands for in this header.
  func match(_ header: String) -> String? {
    guard header.count >= prefix.count + suffix.count, header.hasPrefix(prefix),
      header.hasSuffix(suffix)
    else { return nil }
    return String(header.dropFirst(prefix.count).dropLast(suffix.count))
  }
}
