import Records

/// Puts the fields of a table into each other.
struct FieldTreeBuilder {
  /// The words that stand in sections of their own.
  struct Words {
    let types: [String]
    let statuses: [String]
  }

  let message: String
  let words: Words
  let problems: ProblemList

  func tree(of table: FieldTable) -> [Contract.Field] {
    refuseOrphans(in: table)
    refuseSharedRoles(in: table)
    return table.fields(in: nil).map { field($0, in: table, outer: "") }
  }

  private func field(_ path: FieldPath, in table: FieldTable, outer: String) -> Contract.Field {
    let draft = table[path] ?? FieldTable.Draft(place: Place())
    let name = draft.rename ?? path.name
    let type = draft.type ?? .any
    let inner = table.fields(in: path)
    let prefix = outer + name + (type == .list ? "[]" : "") + "."
    return Contract.Field(
      name: name, path: outer + name, type: type, isRequired: draft.isRequired,
      maximum: draft.maximum, allowed: allowed(draft), basis: draft.basis ?? .assumed,
      role: draft.role, isFreeText: draft.isFreeText, mayHaveLines: draft.mayHaveLines,
      isInStatusUpdate: draft.isInStatusUpdate,
      element: inner.isEmpty ? draft.element ?? .any : .object,
      fields: inner.map { field($0, in: table, outer: prefix) })
  }

  private func allowed(_ draft: FieldTable.Draft) -> [String] {
    let (section, own): (String, [String])
    switch draft.role {
    case .productType: (section, own) = ("productTypes", words.types)
    case .productStatus: (section, own) = ("productStatus", words.statuses)
    default: return draft.allowed
    }
    if !draft.allowed.isEmpty {
      problems.add(
        Problem(
          "contract-enum", at: draft.place,
          "the words of this field of \(message) stand in the section \(section)",
          remedy: "Remove enum here and change \(section): beside messages:, at the left margin."))
    }
    return own
  }

  private func refuseOrphans(in table: FieldTable) {
    for path in table.paths {
      guard let parent = path.parent, let draft = table[path] else { continue }
      let type = table[parent]?.type
      guard type != (path.isInList ? .list : .object) else { continue }
      let outer = parent.text
      problems.add(
        Problem(
          "contract-path", at: draft.place, value: path.text,
          type == nil
            ? "\(message) has no field \(outer) that this could stand in"
            : "\(outer) is of the type \(type?.rawValue ?? ""), so that this cannot stand in it",
          remedy: type == nil
            ? "Add it too: \(outer): {type: \(path.isInList ? "list" : "object"), basis: …}"
            : "Write [] behind the name of a list, and nothing behind that of an object."))
    }
  }

  private func refuseSharedRoles(in table: FieldTable) {
    var holders: [Contract.Role: FieldPath] = [:]
    for path in table.paths {
      guard let draft = table[path], let role = draft.role else { continue }
      guard let first = holders.updateValue(path, forKey: role) else { continue }
      problems.add(
        Problem(
          "contract-role", at: draft.place, value: role.rawValue,
          "\(path.text) has the role that \(first.text) of \(message) has already",
          remedy: "Take it from the other one: \(first.text): {role: none}, or remove that field."))
    }
  }
}
