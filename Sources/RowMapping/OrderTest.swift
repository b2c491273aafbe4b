package import Records
package import YAML

/// A test that stands in an order mapping: this order makes that file.
package struct OrderTest {
  /// What must come out; what is not stated is not looked at.
  package struct Made {
    /// Where the file stands below the outbox.
    package let file: YAMLText?
    /// All that is in it; its lines end with a line feed here, whatever the format says.
    package let text: YAMLText?
  }

  package let place: Place
  /// The order, or the change, as JSON here or in a file beside the mapping.
  package let input: MappingTest.Input
  /// The JSON of the order that a change is about.
  package let order: String?
  /// Nothing where the mapping must not take the order.
  package let makes: Made?
}

/// Reads `tests:` of an order mapping.
struct OrderTestReader {
  let problems: ProblemList
  /// Whether the mapping writes changes, which are about an order.
  let hasOrder: Bool

  func read(_ nodes: [YAMLNode]) -> [OrderTest] { nodes.compactMap(read) }

  private func read(_ node: YAMLNode) -> OrderTest? {
    let section = YAMLSection(node, named: "test", problems: problems)
    defer { section.finish() }
    let json = section.text("json").map { MappingTest.Input.json($0.text) }
    let file = section.text("file").map { MappingTest.Input.file($0.text) }
    let order = hasOrder ? section.text("order")?.text : nil
    guard let input = json ?? file else {
      _ = section.node("makes")
      problems.add(
        Problem(
          "test", at: node.place, "the test has no order to read",
          remedy: "Give it json: '{…}' or file: NAME."))
      return nil
    }
    guard let makes = section.node("makes") else {
      problems.add(
        Problem(
          "test", at: node.place, "the test does not say what the order makes",
          remedy: "Add makes: {file: NAME, text: …}, or makes: [] where the mapping leaves the "
            + "order to another one."))
      return nil
    }
    if case .list(let items) = makes.content, items.isEmpty {
      return OrderTest(place: node.place, input: input, order: order, makes: nil)
    }
    return made(makes).map {
      OrderTest(place: node.place, input: input, order: order, makes: $0)
    }
  }

  private func made(_ node: YAMLNode) -> OrderTest.Made? {
    let section = YAMLSection(node, named: "makes", problems: problems)
    defer { section.finish() }
    let made = OrderTest.Made(file: section.text("file"), text: section.text("text"))
    if made.file != nil || made.text != nil { return made }
    problems.add(
      Problem(
        "test", at: node.place, "the test does not say what the order makes",
        remedy: "Write makes: {file: NAME, text: …}; text: takes the whole file."))
    return nil
  }
}
