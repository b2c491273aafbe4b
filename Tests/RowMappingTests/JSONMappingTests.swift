import RowMapping
import Testing

struct JSONMappingTests {
  private static let menu = """
    {"shop": {"currency": "SGD", "prefix": "p-"},
     "menu": {"categories": [
       {"name": "Noodles", "items": [
         {"code": 1, "title": "Laksa", "price": 6.5, "tags": ["hot", "soup"],
          "groups": [
            {"id": "g1", "name": "Size", "min": 1, "max": 1, "options": [
               {"id": "o1", "name": "L", "price": 1},
               {"id": "o2", "name": "\\u004d", "price": 0}]},
            {"id": "g2", "name": "Empty", "options": []}]},
         {"code": 2, "title": "Mee", "price": null, "groups": null}]},
       {"name": "Closed", "items": []}]},
     "suffix": "!"}
    """

  private static let nested = Workbook(
    """
    kind: products
    files: products/*.json
    format: json
    rows: {category: menu.categories, item: items}
    columns: {title: item.title}
    products:
      - type: SINGLE
        posProductId: ${$.shop.prefix}${item.code}
        status: AVAILABLE
        name: ${title}${$.suffix}
        price: ${item.price}
        category: ${category.name}
        description: ${item.tags | join(", ")}
        children:
          - each: {group: item.groups}
            when: {group.options: present}
            posProductId: ${group.id}
      - type: GROUP
        each: {group: item.groups}
        posProductId: ${group.id}
        status: AVAILABLE
        name: ${group.name}
        children:
          - each: {option: group.options}
            posProductId: ${option.id}
            minQuantity: ${group.min}
            maxQuantity: ${group.max}
      - type: MODIFIER
        each: {group: item.groups, option: group.options}
        posProductId: ${option.id}
        status: AVAILABLE
        name: ${option.name}
        price: ${option.price}
    """.replacing("when: {group.options: present}", with: "when: {group.min: present}"))

