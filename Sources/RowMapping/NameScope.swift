import Records
import Templates
import YAML

/// What the words of a mapping mean while it is compiled: columns, values, tables, and the levels
/// that are open where a template stands.
final class NameScope: TemplateNames {
  enum LevelKind {
    case json
    case columns(definition: Int)
    case joined(file: Int)
  }

  struct Level {
    let name: String
    let kind: LevelKind
    let index: Int
  }

  let styles: Styles
  let problems: ProblemList
  private let isJSON: Bool
  /// What the connector itself knows of an order, as `${@name}`; where there are such words, a name
  /// that begins with no level is a field of the order. Nothing in a mapping that reads an export.
  private let facts: [String]?
  private(set) var table = NameTable()
  /// Where each slot was named first.
  private(set) var places: [Int: Place] = [:]
  private(set) var columns: [ColumnDefinition] = []
  private(set) var joined: [[ColumnDefinition]]
  private(set) var values: [String: Int] = [:]
  private var tables: [String: LookupTable] = [:]
  private(set) var levels: [Level] = []
  /// The lists of a JSON export that levels were opened for, as they are written, by level.
  private(set) var lists: [Int: String] = [:]
  private var nextLevel = 1

  private let files: [String]

  /// - Parameter files: the names of the files that belong to the main one.
  init(styles: Styles, isJSON: Bool, files: [String], problems: ProblemList) {
    self.styles = styles
    self.isJSON = isJSON
    self.files = files
    self.problems = problems
    facts = nil
    joined = files.map { _ in [] }
    if isJSON { levels.append(Level(name: "$", kind: .json, index: 0)) }
  }

  /// The words of a mapping that writes orders.
  init(styles: Styles, facts: [String], problems: ProblemList) {
    self.styles = styles
    isJSON = true
    files = []
    self.facts = facts
    self.problems = problems
    joined = []
    levels.append(Level(name: "$", kind: .json, index: 0))
    _ = open("@", .json)
  }

  /// The level of what the connector itself knows.
  static let factsLevel = 1

  func report(_ problem: Problem) { problems.add(problem) }

  /// Opens a level for what stands below.
  ///
  /// - Parameter list: the list that it walks, as it is written; nothing where it walks none.
  func open(_ name: String, _ kind: LevelKind, list: String? = nil) -> Int {
    levels.append(Level(name: name, kind: kind, index: nextLevel))
    lists[nextLevel] = list
    nextLevel += 1
    return nextLevel - 1
  }

  /// Closes the levels that were opened since there were so many.
  func close(to count: Int) { levels.removeLast(levels.count - count) }

  /// How many frames a scope must have room for.
  var frameCount: Int { nextLevel }

  func add(column: ColumnDefinition) { columns.append(column) }

  func add(value name: String) {
    values[name] = values.count
  }

  func add(table: LookupTable) { tables[table.name] = table }

  func column(named name: String) -> Int? {
    columns.firstIndex { $0.name == name }
  }

  /// The column that a slot reads; nothing after having reported that it reads none.
  func column(at slot: Int, for text: YAMLText) -> Int? {
    if case .column(let column) = table.references[slot] { return column }
    report(
      Problem("column", at: text.place, value: text.text, "only a column can be inherited"))
    return nil
  }

  func file(named name: String) -> Int? { files.firstIndex(of: name) }

  /// The open level and the path below it that a word such as `item.groups` leads to.
  func list(_ word: String) -> (level: Int, path: [String])? {
    guard let level = level(of: word) else {
      return facts == nil ? nil : (0, word.split(separator: ".").map(String.init))
    }
    guard case .json = level.kind else { return nil }
    let rest = word.dropFirst(level.name.count)
    return (level.index, rest.split(separator: ".").map(String.init))
  }

  /// The levels that a name may begin with, in words.
  var openLevels: String {
    levels.isEmpty
      ? "no level is open here"
      : "open here: " + levels.map(\.name).filter { $0 != "@" }.joined(separator: ", ")
  }

