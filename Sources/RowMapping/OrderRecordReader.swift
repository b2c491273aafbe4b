import Records
import Templates
import YAML

/// Reads `records:` of an order mapping: the kinds of line that its files have.
final class OrderRecordReader {
  private let words: OrderWords
  /// Of each kind of line that was read, as they number.
  private(set) var columns: [[OrderSheet.Column]] = []

  init(words: OrderWords) { self.words = words }

  func read(_ nodes: [YAMLNode]) -> [OrderRecord] { nodes.map(read) }

  private func read(_ node: YAMLNode) -> OrderRecord {
    let names = words.names
    let section = YAMLSection(node, named: "record", problems: names.problems)
    let open = names.levels.count
    let each = words.open(section)
    let when = ConditionReader(names: names).read(section.section("when"))
    let entries = section.section("columns")?.entries() ?? []
    let kind = entries.isEmpty ? nil : columns.count
    let cells = cells(entries)
    let inner = read(section.list("records") ?? [])
    if kind == nil, inner.isEmpty {
      names.report(
        Problem(
          "missing-key", at: node.place, "the record has no columns",
          remedy: "Add columns: with NAME: ${…} for each cell, in the order of the line."))
    }
    section.finish()
    names.close(to: open)
    return OrderRecord(
      place: node.place, each: each, when: when, kind: kind, cells: cells, records: inner)
  }

  private func cells(_ entries: [YAMLEntry]) -> [OrderText] {
    guard !entries.isEmpty else { return [] }
    let cells = entries.compactMap { entry -> (OrderSheet.Column, OrderText)? in
      guard let text = entry.value.text else {
        words.names.report(
          Problem(
            "column", at: entry.value.place, "the column \"\(entry.key)\" takes one text",
            remedy: "Write \(entry.key): ${…}, in quotes where it stands inside {…}."))
        return nil
      }
      return words.text(text).map {
        (
          OrderSheet.Column(
            entry.key, isFreeText: words.isFreeText($0.template),
            isUnknown: words.isUnknown($0.template)), $0
        )
      }
    }
    columns.append(cells.map(\.0))
    return cells.map(\.1)
  }
}
