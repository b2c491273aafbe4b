import RowMapping
import Testing

/// Equal products, different ones under one id, and children.
struct ProductSetTests {
  private static let yaml = """
    kind: products
    files: products/*.csv
    products:
      - type: ${type | default("SINGLE")}
        posProductId: ${id}
        status: AVAILABLE
        name: ${name}
        children:
          - {when: {child: present}, posProductId: "${child}"}
          - {when: {fixed: Y}, posProductId: extra}
    """

  private func run(_ rows: String, _ more: String = "") -> Workbook.Result {
    Workbook(Self.yaml + more).run("id|name|type|child|fixed\n" + rows)
  }

  @Test("equal products collapse")
  func collapses() {
    let result = run("1|a\n2|b\n1|a\n1|a")
    #expect(result.problems == [])
    #expect(result.products.count == 2)
    #expect(result.outcome.products == [2])
    #expect(result.outcome.records == 4)
  }

  @Test("different products under one id are told with both places")
  func refusesDifferent() {
    let result = run("1|a\n2|b\n1|c\n1|a")
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 4, record 3, \"posProductId\": a different product with this id stands on "
          + "line 2 (found: \"1\"). Give each its own code in the POS, or tell them apart in the mapping, "
          + "for example posProductId: ${Code}-${Size}."
      ])
    #expect(result.outcome.badRecords == 1)
  }

  @Test("two different products that one row makes under one id are told too")
  func refusesWithinRow() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      products:
        - {type: SINGLE, posProductId: "${id}", status: AVAILABLE}
        - {type: MODIFIER, posProductId: "${id}", status: AVAILABLE}
      """
    ).run("id\n1")
    #expect(result.problems.count == 1)
    #expect(result.problems[0].contains("a different product with this id stands on line 2"))
  }

  @Test("thousands of products are told apart")
  func holdsMany() {
    let rows = (0..<5000).map { "id\($0 % 4000)|x" }
    let result = run(rows.joined(separator: "\n"))
    #expect(result.problems == [])
    #expect(result.outcome.products == [4000])
  }

  @Test("children must exist, before or after, whether a column or the mapping names them")
  func refusesDangling() {
    #expect(run("1|a|GROUP|2\n2|b\n3|c|GROUP|2").problems == [])
    let result = run("1|a|GROUP|9\n2|b|GROUP|9|Y", "\nonBadRow: skip")
    let message =
      "the export has no product with this id, which a product names as its child (found: "
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 2, record 1: \(message)\"9\"). Add a template that makes it, or fix the "
          + "children's id.",
        "Inbox/menu.csv, line 3, record 2: \(message)\"extra\"). Add a template that makes it, or fix "
          + "the children's id.",
      ])
    #expect(!result.outcome.isWhole)
    #expect(result.outcome.badRecords == 0)
    #expect(!BadRowPolicy(skips: true, limit: .percent(100)).allows(result.outcome))
  }

  @Test("a child may be another mapping's product")
  func knowsOthers() {
    let result = Workbook(Self.yaml + "\ncatalogue: all").run(
      "id|name|type|child|fixed\n1|a|GROUP|9")
    #expect(result.problems == [])
    #expect(result.outcome.isWhole)
    #expect(result.outcome.childrenElsewhere.map { $0.map(\.id) } == [["9"]])
  }

  @Test("a group without children is not sent, and no product may name it")
  func leavesOutHollow() {
    let result = run("1|a|GROUP|\n2|b|COMBO|\n3|c|SINGLE|\n4|d|BUNDLE|1")
    #expect(
      result.products == [
        #"{"posProductId":"3","type":"SINGLE","status":"AVAILABLE","name":"c"}"#,
        #"{"posProductId":"4","type":"BUNDLE","status":"AVAILABLE","name":"d","children":[{"posProductId":"1"}]}"#,
      ])
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 5, record 4: the child is a group without children, which is not sent "
          + "(found: \"1\"). Leave it out with when:, or fill the group in the POS."
      ])
  }
}
