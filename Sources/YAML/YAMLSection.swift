package import Records

/// Reads a mapping's keys, collects every problem and refuses what nobody asked for.
///
/// A reader asks for each key that it knows and ends with ``finish()``. Nothing is thrown: what
/// is wrong is added to the problems, and the reader gets nothing for it.
package final class YAMLSection {
  package let place: Place
  /// What messages call it.
  package let name: String
  package let problems: ProblemList
  private let entriesByKey: [String: YAMLEntry]
  private let allEntries: [YAMLEntry]
  private var known: [String] = []

  /// A mapping's keys; where nothing is written behind the colon there are none.
  ///
  /// - Parameter named: what messages call it, such as `connector.yaml` or `columns`.
  package init(_ node: YAMLNode, named: String, problems: ProblemList) {
    name = named
    place = node.place
    self.problems = problems
    if case .mapping(let entries) = node.content {
      allEntries = entries
    } else {
      allEntries = []
      if !node.isAbsent { problems.add(Expectation(node, named).keys) }
    }
    entriesByKey = Dictionary(allEntries.map { ($0.key, $0) }) { first, _ in first }
  }

  /// The value of a key; from now on the key is known.
  package func node(_ key: String) -> YAMLNode? {
    if !known.contains(key) { known.append(key) }
    return entriesByKey[key]?.value
  }

  /// The place of a key, or of the section where the key is not there.
  package func place(of key: String) -> Place { entriesByKey[key]?.place ?? place }

  /// A scalar; a list or a mapping is a problem.
  package func text(_ key: String) -> YAMLText? {
    guard let node = node(key) else { return nil }
    if node.text == nil { problems.add(Expectation(node, key).text) }
    return node.text
  }

  /// A scalar that must be there and not be empty.
  package func required(_ key: String) -> YAMLText? {
    guard let node = node(key), !node.isAbsent else {
      problems.add(
        Problem(
          "missing-key", at: place(of: key), "\"\(key)\" is missing in \(name)",
          remedy: "Add it: \(key): …"))
      return nil
    }
    return text(key)
  }

  /// The keys below a key; nothing where the key is not there.
  package func section(_ key: String) -> YAMLSection? {
    node(key).map { YAMLSection($0, named: key, problems: problems) }
  }

  /// A list; a single value counts as a list of one, nothing behind the colon as an empty one.
  package func list(_ key: String) -> [YAMLNode]? {
    guard let node = node(key) else { return nil }
    switch node.content {
    case .list(let nodes): return nodes
    default: return node.isAbsent ? [] : [node]
    }
  }

  /// A list of scalars; a single one counts as a list of one. Anything else in it is a problem.
  package func texts(_ key: String) -> [YAMLText]? {
    list(key)?.compactMap { node in
      if node.text == nil { problems.add(Expectation(node, key).text) }
      return node.text
    }
  }

  /// A whole number.
  package func integer(_ key: String) -> Int? {
    guard let text = text(key) else { return nil }
    if let number = Int(text.text) { return number }
    problems.add(Expectation(text, key).integer)
    return nil
  }

  /// `true`, `yes`, `on` or `false`, `no`, `off`.
  package func flag(_ key: String) -> Bool? {
    guard let text = text(key) else { return nil }
    switch text.text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default:
      problems.add(Expectation(text, key).choice(of: ["true", "false"]))
      return nil
    }
  }

  /// One of several words.
  package func choice(_ key: String, _ allowed: [String]) -> String? {
    guard let text = text(key) else { return nil }
    if allowed.contains(text.text) { return text.text }
    problems.add(Expectation(text, key).choice(of: allowed))
    return nil
  }

  /// All entries, in their order; every key is known from now on.
  package func entries() -> [YAMLEntry] {
    known += allEntries.map(\.key)
    return allEntries
  }

  /// Refuses every key that nobody asked for, with the nearest one that exists.
  package func finish() {
    for entry in allEntries where !known.contains(entry.key) {
      problems.add(Expectation(entry.value, name).unknown(entry, among: known))
    }
  }
}
