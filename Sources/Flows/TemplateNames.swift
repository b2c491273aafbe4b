import Contract
import OutboxFiles
import Records
import RowMapping

/// What the tags of a mapping's mustache template can name, as far as mapping and contract know it.
struct TemplateNames {
  /// What stands behind a name.
  private indirect enum Node {
    case names([String: Node])
    case text
    /// Nobody knows what is in it.
    case unknown

    func child(_ name: some StringProtocol) -> Node? {
      switch self {
      case .names(let names): names[String(name)]
      case .text: nil
      case .unknown: .unknown
      }
    }

    var known: [String] { if case .names(let names) = self { names.keys.sorted() } else { [] } }
  }

  private let template: MustacheText
  private let root: Node

  /// - Returns: nothing for a mapping without a template.
  init?(_ entry: OrderShelf.Entry, contract: Contract) {
    guard case .template(let template, _) = entry.format.kind else { return nil }
    self.template = template
    let mapping = entry.mapping
    let message = mapping.kind == .orderChanges ? "pushOrderChange" : "createOrder"
    var names = Self.names(contract.messages[message]?.fields ?? [])
    let columns = mapping.kinds.flatMap { $0 }.map { ($0.name, Node.text) }
    names["values"] = .names(
      Dictionary(mapping.valueNames.map { ($0, .text) }) { first, _ in first })
    names["records"] = .names(Dictionary(columns) { first, _ in first })
    root = .names(names)
  }

  /// Every name that leads nowhere: a typing mistake, or a field that D-Store sends anyway.
  var notes: [Problem] {
    template.words.compactMap { word in
      var levels = [root]
      for section in word.sections { levels.append(find(section, levels) ?? .unknown) }
      return find(word.name, levels) == nil ? note(word, levels) : nil
    }
  }

  private static func names(_ fields: [Contract.Field]) -> [String: Node] {
    Dictionary(fields.map { ($0.name, node($0)) }) { first, _ in first }
  }

  private static func node(_ field: Contract.Field) -> Node {
    if !field.fields.isEmpty { return .names(names(field.fields)) }
    return switch field.type {
    case .amount: .names(["value": .text, "currency": .text])
    case .object, .list: .unknown
    default: .text
    }
  }

  /// As mustache does: the innermost level that has the first word, and from there on nothing else.
  private func find(_ name: String, _ levels: [Node]) -> Node? {
    let words = name.split(separator: ".")
    guard let first = words.first else { return .unknown }
    guard let node = inner(first, searched(by: name, levels)) else { return nil }
    return words.dropFirst().reduce(Optional(node)) { $0?.child($1) }
  }

  /// The levels in which mustache looks for a name: one that begins with a point stays in its own.
  private func searched(by name: String, _ levels: [Node]) -> [Node] {
    name.hasPrefix(".") ? levels.suffix(1) : levels
  }

  private func inner(_ word: Substring, _ levels: [Node]) -> Node? {
    levels.reversed().lazy.compactMap { $0.child(word) }.first
  }

  private func note(_ word: MustacheWord, _ levels: [Node]) -> Problem {
    let words = word.name.split(separator: ".")
    let levels = searched(by: word.name, levels)
    let place = Place(file: template.file, line: word.line)
    let inside = inner(words[0], levels)
    if words[0] == "values", let values = inside {
      return Problem(
        "unnamed-field", at: place, value: word.name, "the mapping has no value of this name",
        remedy: suggestion(for: String(words[1]), among: values.known)
          .orElse("Write it under values:, or take the tag away."))
    }
    let known = inside?.known ?? levels.flatMap(\.known)
    let wanted = inside == nil ? words[0] : words[1]
    return Problem(
      "unnamed-field", at: place, value: word.name,
      "neither the contract nor the mapping names such a field",
      remedy: suggestion(for: String(wanted), among: known)
        .orElse("It is read anyway; look at a real order whether D-Store sends it."))
  }
}
