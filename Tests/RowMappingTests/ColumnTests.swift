import RowMapping
import Testing

struct ColumnTests {
  private static let plain = """
    kind: products
    files: products/*.csv
    columns:
      id: SKU
      name: [Item Name, Nombre]
      price: Price [*]
      note: {header: Note, optional: true}
    products:
      - type: SINGLE
        posProductId: ${id}
        name: ${name}
        price: ${price}
        status: AVAILABLE
        description: ${note}
    """

  @Test("columns are found by name, alias and pattern, whatever their order, and may be optional")
  func findsColumns() {
    let result = Workbook(Self.plain).run(
      """
      Nombre|Price [Main]| SKU |more
      Laksa| 6.50 |A1|x
      Kopi|1|A2|
      """)
    #expect(result.problems == [])
    #expect(
      result.products == [
        #"{"posProductId":"A1","type":"SINGLE","status":"AVAILABLE","name":"Laksa","price":{"value":650,"currency":"SGD"}}"#,
        #"{"posProductId":"A2","type":"SINGLE","status":"AVAILABLE","name":"Kopi","price":{"value":100,"currency":"SGD"}}"#,
      ])
    #expect(result.outcome.records == 2)
    #expect(result.outcome.products == [2])
  }

  @Test("the first alias that is there counts")
  func prefersFirstAlias() {
    let result = Workbook(Self.plain).run("Nombre|Item Name|SKU|Price [A]\nzwei|eins|1|")
    #expect(
      result.products == [
        #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","name":"eins"}"#
      ])
  }

  @Test("a row that is too short has the missing cells empty")
  func readsRaggedRows() {
    let result = Workbook(Self.plain).run("SKU|Item Name|Price [A]|Note\nA1")
    #expect(
      result.products == [
        #"{"posProductId":"A1","type":"SINGLE","status":"AVAILABLE"}"#
      ])
  }

  @Test("every missing column is told, with the nearest header or with all of them")
  func tellsMissing() {
    let result = Workbook(Self.plain).run("SKU2|Product|VKPreis\n1|2|3")
    #expect(
      result.problems == [
        "Inbox/menu.csv, \"SKU\": the export has no column \"SKU\", which the mapping needs (m.yaml, "
          + "line 4, position 7). Did the POS rename it to \"SKU2\"? Add that as an alias under "
          + "columns:.",
        "Inbox/menu.csv, \"Item Name\": the export has no column \"Item Name\" or \"Nombre\", which the "
          + "mapping needs (m.yaml, line 5, position 9). It has: \"SKU2\", \"Product\", \"VKPreis\". Put "
          + "the right one into the mapping, or mark it optional: true.",
        "Inbox/menu.csv, \"Price [*]\": the export has no column \"Price [*]\", which the mapping needs "
          + "(m.yaml, line 6, position 10). It has: \"SKU2\", \"Product\", \"VKPreis\". Put the right one "
          + "into the mapping, or mark it optional: true.",
      ])
  }

  @Test("a column that stands twice in the header is told once with both places")
  func tellsTwins() {
    let result = Workbook(Self.plain).run("SKU|Item Name|SKU|Price [A]|Price [A]\n1|2|3|4|5")
    func remedy(_ first: Int, _ second: Int) -> String {
      "Rename one of them in the POS's export settings; or read columns by their numbers: write format: "
        + "{type: csv, header: none, skipLines: N}, where N is the line of the header, and ${\(first)} "
        + "and ${\(second)} for these two."
    }
    #expect(
      result.problems == [
        "Inbox/menu.csv, \"SKU\": the header has this column twice, as columns 1 and 3. "
          + remedy(1, 3),
        "Inbox/menu.csv, \"Price [A]\": the header has this column twice, as columns 4 and 5. "
          + remedy(4, 5),
      ])
  }

  @Test("a pattern that matches several columns where one is needed is told once")
  func tellsSeveral() {
    let result = Workbook(Self.plain).run("SKU|Item Name|Price [A]|Price [B]\n1|2|3|4\n2|2|3|4")
    #expect(
      result.problems == [
        "Inbox/menu.csv, \"Price [*]\": the pattern matches 2 columns, \"Price [A]\", \"Price [B]\", where "
          + "the mapping (m.yaml, line 6, position 10) needs one. Say which: write the whole header, "
          + "stores: {each: …} where each column is a store, or each: in the template."
      ])
  }

  @Test("a header may stand in a template itself, and a mistyped one shows as a missing column")
  func readsInlineHeaders() {
    let inline = Workbook(
      """
      kind: products
      files: products/*.csv
      products:
        - {type: SINGLE, posProductId: "${Item No.}", status: AVAILABLE, price: "${Price [*]}"}
      """)
    let result = inline.run("Price [Main]|Item No.\n2|A1")
    #expect(
      result.products == [
        #"{"posProductId":"A1","type":"SINGLE","status":"AVAILABLE","price":{"value":200,"currency":"SGD"}}"#
      ])
    #expect(
      inline.run("Item Nr.|Price [A]\nA1|2").problems == [
        "Inbox/menu.csv, \"Item No.\": the export has no column \"Item No.\", which the mapping needs "
          + "(m.yaml, line 4, position 34). Did the POS rename it to \"Item Nr.\"? Write that in the "
          + "mapping."
      ])
  }

  @Test("where an export has no header its columns have numbers for names")
  func readsNumberedColumns() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      format: {type: csv, header: none}
      products: [{type: SINGLE, posProductId: "${2}", status: AVAILABLE, name: "${1}"}]
      """
    ).run("1|2\nLaksa|A1")
    #expect(
      result.products == [
        #"{"posProductId":"A1","type":"SINGLE","status":"AVAILABLE","name":"Laksa"}"#
      ])
  }
}
