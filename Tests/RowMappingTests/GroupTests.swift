import RowMapping
import Testing

struct GroupTests {
  private static let variants = """
    kind: products
    files: products/*.csv
    rows: {groupBy: Handle, inherit: [Name, Text]}
    WHERE
    products:
      - type: GROUP
        once: group
        posProductId: g-${Handle}
        name: ${Name}
        status: AVAILABLE
        children:
          - each: rows
            posProductId: ${SKU}
      - type: SINGLE
        posProductId: ${SKU}
        name: ${Name} ${Size}
        price: ${Price}
        status: AVAILABLE
        description: ${Text}
    """

  private func book(_ conditions: String = "", _ more: String = "") -> Workbook {
    Workbook(Self.variants.replacing("WHERE", with: conditions) + more)
  }

  private func single(_ id: String, _ name: String, _ price: Int, _ rest: String = "") -> String {
    #"{"posProductId":"\#(id)","type":"SINGLE","status":"AVAILABLE","name":"\#(name)","price":{"value":\#(price),"currency":"SGD"}\#(rest)}"#
  }

  private func group(_ id: String, _ name: String, _ children: String...) -> String {
    let list = children.map { #"{"posProductId":"\#($0)"}"# }.joined(separator: ",")
    return
      #"{"posProductId":"\#(id)","type":"GROUP","status":"AVAILABLE","name":"\#(name)","children":[\#(list)]}"#
  }

  @Test("rows of one item are one group with children, and inherit from any row, before or after")
  func groups() {
    let result = book().run(
      """
      Handle|SKU|Name|Size|Price|Text
      kopi|K1||L|3|
      kopi|K2|Kopi|M|2|hot
      kopi|K3||S|1|
      teh|T1|Teh||2|
      """)
    #expect(result.problems == [])
    #expect(
      result.products == [
        group("g-kopi", "Kopi", "K1", "K2", "K3"),
        single("K1", "Kopi L", 300, #","description":"hot""#),
        single("K2", "Kopi M", 200, #","description":"hot""#),
        single("K3", "Kopi S", 100, #","description":"hot""#),
        group("g-teh", "Teh", "T1"), single("T1", "Teh", 200),
      ])
  }

  @Test("rows without the group's text stand alone")
  func separatesEmptyKeys() {
    let result = book("values: {own: \"${Handle | default(SKU)}\"}").run(
      "Handle|SKU|Name|Size|Price|Text\n|X1|Water||1|\n|X2|||1|")
    #expect(result.products.filter { $0.contains("SINGLE") } == [single("X1", "Water", 100)])
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 3, record 2, \"posProductId\": a different product with this id stands "
          + "on line 2 (found: \"g-\"). Give each its own code in the POS, or tell them apart in the "
          + "mapping, for example posProductId: ${Code}-${Size}."
      ])
  }

  @Test("rows that nobody wants still give what they have, and make nothing")
  func filtersAfterInheriting() {
    let result = book("unless: {Size: XL}").run(
      """
      Handle|SKU|Name|Size|Price|Text
      kopi|K1|Kopi|XL|3|
      kopi|K2||M|2|
      kopi|K3||S|1|
      """)
    #expect(result.problems == [])
    #expect(
      result.products == [
        group("g-kopi", "Kopi", "K2", "K3"), single("K2", "Kopi M", 200),
        single("K3", "Kopi S", 100),
      ])
    #expect(result.outcome.records == 3)
  }