  @Test("lists in lists become products, with the fields of every level above and behind them")
  func maps() {
    let result = Self.nested.run(json: Self.menu)
    #expect(result.problems == [])
    #expect(
      result.products == [
        #"{"posProductId":"p-1","type":"SINGLE","status":"AVAILABLE","name":"Laksa!","price":{"value":650,"currency":"SGD"},"description":"hot, soup","category":"Noodles","children":[{"posProductId":"g1"}]}"#,
        #"{"posProductId":"g1","type":"GROUP","status":"AVAILABLE","name":"Size","children":[{"posProductId":"o1","minQuantity":1,"maxQuantity":1},{"posProductId":"o2","minQuantity":1,"maxQuantity":1}]}"#,
        #"{"posProductId":"o1","type":"MODIFIER","status":"AVAILABLE","name":"L","price":{"value":100,"currency":"SGD"}}"#,
        #"{"posProductId":"o2","type":"MODIFIER","status":"AVAILABLE","name":"M","price":{"value":0,"currency":"SGD"}}"#,
        #"{"posProductId":"p-2","type":"SINGLE","status":"AVAILABLE","name":"Mee!","category":"Noodles"}"#,
      ])
    #expect(result.outcome.records == 2)
    #expect(result.outcome.unmet == [])
  }

  @Test("a problem stands on the line of its item, counted once through the element")
  func tellsLines() {
    let result = Self.nested.run(
      json: """
        {"menu": {"categories": [
          {"name": "A", "items": [
            {"code": 1, "price": 1},

            {"code": 2, "price": "x"}, {"code": 3, "price": "y"}
          ]},
          {"items": [{"code": 4,
            "price": "z"}]}]}}
        """)
    func problem(_ line: Int, _ record: Int, _ value: String) -> String {
      "Inbox/menu.json, line \(line), record \(record), \"item.price\": this is not a number as the "
        + "mapping writes them (found: \"\(value)\"). numbers: says decimal \".\", no thousands "
        + "separator; correct the value in the POS, "
        + "or the statement."
    }
    #expect(result.problems == [problem(5, 2, "x"), problem(5, 3, "y"), problem(7, 4, "z")])
    #expect(result.outcome.badRows.map(\.cells) == [[], [], []])
    #expect(
      result.outcome.unmet == [
        "item.groups", "$.shop.prefix", "item.title", "$.suffix", "item.tags",
      ])
  }

  @Test("a list of rows that no element has refuses the file, below the first level too")
  func refusesMissingLists() {
    let result = Self.nested.run(json: #"{"menu": {"categories": [{"itmes": []}, {"name": "B"}]}}"#)
    #expect(
      result.problems == [
        "Inbox/menu.json, \"items\": no element of the export has this list, which the mapping's rows: "
          + "names. Compare rows: in m.yaml with the export."
      ])
    #expect(!result.outcome.isWhole)
    #expect(!BadRowPolicy(skips: true, limit: .percent(100)).allows(result.outcome))
    let empty = Self.nested.run(json: #"{"menu": {"categories": [{"items": []}, {"name": "B"}]}}"#)
    #expect(empty.problems == [])
    #expect(empty.outcome.isWhole)
    #expect(Self.nested.run(json: #"{"menu": {"categories": []}}"#).problems == [])
  }

  @Test("something that is no list refuses the file, and says what stands there")
  func refusesOtherKinds() {
    let result = Self.nested.run(
      json: #"{"menu": {"categories": [{"items": [{"code": 2}]},\#n{"items": "none"}]}}"#)
    #expect(
      result.problems == [
        "Inbox/menu.json, line 2, \"items\": a string stands where the mapping expects a list (found: "
          + "\"\"none\"\"). Correct the path in the mapping, or what the field holds."
      ])
    #expect(!result.outcome.isWhole)
    #expect(result.products.count == 1)
  }

  @Test("objects keyed by name are walked, and their names are there")
  func walksObjects() {
    let result = Workbook(
      """
      kind: products
      files: products/*.json
      format: json
      rows: {category: categories.*, item: items.*}
      columns: {key: "item.@key"}
      products:
        - type: SINGLE
          posProductId: ${category.@key}-${key}
          status: AVAILABLE
          name: ${item}
          children:
            - each: {size: "category.sizes.*.list"}
              posProductId: ${size}
      """
    ).run(
      json: """
        {"categories": {
          "no\\"odles": {"items": {"a": "Laksa", "b": "Mee"}, "sizes": {"x": {"list": ["S"]}, "y": {}, "z": {"list": ["L"]}}},
          "rice": {"items": {"a": "Biryani"}}}}
        """)
    #expect(
      result.products == [
        #"{"posProductId":"no\"odles-a","type":"SINGLE","status":"AVAILABLE","name":"Laksa","children":[{"posProductId":"S"},{"posProductId":"L"}]}"#,
        #"{"posProductId":"no\"odles-b","type":"SINGLE","status":"AVAILABLE","name":"Mee","children":[{"posProductId":"S"},{"posProductId":"L"}]}"#,
        #"{"posProductId":"rice-a","type":"SINGLE","status":"AVAILABLE","name":"Biryani"}"#,
      ])
    #expect(result.outcome.isWhole == false)
    #expect(result.problems.count == 2)
  }

  @Test("the whole file may be one list, or one value a line")
  func walksRoots() {
    let yaml = """
      kind: products
      files: products/*.json
      format: FORMAT
      rows: {item: $}
      products: [{type: SINGLE, posProductId: "${item.id}", status: "${item.on | lookup(t)}"}]
      tables: {t: {"true": AVAILABLE, "false": UNAVAILABLE}}
      """
    let products = [
      #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE"}"#,
      #"{"posProductId":"2","type":"SINGLE","status":"UNAVAILABLE"}"#,
    ]
    let list = Workbook(yaml.replacing("FORMAT", with: "json"))
    #expect(
      list.run(json: #"[{"id": 1, "on": true}, {"id": "2", "on": false}]"#).products == products)
    let lines = Workbook(yaml.replacing("FORMAT", with: "json-lines"))
    #expect(
      lines.run(json: "{\"id\": 1, \"on\": true}\n\n{\"id\": \"2\", \"on\": false}\n").products
        == products)
  }

  @Test("an object or a nested list where a text is needed is a bad row")
  func refusesNested() {
    let result = Self.nested.run(
      json: #"{"menu": {"categories": [{"items": [{"code": {"x": 1}, "tags": [[1]]}]}]}}"#)
    let place = "Inbox/menu.json, line 1, record 1, "
    #expect(
      result.problems
        == [
          place
            + #""item.code": an object stands where a text is needed (found: "{"x": 1}"). Name the field inside it, as in ${item.price.value}."#,
          place + #""item.tags": a list stands in a list of texts (found: "[[1]]")."#,
        ].map { $0.replacing("\"item.code\"", with: "\"item.code\"") })
  }

  @Test("files that belong together work with JSON too")
  func joins() {
    let result = Workbook(
      """
      kind: products
      files: {items: items.json, m: mods.csv}
      format: json
      rows: {item: $}
      products:
        - type: MODIFIER
          each: {m: m}
          when: {m.For: "${item.id}"}
          posProductId: ${item.id}-${m.Code}
          status: AVAILABLE
      """
    ).run(json: #"[{"id": 1}]"#, joined: ["For|Code\n1|a\n2|b\n1|c"])
    #expect(
      result.products == [
        #"{"posProductId":"1-a","type":"MODIFIER","status":"AVAILABLE"}"#,
        #"{"posProductId":"1-c","type":"MODIFIER","status":"AVAILABLE"}"#,
      ])
  }

  @Test(
    "mistakes in a JSON mapping are refused",
    arguments: [
      (
        "json", "{}", "x",
        "m.yaml, line 4, position 7: a JSON mapping must say which list holds its rows. Write for "
          + "example rows: {item: menu.items}, or rows: {item: $} where the whole file is one list."
      ),
      (
        "json", "{item: [a]}", "${item.id}",
        "m.yaml, line 4, position 14: a level is one dotted path. Write for example rows: {category: "
          + "menu.categories, item: items}."
      ),
      (
        "json", "{item: menus.*.items}", "${item.id}",
        "m.yaml, line 4, position 14: in the first level a * may stand at the end only (found: "
          + "\"menus.*.items\"). Make two levels of it, such as {menu: menus.*, item: items}."
      ),
      (
        "json-lines", "{item: menu.items}", "${item.id}",
        "m.yaml, line 4, position 14: with one JSON value a line the first level is the line itself "
          + "(found: \"menu.items\"). Write $ for the first level, and a further level for a list inside "
          + "it."
      ),
      (
        "json", "{item: $}", "${itm.id}",
        "m.yaml, line 5, position 41: this is no field of an open level (found: \"itm.id\"). Begin it "
          + "with a level: ${$.…}, ${item.…}."
      ),
    ])
  func refuses(format: String, rows: String, id: String, message: String) {
    let book = Workbook(
      """
      kind: products
      files: products/*.json
      format: \(format)
      rows: \(rows)
      products: [{type: SINGLE, posProductId: "\(id)", status: AVAILABLE}]
      """)
    #expect(book.mistakes() == [message])
  }

  @Test("a column of a JSON mapping is a path")
  func refusesColumns() {
    let book = Workbook(
      """
      kind: products
      files: products/*.json
      format: json
      rows: {item: $}
      columns: {a: name, b: [item.x]}
      products: [{type: SINGLE, posProductId: "${a}", status: AVAILABLE}]
      """)
    #expect(
      book.mistakes().prefix(2) == [
        "m.yaml, line 5, position 14: in a JSON mapping the column \"a\" needs a path that begins with a "
          + "level. Write for example a: item.name; open here: $, item.",
        "m.yaml, line 5, position 23: in a JSON mapping the column \"b\" needs a path that begins with a "
          + "level. Write for example b: item.name; open here: $, item.",
      ])
  }
}
