import Records
import Templates
import YAML

/// Reads `each:` of a template and opens its levels.
struct EachReader {
  let names: NameScope
  let isGrouped: Bool

  func read(_ node: YAMLNode?) -> [EachLevel] {
    guard let node else { return [] }
    switch node.content {
    case .scalar(let text, _):
      return text == "rows" ? rows(node.place) : [level("each", text, node.place)].compactMap { $0 }
    case .mapping(let entries):
      return entries.compactMap { entry in
        guard let text = entry.value.text else { return refuse(entry.value.place) }
        return level(entry.key, text.text, text.place)
      }
    case .list: return refuse(node.place).map { [$0] } ?? []
    }
  }

  private func rows(_ place: Place) -> [EachLevel] {
    if isGrouped { return [EachLevel(level: 0, source: .groupRows)] }
    names.report(
      Problem(
        "each", at: place, "each: rows needs rows that are grouped",
        remedy: "Say rows: {groupBy: COLUMN} in the mapping."))
    return []
  }

  private func level(_ name: String, _ source: String, _ place: Place) -> EachLevel? {
    if let file = names.file(named: source) {
      return EachLevel(level: names.open(name, .joined(file: file)), source: .joined(file: file))
    }
    if let column = names.column(named: source), names.columns[column].isPattern {
      return EachLevel(
        level: names.open(name, .columns(definition: column)), source: .columns(column))
    }
    if let (level, path) = names.list(source) {
      return EachLevel(
        level: names.open(name, .json, list: source), source: .json(level: level, path: path))
    }
    names.report(
      Problem(
        "each", at: place, value: source, "each opens no such level",
        remedy: "It takes the name of a column with a * in its header, a list such as item.groups, "
          + "or a file that belongs to the main one; \(names.openLevels)."))
    return nil
  }

  private func refuse(_ place: Place) -> EachLevel? {
    names.report(
      Problem(
        "each", at: place, "each takes a name, or levels with their names",
        remedy: "Write each: choice, or each: {group: item.groups, option: group.options}."))
    return nil
  }
}
