import Records
import Templates
import YAML

/// Reads `store:` and `stores:`.
struct StoreReader {
  let names: NameScope
  let problems: ProblemList

  func read(_ section: YAMLSection) -> StorePlan {
    let single = section.text("store")
    if let inner = section.section("stores") {
      if let single {
        problems.add(
          Problem(
            "stores", at: single.place, "store: and stores: exclude each other",
            remedy: "Keep store: where a row names its store, stores: where each column is one."))
      }
      return storeColumns(inner)
    }
    guard let text = single else { return .only }
    let template = TemplateCompiler(names: names).compile(text.text, at: text.place)
    return template.map { .perRow($0) } ?? .only
  }

  private func storeColumns(_ section: YAMLSection) -> StorePlan {
    defer { section.finish() }
    guard let each = section.required("each"), let id = section.required("id") else { return .only }
    guard let column = names.column(named: each.text), names.columns[column].isPattern else {
      problems.add(
        Problem(
          "stores", at: each.place, value: each.text,
          "stores: {each: …} takes a column with a * in its header",
          remedy: "Name it under columns:, such as price: Price [*]."))
      return .only
    }
    let open = names.levels.count
    let level = names.open("each", .columns(definition: column))
    let template = TemplateCompiler(names: names).compile(id.text, at: id.place)
    names.close(to: open)
    return template.map { .perColumn(column: column, level: level, id: $0) } ?? .only
  }
}
