import Records
import YAML

/// Reads the fields of one body of a contract file into a table, each over what was known of it.
struct FieldReader {
  let problems: ProblemList
  /// What messages call the body.
  let message: String

  func read(_ section: YAMLSection, into table: inout FieldTable) {
    for entry in section.entries() {
      guard let path = FieldPath(entry.key) else {
        refusePath(entry)
        continue
      }
      let own = YAMLSection(entry.value, named: entry.key, problems: problems)
      if own.flag("remove") == true {
        remove(path, entry, from: &table)
      } else {
        merge(path, entry, own, into: &table)
      }
      own.finish()
    }
  }

  private func merge(
    _ path: FieldPath, _ entry: YAMLEntry, _ own: YAMLSection, into table: inout FieldTable
  ) {
    let known = table[path]
    var draft = known ?? FieldTable.Draft(place: entry.place)
    draft.place = entry.place
    readShape(own, into: &draft)
    readUse(own, into: &draft)
    if known == nil, draft.type == nil || draft.basis == nil {
      refuseNew(entry, among: table.paths)
      // It is kept anyway, so that the fields in it are not refused as well.
      draft.type = draft.type ?? .any
      draft.basis = draft.basis ?? .assumed
    }
    table[path] = draft
  }

  private func readShape(_ own: YAMLSection, into draft: inout FieldTable.Draft) {
    if let type = own.word("type", Contract.FieldType.self) { draft.type = type }
    if let element = own.word("of", Contract.FieldType.self) { draft.element = element }
    if let flag = own.flag("required") { draft.isRequired = flag }
    if let words = own.texts("enum") { draft.allowed = words.map(\.text) }
    if own.node("maximum")?.text?.text == "none" {
      draft.maximum = nil
    } else if let maximum = own.integer("maximum") {
      draft.maximum = maximum
    }
    guard let name = own.text("rename") else { return }
    draft.rename = name.text
    if !FieldPath.isName(name.text) {
      problems.add(
        Problem(
          "contract-path", at: name.place, value: name.text, "this is no name for a field",
          remedy: "Write the field's new name alone, without its path."))
    }
  }

  private func readUse(_ own: YAMLSection, into draft: inout FieldTable.Draft) {
    if let basis = own.word("basis", Contract.Basis.self) { draft.basis = basis }
    if let flag = own.flag("freeText") { draft.isFreeText = flag }
    if let flag = own.flag("lines") { draft.mayHaveLines = flag }
    if let flag = own.flag("statusUpdate") { draft.isInStatusUpdate = flag }
    if own.node("role")?.text?.text == "none" {
      draft.role = nil
    } else if let role = own.word("role", Contract.Role.self) {
      draft.role = role
    }
  }

  private func remove(_ path: FieldPath, _ entry: YAMLEntry, from table: inout FieldTable) {
    if table[path] == nil {
      let guess = suggestion(for: entry.key, among: table.paths.map(\.text))
      problems.add(
        Problem(
          "contract-unknown", at: entry.place, value: entry.key,
          "\(message) has no field of this path",
          remedy: guess.isEmpty ? "Remove this entry." : guess))
    }
    table.remove(path)
  }

  private func refusePath(_ entry: YAMLEntry) {
    problems.add(
      Problem(
        "contract-path", at: entry.place, value: entry.key, "this is no path of a field",
        remedy: "Write names with dots between them, and [] behind a list that others stand in: "
          + "products, products[].name."))
  }

  private func refuseNew(_ entry: YAMLEntry, among paths: [FieldPath]) {
    let guess = suggestion(for: entry.key, among: paths.map(\.text))
    problems.add(
      Problem(
        "contract-new-field", at: entry.place, value: entry.key,
        "\(message) has no field of this path, and a new one needs a type and a basis",
        remedy: guess.isEmpty ? "Write, for example: {type: string, basis: confirmed}" : guess))
  }
}
