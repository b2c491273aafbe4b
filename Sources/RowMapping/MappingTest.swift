package import Records
import YAML

/// A test that stands in a mapping: these records make those products.
package struct MappingTest {
  package enum Input {
    /// Rows of a table, each as header and cell.
    case rows([[(header: String, cell: String)]])
    /// A JSON text.
    case json(String)
    /// A file beside the mapping.
    case file(String)
  }

  package let place: Place
  package let input: Input
  /// The file's name as `${file.name}` gives it; nothing where the test does not say.
  package let fileName: String?
  let makes: [YAMLNode]
}

/// Reads `tests:` of a mapping.
struct MappingTestReader {
  let problems: ProblemList
  /// Whether there is nothing to map without rows, a text or a file.
  var needsRecords = true

  func read(_ nodes: [YAMLNode]) -> [MappingTest] { nodes.compactMap(read) }

  private func read(_ node: YAMLNode) -> MappingTest? {
    let section = YAMLSection(node, named: "test", problems: problems)
    defer { section.finish() }
    let fileName = section.text("fileName")?.text
    let input = input(section) ?? (needsRecords ? nil : .rows([]))
    guard let makes = section.list("makes") else {
      problems.add(
        Problem(
          "test", at: node.place, "the test does not say what the rows make",
          remedy: "Add makes: [{…}], or makes: [] where they make nothing."))
      return nil
    }
    guard let input else {
      problems.add(
        Problem(
          "test", at: node.place, "the test has nothing to read",
          remedy: "Give it rows: [{Header: cell}], json: '…' or file: NAME."))
      return nil
    }
    return MappingTest(place: node.place, input: input, fileName: fileName, makes: makes)
  }

  private func input(_ section: YAMLSection) -> MappingTest.Input? {
    let rows = section.list("rows")
    let json = section.text("json")
    let file = section.text("file")
    if let rows { return .rows(rows.map(cells)) }
    if let json { return .json(json.text) }
    return file.map { .file($0.text) }
  }

  private func cells(_ node: YAMLNode) -> [(header: String, cell: String)] {
    YAMLSection(node, named: "row", problems: problems).entries().compactMap { entry in
      guard let text = entry.value.text else {
        problems.add(Problem("test", at: entry.value.place, "a cell is one text"))
        return nil
      }
      return (entry.key, text.text)
    }
  }
}
