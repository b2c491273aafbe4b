import RowMapping
import Testing

struct LevelTests {
  @Test("a template runs once for every column that a pattern matched")
  func walksColumns() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      columns:
        choice: {header: Modifier - "*", optional: true}
      products:
        - type: SINGLE
          posProductId: ${id}
          status: AVAILABLE
          children:
            - each: {c: choice}
              when: {c.value: Y}
              posProductId: mod-${c.match | slug}
              maxQuantity: 1
        - type: MODIFIER
          each: choice
          when: {choice: Y}
          posProductId: mod-${each.match | slug}
          status: AVAILABLE
          name: ${each.match}
      """)
    let table = book(
      result, "id|Modifier - \"Extra Egg\"|x|Modifier - \"Chili\"\nA|Y||N\nB|Y||Y\nC|||")
    #expect(table.problems == [])
    #expect(
      table.products == [
        #"{"posProductId":"A","type":"SINGLE","status":"AVAILABLE","children":[{"posProductId":"mod-extra-egg","maxQuantity":1}]}"#,
        #"{"posProductId":"mod-extra-egg","type":"MODIFIER","status":"AVAILABLE","name":"Extra Egg"}"#,
        #"{"posProductId":"B","type":"SINGLE","status":"AVAILABLE","children":[{"posProductId":"mod-extra-egg","maxQuantity":1},{"posProductId":"mod-chili","maxQuantity":1}]}"#,
        #"{"posProductId":"mod-chili","type":"MODIFIER","status":"AVAILABLE","name":"Chili"}"#,
        #"{"posProductId":"C","type":"SINGLE","status":"AVAILABLE"}"#,
      ])
    #expect(
      book(result, "id\nA").products == [
        #"{"posProductId":"A","type":"SINGLE","status":"AVAILABLE"}"#
      ])
  }

  private func book(_ workbook: Workbook, _ table: String) -> Workbook.Result {
    workbook.run(table)
  }

  private static let joined = Workbook(
    """
    kind: products
    files: {items: products/items*.csv, m: products/mods*.csv}
    products:
      - type: SINGLE
        posProductId: ${id}
        status: AVAILABLE
        children:
          - each: {m: m}
            when: {m.Group Name: '${Groups | split(",")}'}
            posProductId: ${m.Group Name | slug}-${m.Modifier | slug}
      - type: MODIFIER
        each: {m: m}
        when: {m.Group Name: '${Groups | split(",")}'}
        posProductId: ${m.Group Name | slug}-${m.Modifier | slug}
        status: AVAILABLE
        price: ${m.Price}
    """)

  @Test("a template runs for every record of another file that belongs to the row")
  func joins() {
    let result = Self.joined.run(
      "id|Groups\n1|Sauce, Size\n2|Size\n3|",
      joined: ["Group Name|Modifier|Price\nSauce|Hot|0\nSize|L|1.50\nOther|x|9"])
    #expect(result.problems == [])
    #expect(
      result.products == [
        #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","children":[{"posProductId":"sauce-hot"},{"posProductId":"size-l"}]}"#,
        #"{"posProductId":"sauce-hot","type":"MODIFIER","status":"AVAILABLE","price":{"value":0,"currency":"SGD"}}"#,
        #"{"posProductId":"size-l","type":"MODIFIER","status":"AVAILABLE","price":{"value":150,"currency":"SGD"}}"#,
        #"{"posProductId":"2","type":"SINGLE","status":"AVAILABLE","children":[{"posProductId":"size-l"}]}"#,
        #"{"posProductId":"3","type":"SINGLE","status":"AVAILABLE"}"#,
      ])
  }

  @Test("what is wrong with a joined record names its column")
  func namesJoinedColumns() {
    let result = Self.joined.run(
      "id|Groups\n1|Sauce", joined: ["Group Name|Modifier|Price\nSauce|Hot|free"])
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 2, record 1, \"m.Price\": this is not a number as the mapping writes them "
          + "(found: \"free\"). numbers: says decimal \".\", no thousands separator; correct the value in "
          + "the POS, or the statement."
      ])
    #expect(
      Self.joined.run("id|Groups\n1|Sauce", joined: ["Group|Modifier|Price\n"]).problems == [
        "Inbox/joined0.csv, \"Group Name\": the export has no column \"Group Name\", which the mapping "
          + "needs (m.yaml, line 9, position 16). It has: \"Group\", \"Modifier\", \"Price\". Put the "
          + "right one into the mapping."
      ])
  }

  @Test(
    "a level that cannot be opened is refused",
    arguments: [
      (
        "each: {c: chioce}",
        "m.yaml, line 6, position 15: each opens no such level (found: \"chioce\"). It takes the name of "
          + "a column with a * in its header, a list such as item.groups, or a file that belongs to the "
          + "main one; no level is open here."
      ),
      (
        "each: plain",
        "m.yaml, line 6, position 11: each opens no such level (found: \"plain\"). It takes the name of "
          + "a column with a * in its header, a list such as item.groups, or a file that belongs to the "
          + "main one; no level is open here."
      ),
      (
        "each: [choice]",
        "m.yaml, line 6, position 11: each takes a name, or levels with their names. Write each: choice, "
          + "or each: {group: item.groups, option: group.options}."
      ),
      (
        "each: choice\n    name: ${each.mach}",
        "m.yaml, line 7, position 11: the level has no such field (found: \"each.mach\"). It has "
          + "each.match and each.value."
      ),
      (
        "each: m\n    name: ${each}",
        "m.yaml, line 7, position 11: the level has no such field (found: \"each\"). Name one of its "
          + "columns: ${each.COLUMN}."
      ),
    ])
  func refuses(lines: String, message: String) {
    let book = Workbook(
      """
      kind: products
      files: {items: items.csv, m: mods.csv}
      columns: {choice: "M *", plain: P}
      products:
        - type: SINGLE
          \(lines)
          posProductId: ${id}
          status: AVAILABLE
      """)
    #expect(book.mistakes() == [message])
  }
}
