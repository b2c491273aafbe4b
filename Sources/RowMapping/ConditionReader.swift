import Records
import Templates
import YAML

/// Reads `where:`, `unless:` and `when:` into conditions.
struct ConditionReader {
  let names: NameScope

  /// - Parameter section: names with what must hold for them.
  func read(_ section: YAMLSection?) -> [Condition] {
    (section?.entries() ?? []).compactMap { entry in
      guard let subject = subject(entry), let test = test(entry.value) else { return nil }
      return Condition(subject: subject, test: test)
    }
  }

  private func subject(_ entry: YAMLEntry) -> Template? {
    if entry.key.contains("${") {
      return TemplateCompiler(names: names).compile(entry.key, at: entry.place)
    }
    return names.slot(of: entry.key, at: entry.place).map {
      Template(slot: $0, named: entry.key, place: entry.place)
    }
  }

  private func test(_ node: YAMLNode) -> Condition.Test? {
    switch node.content {
    case .scalar(let text, _): return test(text, at: node.place)
    case .list(let items):
      let tests = items.compactMap(test)
      return tests.count == items.count && !tests.isEmpty ? .any(tests) : refuse(node)
    case .mapping(let entries):
      guard entries.count == 1, entries[0].key == "is", let text = entries[0].value.text else {
        return refuse(node)
      }
      return literal(text.text, text.place)
    }
  }

  private func test(_ text: String, at place: Place) -> Condition.Test? {
    if text == "present" { return .present }
    if text == "empty" { return .empty }
    if Comparison.isMeant(by: text) { return comparison(text, place) }
    if text.contains("*"), !text.contains("${") {
      return .like(Wildcard(CleanText.cleaned(text, keeping: .nothing)))
    }
    return literal(text, place)
  }

  private func comparison(_ text: String, _ place: Place) -> Condition.Test? {
    if let comparison = Comparison(text) { return .compared(comparison) }
    names.report(
      Problem(
        "condition", at: place, value: text, "a comparison is a sign and a number",
        remedy:
          "Write for example \"> 0\" or \"<= 12.5\", with a point; for a text that begins with "
          + "such a sign write {is: \"…\"}, and for one that must not stand there use unless:."))
    return nil
  }

  private func literal(_ text: String, _ place: Place) -> Condition.Test? {
    TemplateCompiler(names: names).compile(text, at: place).map { .equal($0) }
  }

  private func refuse(_ node: YAMLNode) -> Condition.Test? {
    names.report(
      Problem(
        "condition", at: node.place, value: node.text?.text, "this is no condition",
        remedy: "Write a text, a list of texts, a pattern with *, a comparison such as \"> 0\", "
          + "present, empty, or {is: \"…\"} for a text that is one of these words."))
    return nil
  }
}