  func table(named name: String, at place: Place) -> LookupTable? {
    if let table = tables[name] { return table }
    report(
      Problem(
        "unknown-table", at: place, value: name, "the mapping has no table of this name",
        remedy: tables.isEmpty
          ? "Write it under tables:, as \(name): {WORD: MEANING}."
          : suggestion(for: name, among: tables.keys.sorted()).orElse(
            "Its tables are: \(tables.keys.sorted().joined(separator: ", ")).")))
    return nil
  }

  func slot(of name: String, at place: Place) -> Int? {
    guard let reference = reference(to: name, at: place) else { return nil }
    let path = column(named: name).flatMap {
      columns[$0].path == nil ? nil : columns[$0].headers[0]
    }
    let slot = table.slot(for: reference, word: path ?? name)
    if places[slot] == nil { places[slot] = place }
    return slot
  }

  private func reference(to name: String, at place: Place) -> Reference? {
    if let facts, name.hasPrefix("@") { return fact(name, among: facts, at: place) }
    if name == "file.name", facts == nil { return .fileName }
    if let value = values[name] { return .value(value) }
    if let column = column(named: name) { return reference(toColumn: column) }
    if let level = level(of: name) {
      return reference(name, in: level, rest: name.dropFirst(level.name.count + 1), at: place)
    }
    guard isJSON else { return reference(toColumn: header(name, at: place)) }
    if facts != nil { return .json(level: 0, path: name.split(separator: ".").map(String.init)) }
    report(
      Problem(
        "unknown-name", at: place, value: name, "this is no field of an open level",
        remedy:
          "Begin it with a level: \(levels.map { "${\($0.name).…}" }.joined(separator: ", "))."))
    return nil
  }

  private func fact(_ name: String, among facts: [String], at place: Place) -> Reference? {
    let word = String(name.dropFirst())
    if facts.contains(word) { return .json(level: Self.factsLevel, path: [word]) }
    let words = facts.map { "@" + $0 }
    report(
      Problem(
        "unknown-name", at: place, value: name, "the connector knows nothing of this name",
        remedy: suggestion(for: name, among: words).orElse(
          "It knows \(words.joined(separator: ", ")).")))
    return nil
  }

  /// The innermost level whose name the word begins with.
  private func level(of name: String) -> Level? {
    levels.last { name == $0.name || name.hasPrefix($0.name + ".") }
  }

  private func reference(toColumn column: Int) -> Reference {
    // A pattern that `each` opened is read through its level, so that it is the same column.
    for level in levels.reversed() {
      if case .columns(column) = level.kind { return .cell(level: level.index) }
    }
    guard let path = columns[column].path else { return .column(column) }
    return path.keys == ["@key"]
      ? .key(level: path.level) : .json(level: path.level, path: path.keys)
  }

  private func reference(
    _ name: String, in level: Level, rest: Substring, at place: Place
  ) -> Reference? {
    switch level.kind {
    case .json:
      if rest == "@key" { return .key(level: level.index) }
      return .json(level: level.index, path: rest.split(separator: ".").map(String.init))
    case .joined(let file):
      if rest.isEmpty {
        return refuse(name, "Name one of its columns: ${\(name).COLUMN}.", at: place)
      }
      return .joined(
        level: level.index, file: file, column: joinedColumn(String(rest), file, at: place))
    case .columns:
      if rest == "match" { return .match(level: level.index) }
      if rest == "value" || rest.isEmpty { return .cell(level: level.index) }
      return refuse(name, "It has \(level.name).match and \(level.name).value.", at: place)
    }
  }

  private func refuse(_ name: String, _ remedy: String, at place: Place) -> Reference? {
    report(
      Problem(
        "unknown-name", at: place, value: name, "the level has no such field", remedy: remedy))
    return nil
  }

  /// A header that stands in a template itself is a column without a name of its own.
  private func header(_ name: String, at place: Place) -> Int {
    add(column: ColumnDefinition(name: name, headers: [name], isOptional: false, place: place))
    return columns.count - 1
  }

  private func joinedColumn(_ header: String, _ file: Int, at place: Place) -> Int {
    if let index = joined[file].firstIndex(where: { $0.name == header }) { return index }
    joined[file].append(
      ColumnDefinition(name: header, headers: [header], isOptional: false, place: place))
    return joined[file].count - 1
  }
}
