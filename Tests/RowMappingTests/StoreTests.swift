import RowMapping
import Testing

struct StoreTests {
  private static let perRow = """
    kind: products
    files: products/*.csv
    store: ${Location | lookup(shops)}
    tables: {shops: {Main: S-1, Airport: S-2, Gone: S-9}}
    onBadRow: skip
    products: [{type: SINGLE, posProductId: "${id}", status: AVAILABLE}]
    """

  @Test("a row may say its store")
  func readsPerRow() {
    let result = Workbook(Self.perRow, stores: ["S-1", "S-2"]).run(
      "id|Location\n1|Main\n1|Airport\n2|Airport")
    #expect(result.problems == [])
    #expect(
      result.products == [
        #"0: {"posProductId":"1","type":"SINGLE","status":"AVAILABLE"}"#,
        #"1: {"posProductId":"1","type":"SINGLE","status":"AVAILABLE"}"#,
        #"1: {"posProductId":"2","type":"SINGLE","status":"AVAILABLE"}"#,
      ])
    #expect(result.outcome.products == [1, 2])
  }

  @Test("a row of a store that nobody knows is bad, and repeats its product wherever it may be")
  func refusesUnknown() {
    let result = Workbook(Self.perRow, stores: ["S-1", "S-2"]).run(
      "id|Location\n1|Gone\n2|Away\n3|")
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 2, record 1, \"Location\": connector.yaml lists no store of this id "
          + "(found: \"S-9\"). Add it under stores:, or fix store: in the mapping; listed are: S-1, S-2.",
        "Inbox/menu.csv, line 3, record 2, \"Location\": the table \"shops\" has no such word (found: "
          + "\"Away\"). Add it to the table, or give a fallback: lookup(shops, \"…\").",
        "Inbox/menu.csv, line 4, record 3, \"Location\": connector.yaml lists no store of this id "
          + "(found: \"\"). Add it under stores:, or fix store: in the mapping; listed are: S-1, S-2.",
      ])
    #expect(result.outcome.repeated == [["1", "2", "3"], ["1", "2", "3"]])
    #expect(result.products == [])
  }

  @Test("a store that the mapping itself names is looked up once")
  func readsConstant() {
    let yaml = Self.perRow.replacing("${Location | lookup(shops)}", with: "S-2")
    #expect(
      Workbook(yaml, stores: ["S-1", "S-2"]).run("id\n1").products == [
        #"1: {"posProductId":"1","type":"SINGLE","status":"AVAILABLE"}"#
      ])
    #expect(
      Workbook(yaml, stores: ["S-1"]).run("id\n1").problems == [
        "m.yaml, line 3, position 8: connector.yaml lists no store of this id (found: \"S-2\"). Add it "
          + "under stores:, or fix store: in the mapping; listed are: S-1."
      ])
  }

  @Test("where several stores are listed a mapping must say which", arguments: [0, 2])
  func needsStore(count: Int) {
    let yaml = Self.perRow.replacing("store: ${Location | lookup(shops)}", with: "")
    #expect(
      Workbook(yaml, stores: Array(["a", "b"].prefix(count))).run("id\n1").problems == [
        "m.yaml: connector.yaml lists \(count) stores, and the mapping does not say which one its files "
          + "speak of. Add store: ID, or store: ${COLUMN} where a column says it."
      ])
  }

  private static let perColumn = """
    kind: products
    files: products/*.csv
    columns:
      price: Price [*]
      sold: Available for sale [*]
      low: {header: "Low stock [*]", optional: true}
    stores: {each: price, id: '${each.match | lookup(shops)}'}
    tables: {shops: {Main: S-1, Airport: S-2, Old: ""}, yes: {Y: AVAILABLE, N: UNAVAILABLE}}
    where: {sold: [Y, N]}
    products:
      - type: SINGLE
        posProductId: ${id}
        status: ${sold | lookup(yes)}
        price: ${price}
        description: ${low}
    """

  @Test("each store column is one store, and every pattern follows its match")
  func readsPerColumn() {
    let result = Workbook(Self.perColumn, stores: ["S-1", "S-2"]).run(
      """
      id|Available for sale [Main]|Price [Main]|Low stock [Main]|Available for sale [Airport]|Price [Airport]
      1|Y|1|few|N|2
      2||x||Y|3
      """)
    #expect(result.problems == [])
    #expect(
      result.products == [
        #"0: {"posProductId":"1","type":"SINGLE","status":"AVAILABLE","price":{"value":100,"currency":"SGD"},"description":"few"}"#,
        #"1: {"posProductId":"1","type":"SINGLE","status":"UNAVAILABLE","price":{"value":200,"currency":"SGD"}}"#,
        #"1: {"posProductId":"2","type":"SINGLE","status":"AVAILABLE","price":{"value":300,"currency":"SGD"}}"#,
      ])
  }

  @Test("a column of a store that nobody knows is told once, and one that is nobody's is left out")
  func refusesUnknownColumns() {
    let result = Workbook(Self.perColumn, stores: ["S-1"]).run(
      """
      id|Price [Main]|Available for sale [Main]|Price [Airport]|Price [New]|Price [Old]
      1|1|Y|2|3|4
      2|1|Y|2|3|4
      """)
    #expect(
      result.problems == [
        "Inbox/menu.csv, \"Price [Airport]\": connector.yaml lists no store of this id (found: "
          + "\"S-2\"). Add it under stores:, or fix store: in the mapping; listed are: S-1.",
        "Inbox/menu.csv, \"each.match\": the table \"shops\" has no such word (found: \"New\"). Add it to "
          + "the table, or give a fallback: lookup(shops, \"…\").",
      ])
    let old = Workbook(Self.perColumn, stores: ["S-1"]).run(
      "id|Price [Main]|Available for sale [Main]|Price [Old]\n1|1|Y|4")
    #expect(old.problems == [])
    #expect(old.products.count == 1)
  }

  @Test("a pattern that has no column for one of the stores is told once")
  func tellsMissingColumns() {
    let result = Workbook(Self.perColumn, stores: ["S-1", "S-2"]).run(
      "id|Price [Main]|Available for sale [Main]|Price [Airport]\n1|1|Y|2")
    #expect(
      result.problems == [
        "Inbox/menu.csv, \"Available for sale [*]\": the export has no such column for \"Airport\", which "
          + "the mapping needs (m.yaml, line 5, position 9). Export it for every store, or mark the "
          + "column optional: true."
      ])
  }

  @Test("what is wrong for every store of a row is told once")
  func tellsOnce() {
    let result = Workbook(
      Self.perColumn.replacing("description: ${low}", with: "description: ${name | number}"),
      stores: ["S-1", "S-2"]
    ).run(
      """
      id|name|Price [Main]|Available for sale [Main]|Price [Airport]|Available for sale [Airport]
      1|x|1|Y|z|Y
      """)
    #expect(
      result.problems.map { $0.prefix { $0 != ":" } } == [
        "Inbox/menu.csv, line 2, record 1, \"name\"",
        "Inbox/menu.csv, line 2, record 1, \"Price [Airport]\"",
      ])
    #expect(result.outcome.badRecords == 1)
  }

  @Test("groups of rows work with store columns")
  func groups() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      columns: {price: "Price [*]"}
      stores: {each: price, id: "${each.match}"}
      rows: {groupBy: Handle, inherit: price}
      unless: {price: "-"}
      products:
        - type: GROUP
          once: group
          posProductId: ${Handle}
          status: AVAILABLE
          children: [{each: rows, posProductId: "${id}"}]
        - {type: SINGLE, posProductId: "${id}", status: AVAILABLE, price: "${price}"}
      """, stores: ["A", "B"]
    ).run("Handle|id|Price [A]|Price [B]\nk|1|-|5\nk|2|4|")
    #expect(result.problems == [])
    #expect(
      result.products == [
        #"0: {"posProductId":"k","type":"GROUP","status":"AVAILABLE","children":[{"posProductId":"2"}]}"#,
        #"0: {"posProductId":"2","type":"SINGLE","status":"AVAILABLE","price":{"value":400,"currency":"SGD"}}"#,
        #"1: {"posProductId":"k","type":"GROUP","status":"AVAILABLE","children":[{"posProductId":"1"},{"posProductId":"2"}]}"#,
        #"1: {"posProductId":"1","type":"SINGLE","status":"AVAILABLE","price":{"value":500,"currency":"SGD"}}"#,
        #"1: {"posProductId":"2","type":"SINGLE","status":"AVAILABLE","price":{"value":500,"currency":"SGD"}}"#,
      ])
  }

  @Test(
    "mistakes in stores are refused",
    arguments: [
      (
        "stores: {each: plain, id: x}",
        "m.yaml, line 4, position 16: stores: {each: …} takes a column with a * in its header (found: "
          + "\"plain\"). Name it under columns:, such as price: Price [*]."
      ),
      (
        "stores: {each: p}",
        "m.yaml, line 4, position 9: \"id\" is missing in stores. Add it: id: …"
      ),
      (
        "stores: {each: p, id: x}\nstore: y",
        "m.yaml, line 5, position 8: store: and stores: exclude each other. Keep store: where a row "
          + "names its store, stores: where each column is one."
      ),
    ])
  func refuses(lines: String, message: String) {
    let book = Workbook(
      """
      kind: products
      files: products/*.csv
      columns: {plain: P, p: "P *"}
      \(lines)
      products: [{type: SINGLE, posProductId: "${id}", status: AVAILABLE}]
      """)
    #expect(book.mistakes() == [message])
  }
}
