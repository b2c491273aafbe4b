import JSON
import Records
import Templates
import YAML

/// Reads `body:`: a tree whose texts are templates.
///
/// In an entry of a list `each` and `when` repeat it, and where `item` alone stands beside them the
/// entry is what that says; anywhere else they are names like any other, but `when` with conditions
/// below it.
struct OrderBodyReader {
  let words: OrderWords

  func read(_ node: YAMLNode) -> OrderBody.Entry? {
    if node.text == nil { return entry(node, isInList: false) }
    words.names.report(
      Problem(
        "body", at: node.place, value: node.text?.text, "body: takes keys with values, or a list",
        remedy: "Write below it what the file holds, such as order: ${requestOrderId}."))
    return nil
  }

  private func entry(_ node: YAMLNode, isInList: Bool) -> OrderBody.Entry? {
    switch node.content {
    case .scalar:
      return node.text.flatMap(scalar).map {
        OrderBody.Entry(place: node.place, each: [], when: [], body: $0)
      }
    case .list(let items):
      let entries = items.compactMap { entry($0, isInList: true) }
      return OrderBody.Entry(place: node.place, each: [], when: [], body: .list(entries))
    case .mapping(let entries): return object(node, entries, isInList)
    }
  }

  private func object(
    _ node: YAMLNode, _ entries: [YAMLEntry], _ isInList: Bool
  ) -> OrderBody.Entry? {
    let names = words.names
    let section = YAMLSection(node, named: "body", problems: names.problems)
    let open = names.levels.count
    defer { names.close(to: open) }
    let repeats = entries.contains { $0.key == "each" } && isInList
    let each = repeats ? words.open(section) : []
    let isConditional = entries.contains {
      if case .mapping = $0.value.content { $0.key == "when" } else { false }
    }
    let when = isConditional ? ConditionReader(names: names).read(section.section("when")) : []
    let rest = entries.filter {
      !($0.key == "each" && repeats) && !($0.key == "when" && isConditional)
    }
    if rest.count < entries.count, rest.count == 1, rest[0].key == "item" {
      return entry(rest[0].value, isInList: false).map {
        OrderBody.Entry(
          place: node.place, each: each + $0.each, when: when + $0.when, body: $0.body)
      }
    }
    return OrderBody.Entry(
      place: node.place, each: each, when: when, body: .object(rest.compactMap(member)))
  }

  /// Whether a text is `true`, `false`, `null` or a number as JSON writes them.
  private static func isJSON(_ text: String) -> Bool {
    if ["true", "false", "null"].contains(text) { return true }
    guard let first = text.utf8.first, first == 0x2D || first.isDigit else { return false }
    return Bytes.withBytes(of: text) { (try? JSONDocument().parse($0)) != nil }
  }

  private func member(_ entry: YAMLEntry) -> OrderBody.Member? {
    if entry.key == "each", case .mapping = entry.value.content {
      words.names.report(
        Problem(
          "each", at: entry.place, "each repeats the entries of a list, and this is none",
          remedy: "Write \"- \" before it, so that it begins an entry."))
      return nil
    }
    return self.entry(entry.value, isInList: false).map {
      OrderBody.Member(name: entry.key, entry: $0)
    }
  }

  private func scalar(_ text: YAMLText) -> OrderBody? {
    if text.isPlain, Self.isJSON(text.text) { return .constant(text.text) }
    guard let template = words.template(text) else { return nil }
    if let slot = words.field(template) { return .field(slot) }
    return words.text(template).map { template.isNumber ? .number($0) : .text($0) }
  }
}
