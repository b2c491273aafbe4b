import Contract
import JSON
import Records
import Templates
import YAML

/// Reads a template of `products:` or `children:` and lays it out as fields of the contract.
struct ProductTemplateReader {
  let names: NameScope
  let isGrouped: Bool
  /// What messages call it.
  var name = "template"

  /// - Parameters:
  ///   - fields: the contract's fields at this place.
  ///   - readMore: reads keys that are no fields of the contract, with the template's levels open.
  func read(
    _ node: YAMLNode, fields: [Contract.Field], readMore: (YAMLSection) -> Void = { _ in }
  ) -> ProductTemplate {
    let section = YAMLSection(node, named: name, problems: names.problems)
    let open = names.levels.count
    let each = EachReader(names: names, isGrouped: isGrouped).read(section.node("each"))
    let when = ConditionReader(names: names).read(section.section("when"))
    let once = section.text("once")
    readMore(section)
    let plans = fields.compactMap { field in
      section.node(field.name).flatMap { plan(field, $0) }
    }
    checkRequired(fields, section)
    section.finish()
    names.close(to: open)
    return ProductTemplate(
      place: node.place, each: each, when: when, isOncePerGroup: isOnce(once), fields: plans)
  }

  private func isOnce(_ text: YAMLText?) -> Bool {
    guard let text else { return false }
    if text.text == "group", isGrouped { return true }
    names.report(
      Problem(
        "once", at: text.place, value: text.text, "once: group needs rows that are grouped",
        remedy: "Say rows: {groupBy: COLUMN}, and here once: group."))
    return false
  }

  private func checkRequired(_ fields: [Contract.Field], _ section: YAMLSection) {
    for field in fields where field.isRequired && section.node(field.name) == nil {
      names.report(
        Problem(
          "missing-field", at: section.place,
          "the \(name) does not fill \"\(field.name)\", which "
            + "the contract requires", remedy: "Add: \(field.name): ${…}."))
    }
  }

  private func plan(_ field: Contract.Field, _ node: YAMLNode) -> FieldPlan? {
    content(field, node).map {
      FieldPlan(
        field: field, allowed: field.allowed.map(StableText.init), key: key(field.name),
        place: node.place, content: $0)
    }
  }

  private func key(_ name: String) -> StableText {
    let output = ByteOutput()
    output.appendJSON(string: name)
    output.append(UInt8(ascii: ":"))
    return StableText(output.bytes.text)
  }

  private func content(_ field: Contract.Field, _ node: YAMLNode) -> FieldPlan.Content? {
    switch field.type {
    case .object: return object(field, node)
    case .list where !field.fields.isEmpty: return templates(field, node)
    case .list: return list(field, node)
    default: return scalar(field, node)
    }
  }

  private func templates(_ field: Contract.Field, _ node: YAMLNode) -> FieldPlan.Content? {
    guard case .list(let items) = node.content else {
      return refuse(node, "\(field.name): takes a list of templates, each beginning with \"- \"")
    }
    return .templates(items.map { read($0, fields: field.fields) })
  }

  private func object(_ field: Contract.Field, _ node: YAMLNode) -> FieldPlan.Content? {
    guard case .mapping = node.content else {
      return refuse(
        node,
        "\(field.name): takes fields of its own: "
          + field.fields.map(\.name).joined(separator: ", "))
    }
    let section = YAMLSection(node, named: field.name, problems: names.problems)
    let plans = field.fields.compactMap { field in
      section.node(field.name).flatMap { plan(field, $0) }
    }
    checkRequired(field.fields, section)
    section.finish()
    return .object(plans)
  }

  private func list(_ field: Contract.Field, _ node: YAMLNode) -> FieldPlan.Content? {
    let items: [YAMLNode] = if case .list(let items) = node.content { items } else { [node] }
    let templates = items.compactMap { item in item.text.flatMap(compile) }
    guard templates.count == items.count else {
      return refuse(node, "\(field.name): takes a text or a list of texts")
    }
    return .list(templates)
  }

  private func scalar(_ field: Contract.Field, _ node: YAMLNode) -> FieldPlan.Content? {
    guard let text = node.text else {
      return refuse(node, "\(field.name): takes one text; quote it where ${…} stands inside {…}")
    }
    guard let template = compile(text) else { return nil }
    guard let constant = template.constant else {
      refuseForeignWords(template, field)
      return .text(template)
    }
    guard let content = self.constant(constant, field, text) else { return nil }
    // Ids are looked up and compared, so they are known as text as well.
    return field.role == .productId || field.role == .childId ? .text(template) : content
  }

  /// A table that feeds a field of few words may say no others.
  private func refuseForeignWords(_ template: Template, _ field: Contract.Field) {
    guard !field.allowed.isEmpty, let (table, words) = template.statedWords else { return }
    for word in words where !word.value.isEmpty && !field.allowed.contains(word.value) {
      let allowed = "\"\(field.name)\" must be one of \(field.allowed.joined(separator: ", "))"
      let isFallback = word.place == template.place
      let problem = Problem(
        "not-allowed", at: word.place, value: word.value,
        isFallback ? allowed : "\(allowed), and the table \"\(table)\" says another word",
        remedy: suggestion(for: word.value, among: field.allowed)
          .orElse("Write one of them, or \"\" where such records are left out."))
      if !names.problems.all.contains(problem) { names.report(problem) }
    }
  }

  /// A value without `${` is checked now, and written as it is for every product.
  private func constant(
    _ bytes: [UInt8], _ field: Contract.Field, _ text: YAMLText
  ) -> FieldPlan.Content? {
    let output = ByteOutput()
    let allowed = field.allowed.map(StableText.init)
    let result = Bytes.withBytes(of: bytes) { value in
      Result { () throws(Problem) in
        let value = value.trimmed
        if value.isEmpty {
          if field.isRequired { throw ScalarWriter.empty(field) }
        } else {
          try ScalarWriter(styles: names.styles)
            .write(value, as: field, allowed: allowed, to: output)
        }
      }
    }
    if case .failure(var problem) = result {
      problem.place = text.place
      names.report(problem)
      return nil
    }
    return output.count == 0 ? nil : .constant(StableText(output.bytes.text))
  }

  private func compile(_ text: YAMLText) -> Template? {
    TemplateCompiler(names: names).compile(text.text, at: text.place)
  }

  private func refuse(_ node: YAMLNode, _ message: String) -> FieldPlan.Content? {
    names.report(Problem("template", at: node.place, message))
    return nil
  }
}
