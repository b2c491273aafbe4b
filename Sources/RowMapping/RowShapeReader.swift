import Records
import Templates
import YAML

/// Reads `rows:`: how the rows of a table belong together, or which lists of a JSON export hold
/// them.
struct RowShapeReader {
  let names: NameScope
  let format: ExportFormat.Kind
  let problems: ProblemList
  /// The mapping's own place, for what is missing in it.
  let mapping: Place

  func groups(_ section: YAMLSection?) -> RowShape {
    guard let section else { return .single }
    defer { section.finish() }
    let by = section.required("groupBy").flatMap(slot)
    let inherit = (section.texts("inherit") ?? []).compactMap { text in
      slot(text).flatMap { names.column(at: $0, for: text) }
    }
    return by.map { .grouped(slot: $0, inherit: inherit) } ?? .single
  }

  private func slot(_ text: YAMLText) -> Int? {
    guard text.text.contains("${") else { return names.slot(of: text.text, at: text.place) }
    problems.add(
      Problem(
        "rows", at: text.place, value: text.text, "rows: takes the names of columns or values",
        remedy: "Write the name alone, as in groupBy: Handle."))
    return nil
  }

  /// `rows:` of a JSON mapping opens a level for each of its lists.
  func levels(_ section: YAMLSection?) -> [NestedLevel] {
    let entries = section?.entries() ?? []
    if entries.isEmpty {
      problems.add(
        Problem(
          "rows", at: section?.place ?? mapping,
          "a JSON mapping must say which list holds its rows",
          remedy: "Write for example rows: {item: menu.items}, or rows: {item: $} where the whole "
            + "file is one list."))
    }
    return entries.enumerated().map { index, entry in
      guard let text = entry.value.text else {
        problems.add(
          Problem(
            "rows", at: entry.value.place, "a level is one dotted path",
            remedy: "Write for example rows: {category: menu.categories, item: items}."))
        // It is opened anyway, so that what it is used for is not refused as well.
        return NestedLevel(level: names.open(entry.key, .json), path: [])
      }
      let keys = text.text.split(separator: ".").map(String.init).filter { $0 != "$" }
      if index == 0 { checkOutermost(keys, text) }
      return NestedLevel(level: names.open(entry.key, .json, list: text.text), path: keys)
    }
  }

  /// The outermost list is read as a stream, which puts limits on where it may stand.
  private func checkOutermost(_ keys: [String], _ text: YAMLText) {
    if format == .jsonLines, !keys.isEmpty {
      problems.add(
        Problem(
          "rows", at: text.place, value: text.text,
          "with one JSON value a line the first level is the line itself",
          remedy: "Write $ for the first level, and a further level for a list inside it."))
    } else if keys.dropLast().contains("*") {
      problems.add(
        Problem(
          "rows", at: text.place, value: text.text,
          "in the first level a * may stand at the end only",
          remedy: "Make two levels of it, such as {menu: menus.*, item: items}."))
    }
  }
}
