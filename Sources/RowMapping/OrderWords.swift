import Contract
import Records
import Templates
import YAML

/// The words of an order mapping while it is compiled, with what the contract says of the fields
/// behind them.
final class OrderWords {
  let names: NameScope
  private(set) var fields: OrderFields
  private(set) var values: [Template] = []
  /// The names of all levels that were ever open.
  private var levelNames: [String] = []
  /// What `each` walks and the contract does not name.
  private var strangeLists: [Problem] = []

  init(names: NameScope, fields: OrderFields) {
    self.names = names
    self.fields = fields
    levelNames = names.levels.map(\.name).filter { $0 != "@" }
  }

  func define(_ values: [Template]) { self.values = values }

  /// Reads `each:`; its levels stay open until ``NameScope/close(to:)``.
  func open(_ section: YAMLSection) -> [EachLevel] {
    let place = section.place(of: "each")
    let before = names.levels.count
    let each = EachReader(names: names, isGrouped: false).read(section.node("each"))
    levelNames += names.levels.dropFirst(before).map(\.name)
    for level in each {
      if case .json(let above, let path) = level.source {
        note(names.lists[level.level] ?? "", above, path, place).map { strangeLists.append($0) }
      }
      fields.add(level)
    }
    return each
  }

  func template(_ text: YAMLText) -> Template? {
    TemplateCompiler(names: names).compile(text.text, at: text.place)
  }

  /// A template that gives one text, or after having reported why it cannot, nothing.
  func text(_ text: YAMLText) -> OrderText? { template(text).flatMap(self.text) }

  func text(_ template: Template) -> OrderText? {
    refusesNested(template) ? nil : OrderText(template: template, keepsEnds: pads(template))
  }

  /// Whether people write what a template reads.
  func isFreeText(_ template: Template) -> Bool {
    leaves(template).contains { spot(of: $0)?.field?.isFreeText == true }
  }

  /// Whether the contract leaves open what a template reads.
  func isUnknown(_ template: Template) -> Bool {
    leaves(template).contains { spot(of: $0)?.isNamed == false }
  }

  /// The slot of the one field that a template is, also through a value's name.
  func field(_ template: Template) -> Int? {
    guard let slot = template.onlySlot else { return nil }
    return switch names.table.references[slot] {
    case .json: slot
    case .value(let index): field(values[index])
    default: nil
    }
  }

  /// What a template reads in the end, values looked through.
  func leaves(_ template: Template) -> [Int] {
    template.slots.flatMap { slot in
      if case .value(let index) = names.table.references[slot] {
        leaves(values[index])
      } else {
        [slot]
      }
    }
  }

  private func pads(_ template: Template) -> Bool {
    template.pads
      || template.slots.contains { slot in
        if case .value(let index) = names.table.references[slot] {
          pads(values[index])
        } else {
          false
        }
      }
  }

  func spot(of slot: Int) -> OrderFields.Spot? {
    guard case .json(let level, let path) = names.table.references[slot] else { return nil }
    return fields.spot(level, path)
  }
}

/// What the contract has against a mapping, and what it does not know.
extension OrderWords {
  private func refusesNested(_ template: Template) -> Bool {
    let nested = leaves(template).first { slot in
      guard let field = spot(of: slot)?.field, !field.fields.isEmpty else { return false }
      return field.type == .object || field.type == .list
    }
    guard let nested, let field = spot(of: nested)?.field else { return false }
    let word = names.table.words[nested]
    let inner = field.fields.map(\.name).joined(separator: ", ")
    let level = self.level(for: word)
    names.report(
      Problem(
        "nested", at: template.place, value: word,
        field.type == .list
          ? "a list stands where a text is needed" : "an object stands where a text is needed",
        remedy: field.type == .list
          ? "Open it with each: {\(level): \(word)}, and read ${\(level).…}; it holds: \(inner)."
          : "Name a field in it, such as ${\(word).\(field.fields[0].name)}; it holds: \(inner)."))
    return true
  }

  /// Reports every word that leads through a list, where nothing can ever be found.
  func refuseWaysThroughLists() {
    for (slot, reference) in names.table.references.enumerated() {
      guard case .json(let level, let path) = reference else { continue }
      let way = fields.along(level, path).dropFirst().dropLast()
      guard let list = way.firstIndex(where: { $0.field?.type == .list }) else { continue }
      let word = names.table.words[slot]
      let rest = path[list...].joined(separator: ".")
      let name = self.level(for: word)
      names.report(
        Problem(
          "list", at: names.places[slot] ?? Place(), value: word,
          "\"\(path[list - 1])\" is a list, so that no single field stands below it",
          remedy: "Open it with each: {\(name): \(word.dropLast(rest.count + 1))}, and read "
            + "${\(name).\(rest)}."))
    }
  }

  /// A name for the level that opens a list; one inside of `line` cannot be called so again.
  private func level(for word: String) -> String { word.hasPrefix("line.") ? "inner" : "line" }

  /// Every word that leads to a field that the contract does not name: it may be one that D-Store
  /// sends anyway, or a typing mistake.
  var notes: [Problem] {
    strangeLists
      + names.table.references.enumerated().compactMap { slot, reference in
        guard case .json(let level, let path) = reference else { return nil }
        return note(names.table.words[slot], level, path, names.places[slot] ?? Place())
      }
  }

  /// The fields of the contract that the mapping reads, each once.
  var fieldsInUse: [Contract.Field] {
    var seen: Set<String> = []
    return names.table.references.indices.compactMap { spot(of: $0)?.field }
      .filter { seen.insert($0.path).inserted }
  }

  private func note(_ word: String, _ level: Int, _ path: [String], _ place: Place) -> Problem? {
    let way = fields.along(level, path)
    // A level that is unnamed itself was noted where it was opened.
    guard let unnamed = way.firstIndex(where: { !$0.isNamed }), unnamed > 0 else { return nil }
    let known = way[unnamed - 1].fields.map(\.name)
    // Behind a level's name nothing but a field can be meant.
    let isFirst = level == 0 && unnamed == 1
    let near = nearest(to: path[unnamed - 1], among: isFirst ? known + levelNames : known)
    return Problem(
      "unnamed-field", at: place, value: word, "the contract names no such field of an order",
      remedy: near.map { "Did you mean \"\($0)\"?" }
        ?? "It is read anyway; look at a real order whether D-Store sends it.")
  }
}
