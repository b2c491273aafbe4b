import Contract
import Records
import Templates
import YAML

/// Reads `change:` of a mapping of order statuses: which order a record is about, and what it says.
struct ChangeReader {
  struct Change {
    let template: ProductTemplate
    let order: Template
    let matchBy: MatchBy
    let changedAt: Template?
  }

  let names: NameScope
  /// The contract's fields that a change may fill.
  let fields: [Contract.Field]

  /// - Returns: nothing after having reported what is wrong.
  func read(_ section: YAMLSection) -> Change? {
    guard let node = section.node("change"), !node.isAbsent else {
      names.report(
        Problem(
          "missing-key", at: section.place(of: "change"),
          "the mapping does not say what a record changes",
          remedy: "Add change: with order: ${…} and what the record says about the order, such as "
            + "orderStatus: ${…}."))
      return nil
    }
    var order: Template?
    var matchBy = MatchBy.requestOrderId
    var changedAt: Template?
    let reader = ProductTemplateReader(names: names, isGrouped: false, name: "change")
    let template = reader.read(node, fields: fields) { section in
      order = section.required("order").flatMap(compile)
      matchBy =
        section.choice("matchBy", MatchBy.allCases.map(\.rawValue)).flatMap(MatchBy.init)
        ?? matchBy
      changedAt = section.text("changedAt").flatMap(compile)
    }
    guard let order, saysSomething(template, node) else { return nil }
    return Change(template: template, order: order, matchBy: matchBy, changedAt: changedAt)
  }

  private func compile(_ text: YAMLText) -> Template? {
    TemplateCompiler(names: names).compile(text.text, at: text.place)
  }

  private func saysSomething(_ template: ProductTemplate, _ node: YAMLNode) -> Bool {
    guard template.fields.isEmpty, names.problems.isEmpty else { return true }
    names.report(
      Problem(
        "change", at: node.place, "the change says nothing about the order",
        remedy: "Add at least one of: \(fields.map(\.name).joined(separator: ", "))."))
    return false
  }
}
