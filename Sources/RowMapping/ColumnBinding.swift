import Records

/// Where the columns of a mapping stand in the header of one export.
struct ColumnBinding {
  struct Match {
    /// What the `*` stood for.
    let word: StableText
    let column: Int
  }

  enum Bound {
    case missing
    case one(Int)
    case many([Match])
  }

  let header: [String]
  let columns: [Bound]

  /// Finds every column, or says which is not there.
  ///
  /// - Parameters:
  ///   - header: the cells of the header line.
  ///   - isLenient: whether a missing column is just empty, as in a mapping's tests.
  static func bind(
    _ definitions: [ColumnDefinition], to header: [String], file: String, isLenient: Bool
  ) -> (binding: ColumnBinding, problems: [Problem]) {
    let header = header.map { CleanText.cleaned($0, keeping: .nothing) }
    var problems: [Problem] = []
    let columns = definitions.map { definition in
      let bound = find(definition, in: header)
      if case .missing = bound, !definition.isOptional, !isLenient {
        problems.append(missing(definition, header: header, file: file))
      }
      for problem in twins(of: bound, in: header, file: file) where !problems.contains(problem) {
        problems.append(problem)
      }
      return bound
    }
    return (ColumnBinding(header: header, columns: columns), problems)
  }

  /// The columns that a pattern matched.
  func matches(of column: Int) -> [Match] {
    if case .many(let matches) = columns[column] { matches } else { [] }
  }

  /// The column of the file that each column of the mapping is; -1 where it is none.
  ///
  /// - Parameter word: where columns are stores, what the `*` of every pattern stands for now.
  func positions(following word: String?) -> [Int] {
    columns.map { bound in
      switch bound {
      case .missing: return -1
      case .one(let index): return index
      case .many(let matches):
        if let word { return matches.first { $0.word.bytes == word }?.column ?? -1 }
        return matches.count == 1 ? matches[0].column : -1
      }
    }
  }

  private static func find(_ definition: ColumnDefinition, in header: [String]) -> Bound {
    for wanted in definition.headers {
      if let pattern = HeaderPattern(wanted) {
        let matches = header.enumerated().compactMap { index, cell in
          pattern.match(cell).map { Match(word: StableText($0), column: index) }
        }
        if !matches.isEmpty { return .many(matches) }
      } else if let column = header.firstIndex(of: wanted) {
        return .one(column)
      }
    }
    return .missing
  }
}

/// What can be wrong with a header.
extension ColumnBinding {
  private static func twins(of bound: Bound, in header: [String], file: String) -> [Problem] {
    let columns: [Int] =
      switch bound {
      case .missing: []
      case .one(let column): [column]
      case .many(let matches): matches.map(\.column)
      }
    return columns.compactMap { column in
      guard let twin = header[(column + 1)...].firstIndex(of: header[column]) else { return nil }
      return Problem(
        "ambiguous-column", at: Place(file: file, field: header[column]),
        "the header has this column twice, as columns \(column + 1) and \(twin + 1)",
        remedy:
          "Rename one of them in the POS's export settings; or read columns by their numbers: "
          + "write format: {type: csv, header: none, skipLines: N}, where N is the line of the header, "
          + "and ${\(column + 1)} and ${\(twin + 1)} for these two.")
    }
  }

  private static func missing(
    _ definition: ColumnDefinition, header: [String], file: String
  ) -> Problem {
    let wanted = definition.headers.map { "\"\($0)\"" }.joined(separator: " or ")
    let near = definition.headers.lazy.compactMap { nearest(to: $0, among: header) }.first
    let has = header.prefix(40).map(Problem.shown).joined(separator: ", ")
    // A header that stands in a template itself has no entry under columns: to add an alias to.
    let isInline = definition.headers == [definition.name]
    return Problem(
      "missing-column", at: Place(file: file, field: definition.headers[0]),
      "the export has no column \(wanted), which the mapping needs "
        + "(\(definition.place.description))",
      remedy: near.map {
        "Did the POS rename it to \(Problem.shown($0))? "
          + (isInline ? "Write that in the mapping." : "Add that as an alias under columns:.")
      }
        ?? "It has: \(has). Put the right one into the mapping"
        + (isInline ? "." : ", or mark it optional: true."))
  }

  /// A pattern that a template reads as one column, and that matches several.
  func severalColumns(_ definition: Int, _ definitions: [ColumnDefinition], file: String)
    -> Problem?
  {
    let matches = matches(of: definition)
    guard matches.count > 1 else { return nil }
    let words = matches.map { Problem.shown(header[$0.column]) }.joined(separator: ", ")
    let pattern = definitions[definition]
    return Problem(
      "ambiguous-column", at: Place(file: file, field: pattern.headers[0]),
      "the pattern matches \(matches.count) columns, \(words), where the mapping "
        + "(\(pattern.place.description)) needs one",
      remedy:
        "Say which: write the whole header, stores: {each: …} where each column is a store, or "
        + "each: in the template.")
  }

  /// A pattern that a template reads, and that has no column for one of the stores.
  func noColumn(
    for word: String, _ definition: Int, _ definitions: [ColumnDefinition], file: String
  ) -> Problem? {
    let pattern = definitions[definition]
    let matches = matches(of: definition)
    guard pattern.isPattern, !pattern.isOptional, !matches.isEmpty,
      !matches.contains(where: { $0.word.bytes == word })
    else { return nil }
    return Problem(
      "missing-column", at: Place(file: file, field: pattern.headers[0]),
      "the export has no such column for \"\(word)\", which the mapping needs "
        + "(\(pattern.place.description))",
      remedy: "Export it for every store, or mark the column optional: true.")
  }
}