  @Test("a condition sees what a row inherits")
  func conditionsInherit() {
    let result = book("where: {Name: Kopi}").run(
      "Handle|SKU|Name|Size|Price|Text\nkopi|K1||L|3|\nkopi|K2|Kopi||2|\nteh|T1|Teh||1|")
    #expect(
      result.products == [
        group("g-kopi", "Kopi", "K1", "K2"), single("K1", "Kopi L", 300), single("K2", "Kopi", 200),
      ])
  }

  @Test("a group that comes back is a problem of each of its rows")
  func refusesReturning() {
    let result = book().run(
      "Handle|SKU|Name|Size|Price|Text\nkopi|K1|Kopi|L|3|\nteh|T1|Teh||1|\nkopi|K2||M|2|\nkopi|K3||S|x|"
    )
    let message =
      "this group of rows stood further up already, with other rows between. Sort the export by the "
      + "column that rows: {groupBy: …} names."
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 4, record 3: " + message,
        "Inbox/menu.csv, line 5, record 4: " + message,
      ])
    #expect(result.outcome.badRecords == 2)
    #expect(result.outcome.badRows.count == 2)
  }

  @Test("rows that nobody wants may come back as they like")
  func letsUnwantedReturn() {
    let result = book("unless: {Handle: shipping}").run(
      "Handle|SKU|Name|Size|Price|Text\nshipping|||||\nteh|T1|Teh||1|\nshipping|||||")
    #expect(result.problems == [])
    #expect(result.products == [group("g-teh", "Teh", "T1"), single("T1", "Teh", 100)])
  }

  @Test("a bad row takes its whole group along, so that no group lacks a child")
  func staysWhole() {
    let result = book("onBadRow: skip\nmaxBadRows: 50%").run(
      """
      Handle|SKU|Name|Size|Price|Text
      kopi|K1|Kopi|L|3|
      kopi|K2||M|2..0|
      teh|T1|Teh||1|
      """)
    #expect(result.products == [group("g-teh", "Teh", "T1"), single("T1", "Teh", 100)])
    #expect(result.outcome.badRecords == 1)
    #expect(result.outcome.repeated == [["g-kopi", "K1", "K2"]])
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 3, record 2, \"Price\": this is not a number as the mapping writes them "
          + "(found: \"2..0\"). numbers: says decimal \".\", no thousands separator; correct the value in the POS, "
          + "or the statement."
      ])
  }

  @Test("a child's problem stands on the child's own row")
  func placesChildren() {
    let result = book().run("Handle|SKU|Name|Size|Price|Text\nkopi|K1|Kopi|L|3|\nkopi|||M|2|")
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 3, record 2, \"SKU\": \"posProductId\" is empty, and the contract requires "
          + "it. Fill it in the POS, give a fallback with default(…), or leave such rows out with "
          + "unless: or when:."
      ])
  }

  @Test("rows that only inherit are good or bad each for itself")
  func rowsStandAlone() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      rows: {groupBy: Name, inherit: Text}
      onBadRow: skip
      maxBadRows: 1
      products:
        - {type: SINGLE, posProductId: "${SKU}", status: AVAILABLE, price: "${Price}", description: "${Text}"}
      """
    ).run("Name|SKU|Price|Text\nKopi|K1|1|\nKopi|K2|x|hot\nKopi|K3|3|")
    #expect(
      result.products == [
        #"{"posProductId":"K1","type":"SINGLE","status":"AVAILABLE","price":{"value":100,"currency":"SGD"},"description":"hot"}"#,
        #"{"posProductId":"K3","type":"SINGLE","status":"AVAILABLE","price":{"value":300,"currency":"SGD"},"description":"hot"}"#,
      ])
    #expect(result.outcome.repeated == [["K2"]])
  }

  @Test("rows may be grouped by a value")
  func groupsByValue() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      values: {key: "${Code | match(\\"^[A-Z]+\\") | lower}"}
      rows: {groupBy: key}
      products:
        - type: GROUP
          once: group
          posProductId: ${key}
          status: AVAILABLE
          children: [{each: rows, posProductId: "${Code}"}]
        - {type: SINGLE, posProductId: "${Code}", status: AVAILABLE}
      """.replacing("\\\"", with: "'")
    ).run("Code\nAB1\nAB2\nC1")
    #expect(
      result.products.map { $0.prefix(40) } == [
        #"{"posProductId":"ab","type":"GROUP","sta"#, #"{"posProductId":"AB1","type":"SINGLE","s"#,
        #"{"posProductId":"AB2","type":"SINGLE","s"#, #"{"posProductId":"c","type":"GROUP","stat"#,
        #"{"posProductId":"C1","type":"SINGLE","st"#,
      ])
  }

  @Test(
    "what needs a group is refused without one",
    arguments: [
      (
        "once: group",
        "m.yaml, line 5, position 11: once: group needs rows that are grouped (found: \"group\"). Say "
          + "rows: {groupBy: COLUMN}, and here once: group."
      ),
      (
        "each: rows",
        "m.yaml, line 5, position 11: each: rows needs rows that are grouped. Say rows: {groupBy: "
          + "COLUMN} in the mapping."
      ),
    ])
  func needsGroups(line: String, message: String) {
    let book = Workbook(
      """
      kind: products
      files: products/*.csv
      products:
        - type: SINGLE
          \(line)
          posProductId: ${id}
          status: AVAILABLE
      """)
    #expect(book.mistakes() == [message])
  }
}
