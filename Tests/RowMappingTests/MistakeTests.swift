import RowMapping
import Testing

/// What `check` says about a mapping that cannot be used.
struct MistakeTests {
  private static let good = """
    kind: products
    files: products/*.csv
    columns: {id: SKU}
    products:
      - type: SINGLE
        posProductId: ${id}
        status: AVAILABLE
    """

  @Test("a good mapping has no mistakes")
  func acceptsGood() {
    #expect(Workbook(Self.good).mistakes() == [])
  }

  @Test(
    "each mistake is told with its place and what to write instead",
    arguments: [
      (
        "columns:", "colums:",
        ["m.yaml, line 3, position 1: \"colums\" is not a key of m.yaml. Did you mean \"columns\"?"]
      ),
      (
        "type: SINGLE", "typ: SINGLE",
        [
          "m.yaml, line 5, position 5: the template does not fill \"type\", which the contract requires. "
            + "Add: type: ${…}.",
          "m.yaml, line 5, position 5: \"typ\" is not a key of template. Did you mean \"type\"?",
        ]
      ),
      (
        "status: AVAILABLE", "status: AVAILABEL",
        [
          "m.yaml, line 7, position 13: \"status\" must be one of AVAILABLE, UNAVAILABLE (found: "
            + "\"AVAILABEL\"). Did you mean \"AVAILABLE\"?"
        ]
      ),
      (
        "status: AVAILABLE", "status: ''",
        [
          "m.yaml, line 7, position 13: \"status\" is empty, and the contract requires it. Fill it in the "
            + "POS, give a fallback with default(…), or leave such rows out with unless: or when:."
        ]
      ),
      (
        "status: AVAILABLE", "status: AVAILABLE\n    price: 6.505",
        [
          "m.yaml, line 8, position 12: three digits stand behind the only separator, which may be a "
            + "decimal or a thousands sign, and SGD has 2 decimals (found: \"6.505\"). Write numbers: "
            + "{decimal: \",\", thousands: \".\"} in the mapping if it is 6505, or numbers: {decimal: "
            + "\".\"} if it is 6.505."
        ]
      ),
      (
        "status: AVAILABLE", "status: AVAILABLE\n    children: x",
        [
          "m.yaml, line 8, position 15: children: takes a list of templates, each beginning with \"- \"."
        ]
      ),
      (
        "status: AVAILABLE", "status: AVAILABLE\n    children: [{minQuantity: -x}]",
        [
          "m.yaml, line 8, position 30: this is not a number as the mapping writes them (found: "
            + "\"-x\"). numbers: says decimal \".\", no thousands separator; correct the value in the POS, "
            + "or the statement.",
          "m.yaml, line 8, position 16: the template does not fill \"posProductId\", which the contract "
            + "requires. Add: posProductId: ${…}.",
        ]
      ),
      (
        "status: AVAILABLE", "status: AVAILABLE\n    name: [a]",
        [
          "m.yaml, line 8, position 11: name: takes one text; quote it where ${…} stands inside {…}."
        ]
      ),
      (
        "${id}", "\"${id | lookup(shops)}\"",
        [
          "m.yaml, line 6, position 19: the mapping has no table of this name (found: \"shops\"). Write it "
            + "under tables:, as shops: {WORD: MEANING}."
        ]
      ),
      (
        "columns: {id: SKU}", "columns: {id: [], b: \"* *\", c: [x, {y: z}], d: {optional: true}}",
        [
          "m.yaml, line 3, position 15: the column \"id\" needs a header. Write NAME: Header, NAME: "
            + "[Header, Alias], or NAME: {header: Header, optional: true}; a header has at most one *.",
          "m.yaml, line 3, position 22: the column \"b\" needs a header. Write NAME: Header, NAME: "
            + "[Header, Alias], or NAME: {header: Header, optional: true}; a header has at most one *.",
          "m.yaml, line 3, position 32: the column \"c\" needs a header. Write NAME: Header, NAME: "
            + "[Header, Alias], or NAME: {header: Header, optional: true}; a header has at most one *.",
          "m.yaml, line 3, position 48: the column \"d\" needs a header. Write NAME: Header, NAME: "
            + "[Header, Alias], or NAME: {header: Header, optional: true}; a header has at most one *.",
        ]
      ),
      (
        "columns: {id: SKU}", "columns: {id: {header: SKU, optionl: yes}}",
        ["m.yaml, line 3, position 29: \"optionl\" is not a key of id. Did you mean \"optional\"?"]
      ),
      (
        "columns: {id: SKU}", "columns: {id: SKU}\nvalues: {id: x, v: [y]}",
        [
          "m.yaml, line 4, position 10: a column has this name already (found: \"id\"). Give the value a "
            + "name of its own.",
          "m.yaml, line 4, position 20: a value is one text.",
        ]
      ),
      (
        "columns: {id: SKU}", "columns: {id: SKU}\ntables: {a: [x], b: {c: [d]}}",
        [
          "m.yaml, line 4, position 13: a table is {WORD: MEANING, …} or the name of a CSV file.",
          "m.yaml, line 4, position 25: a word of a table means one text.",
        ]
      ),
      (
        "columns: {id: SKU}", "columns: {id: SKU}\nrows: {groupBy: \"${id}\"}",
        [
          "m.yaml, line 4, position 17: rows: takes the names of columns or values (found: \"${id}\"). "
            + "Write the name alone, as in groupBy: Handle."
        ]
      ),
      (
        "columns: {id: SKU}", "columns: {id: SKU}\nrows: {inherit: id}",
        ["m.yaml, line 4, position 7: \"groupBy\" is missing in rows. Add it: groupBy: …"]
      ),
      (
        "columns: {id: SKU}", "columns: {id: SKU}\nrows: {groupBy: id, inherit: v}\nvalues: {v: x}",
        ["m.yaml, line 4, position 30: only a column can be inherited (found: \"v\")."]
      ),
      (
        "columns: {id: SKU}",
        "columns: {id: SKU}\nmaxBadRows: few\nonBadRow: ignore\nguard: {maxDrop: 30}",
        [
          "m.yaml, line 5, position 11: \"onBadRow\" is one of reject-file, skip (found: \"ignore\"). Write "
            + "one of them.",
          "m.yaml, line 4, position 13: maxBadRows is a number or a percentage (found: \"few\"). Write "
            + "maxBadRows: 10, or maxBadRows: 2%.",
          "m.yaml, line 6, position 18: maxDrop is a percentage from 0% to 100% (found: \"30\"). Write "
            + "guard: {maxDrop: 30%}.",
        ]
      ),
      (
        "files: products/*.csv", "files:",
        [
          "m.yaml, line 1, position 1: the mapping does not say which files it reads. Add for example: "
            + "files: products/*.csv (below Inbox/)."
        ]
      ),
      (
        "files: products/*.csv", "files: {a: x.csv, b: [y.csv]}",
        [
          "m.yaml, line 2, position 22: \"b\" takes one pattern of file names. Write files: {items: "
            + "products/items*.csv, modifiers: products/mods*.csv}."
        ]
      ),
      (
        "files: products/*.csv", "files: products/*.csv\nformat: {type: cvs, delimiter: ';;'}",
        [
          "m.yaml, line 3, position 16: there is no such format (found: \"cvs\"). Did you mean \"csv\"?",
          "m.yaml, line 3, position 32: the delimiter is one ASCII character (found: \";;\"). Write it in "
            + "quotes, such as delimiter: \";\", or delimiter: tab.",
        ]
      ),
      (
        "files: products/*.csv", "files: products/*.csv\nformat: xml",
        [
          "m.yaml, line 3, position 9: there is no such format (found: \"xml\"). The formats are: csv, "
            + "json, json-lines."
        ]
      ),
    ] as [(String, String, [String])])
  func tells(instead: String, written: String, messages: [String]) {
    #expect(Workbook(Self.good.replacing(instead, with: written)).mistakes() == messages)
  }

  @Test("a mapping without products is refused")
  func needsProducts() {
    #expect(
      Workbook("kind: products\nfiles: x.csv").mistakes() == [
        "m.yaml, line 1, position 1: the mapping makes no products. Add products: with at least one "
          + "template, beginning with \"- type: SINGLE\"."
      ])
  }

  @Test("an empty text for an optional field leaves it out")
  func leavesOutEmptyConstants() {
    let book = Workbook(Self.good + "\n    name: ''\n    price:")
    #expect(
      book.run("SKU\n1").products == [#"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE"}"#]
    )
  }

  @Test("an id may be the same for the whole file")
  func acceptsConstantIds() {
    let book = Workbook(Self.good.replacing("${id}", with: "fee"))
    let result = book.run("SKU\n1\n2")
    #expect(result.products == [#"{"posProductId":"fee","type":"SINGLE","status":"AVAILABLE"}"#])
    let different = Workbook(Self.good.replacing("${id}", with: "fee") + "\n    name: ${id}")
    #expect(different.run("SKU\n1\n2").problems.count == 1)
  }
}
