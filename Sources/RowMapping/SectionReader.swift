import Records
import Templates
import YAML

/// Reads the parts of a product mapping that stand beside its templates.
struct SectionReader {
  let names: NameScope
  let defaults: MappingDefaults
  let problems: ProblemList

  func tables(_ section: YAMLSection?) {
    for entry in section?.entries() ?? [] {
      if let words = words(entry) { names.add(table: LookupTable(name: entry.key, words: words)) }
    }
  }

  private func words(_ entry: YAMLEntry) -> [TableWord]? {
    switch entry.value.content {
    case .mapping(let entries):
      return entries.compactMap { word in
        if let text = word.value.text {
          return TableWord(key: word.key, value: text.text, place: text.place)
        }
        problems.add(
          Problem("table", at: word.value.place, "a word of a table means one text"))
        return nil
      }
    case .scalar(let file, _):
      do throws(Problem) {
        return try defaults.readTable(file)
      } catch {
        problems.add(misplaced(error, file, entry.value.place))
      }
    case .list:
      problems.add(
        Problem(
          "table", at: entry.value.place, "a table is {WORD: MEANING, …} or the name of a CSV file")
      )
    }
    return nil
  }

  /// A file that is not there is a mistake of the mapping; any other is one of the file.
  private func misplaced(_ problem: Problem, _ file: String, _ place: Place) -> Problem {
    guard problem.code == "file-missing" else {
      return problem.place.file == nil ? problem.filled(from: place) : problem
    }
    return Problem(
      "table", at: place, value: file, "the table's file is not there",
      remedy: "Put it beside the mapping, or write the table here: {WORD: MEANING}.")
  }

  /// `columns:` names headers, or in a JSON mapping paths.
  func columns(_ section: YAMLSection?, isJSON: Bool) {
    for entry in section?.entries() ?? [] {
      guard let definition = isJSON ? path(entry) : column(entry) else { continue }
      names.add(column: definition)
    }
  }

  private func column(_ entry: YAMLEntry) -> ColumnDefinition? {
    var headers: [String] = []
    var isOptional = false
    switch entry.value.content {
    case .scalar(let header, _): headers = [header]
    case .list(let items): headers = items.compactMap { $0.text?.text }
    case .mapping:
      let inner = YAMLSection(entry.value, named: entry.key, problems: problems)
      headers = inner.texts("header")?.map(\.text) ?? []
      isOptional = inner.flag("optional") ?? false
      inner.finish()
    }
    guard !headers.isEmpty, !headers.contains(""), stars(in: headers), holdsOnlyTexts(entry) else {
      problems.add(
        Problem(
          "column", at: entry.value.place, "the column \"\(entry.key)\" needs a header",
          remedy: "Write NAME: Header, NAME: [Header, Alias], or "
            + "NAME: {header: Header, optional: true}; a header has at most one *."))
      return nil
    }
    return ColumnDefinition(
      name: entry.key, headers: headers, isOptional: isOptional, place: entry.value.place)
  }

  private func holdsOnlyTexts(_ entry: YAMLEntry) -> Bool {
    guard case .list(let items) = entry.value.content else { return true }
    return items.allSatisfy { $0.text != nil }
  }

  private func stars(in headers: [String]) -> Bool {
    headers.allSatisfy { header in header.count { $0 == "*" } <= 1 }
  }

  private func path(_ entry: YAMLEntry) -> ColumnDefinition? {
    guard let text = entry.value.text, let (level, keys) = names.list(text.text) else {
      problems.add(
        Problem(
          "column", at: entry.value.place,
          "in a JSON mapping the column \"\(entry.key)\" needs a path that begins with a level",
          remedy: "Write for example \(entry.key): item.name; \(names.openLevels)."))
      return nil
    }
    return ColumnDefinition(
      name: entry.key, headers: [text.text], isOptional: true, place: text.place,
      path: (level, keys))
  }

  /// `values:`: a value may use those above it.
  func values(_ section: YAMLSection?) -> [Template] {
    var templates: [Template] = []
    for entry in section?.entries() ?? [] {
      let text = entry.value.text
      let template = text.flatMap {
        TemplateCompiler(names: names).compile($0.text, at: $0.place)
      }
      if text == nil {
        problems.add(Problem("value", at: entry.value.place, "a value is one text"))
      }
      if names.column(named: entry.key) != nil {
        problems.add(
          Problem(
            "value", at: entry.place, value: entry.key, "a column has this name already",
            remedy: "Give the value a name of its own."))
      }
      templates.append(template ?? Template(constant: ""))
      names.add(value: entry.key)
    }
    return templates
  }

  func badRows(_ section: YAMLSection) -> BadRowPolicy {
    let skips = section.choice("onBadRow", ["reject-file", "skip"]) == "skip"
    guard let text = section.text("maxBadRows") else {
      return BadRowPolicy(skips: skips, limit: .percent(2))
    }
    if text.text.hasSuffix("%"), let share = Double(text.text.dropLast()), (0...100) ~= share {
      return BadRowPolicy(skips: skips, limit: .percent(share))
    }
    if let count = Int(text.text), count >= 0 {
      return BadRowPolicy(skips: skips, limit: .rows(count))
    }
    problems.add(
      Problem(
        "bad-rows", at: text.place, value: text.text, "maxBadRows is a number or a percentage",
        remedy: "Write maxBadRows: 10, or maxBadRows: 2%."))
    return BadRowPolicy(skips: skips, limit: .percent(2))
  }

  /// The share that may go; half where nothing is said.
  func guardShare(_ section: YAMLSection?) -> Double {
    guard let section else { return 50 }
    defer { section.finish() }
    guard let text = section.text("maxDrop") else { return 50 }
    let number = text.text.hasSuffix("%") ? String(text.text.dropLast()) : ""
    if let share = Double(number), (0...100) ~= share { return share }
    problems.add(
      Problem(
        "guard", at: text.place, value: text.text, "maxDrop is a percentage from 0% to 100%",
        remedy: "Write guard: {maxDrop: 30%}."))
    return 50
  }
}
