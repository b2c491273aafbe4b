import Records
import RowMapping
import Testing

/// What an order becomes: lines of cells, under a name.
struct OrderMappingTests {
  /// A mapping that writes one line for each product, with these cells.
  private static func cells(_ columns: String, _ rest: String = "") -> OrderBook {
    OrderBook(
      """
      kind: orders
      file: o/${requestOrderId}
      \(rest)
      records:
        - each: {line: orderProducts}
          columns: {\(columns)}
      """)
  }

  @Test("every product becomes a line, with fields of the order, of the product and our own")
  func mapsLines() {
    let book = OrderBook(
      """
      kind: orders
      file: orders/${posStoreId}/${requestOrderId}.csv
      records:
        - each: {line: orderProducts}
          columns:
            ORDERNO: ${channelOrderId}
            OURS: ${@posOrderId}
            CODE: ${line.posProductId}
            QTY: ${line.quantity}
            PRICE: ${line.price}
            NAME: ${$.customer.name}
            VIP: ${isVip}
      """)
    #expect(
      book.run() == [
        "orders/<S1>/<R-1.csv>",
        "0: GF-77|5feceb66ffc86f38|101|2|6.50|=Ann \"A\" Lim|true",
        "0: GF-77|5feceb66ffc86f38|102|1|1250|=Ann \"A\" Lim|true",
      ])
  }

  @Test(
    "amounts and fractions are written as numbers: says",
    arguments: [
      ("'${line.price}'", "", ["6.50", "1250"]),
      ("'${line.price}'", "numbers: {decimal: \",\"}", ["6,50", "1250"]),
      ("'${line.price}'", "numbers: {unit: minor}", ["650", "1250"]),
      ("'${line.price} ${line.price.currency}'", "", ["6.50 SGD", "1250 JPY"]),
      ("'${line.price.value}'", "", ["650", "1250"]),
      ("'${line.price | money}'", "numbers: {decimal: \",\"}", ["6,50", "1250,00"]),
      ("'${line.weight}'", "numbers: {decimal: \",\"}", ["0,75", ""]),
      ("'${line.weight | money}'", "numbers: {decimal: \",\"}", ["0,75", ""]),
      ("'${line.quantity}'", "numbers: {decimal: \",\"}", ["2", "1"]),
    ])
  func writesNumbers(template: String, style: String, cells: [String]) {
    #expect(
      Self.cells("A: \(template)", style).run() == ["o/<R-1>"] + cells.map { "0: \($0)" })
  }

  @Test(
    "a time is written as it came, and by the filter date as the POS writes times",
    arguments: [
      ("${expectFulfillmentTime}", "", "2026-01-31T12:30:00+08:00"),
      ("${expectFulfillmentTime | date}", "dates: dd.MM.yyyy HH:mm", "31.01.2026 12:30"),
      (
        "${expectFulfillmentTime | date}", "dates: {pattern: d.M.yy HH:mm, timeZone: Asia/Tokyo}",
        "31.1.26 13:30"
      ),
      ("${expectFulfillmentTime | date(\"HHmm\")}", "", "1230"),
      ("${expectFulfillmentTime | date(\"d.M.\")}", "", "31.1."),
      ("${expectFulfillmentTime | date(\"H:mm Uhr\")}", "", ""),
      ("${@receivedAt}", "", "2026-01-31T04:08:56+00:00"),
      ("${@receivedAt | date}", "", "2026-01-31T12:08:56+08:00"),
      ("${@receivedAt | date(\"yyyyMMddHHmmss\")}", "", "20260131120856"),
    ])
  func writesTimes(template: String, style: String, cell: String) {
    let run = Self.cells("A: '\(template)'", style).run()
    if cell.isEmpty {
      #expect(
        run == [
          "o.yaml, line 6, position 18: a date pattern is made of yyyy MM dd HH mm ss and signs "
            + "between them, like dd.MM.yyyy or HH:mm; hh with a is a clock of 12 hours, and unix means seconds since 1970 (found: \"H:mm Uhr\")."
        ])
    } else {
      #expect(run == ["o/<R-1>", "0: \(cell)", "0: \(cell)"])
    }
  }

  @Test("what fills a text up to a width keeps its spaces, also through a value; others lose them")
  func keepsPadding() {
    let book = Self.cells(
      "A: '${line.posProductId | pad(5)}', B: '${both}', C: ' ${line.note} '",
      "values: {both: '${table | padLeft(4)}${seats | pad(3)}'}")
    #expect(book.run() == ["o/<R-1>", "0: 101  |  T54  |no chili", "0: 102  |  T54  |"])
  }

  @Test("conditions choose lines, and lists are texts for them and for filters")
  func choosesLines() {
    let book = OrderBook(
      """
      kind: orders
      file: o/${requestOrderId}
      records:
        - each: {line: orderProducts}
          when: {line.tags: soup, line.quantity: "> 1"}
          columns: {TAGS: '${line.tags | join("+")}'}
      """)
    #expect(book.run() == ["o/<R-1>", "0: hot+soup"])
  }

  @Test("several kinds of line follow each other, and those of a record follow each of its lines")
  func nestsRecords() {
    let book = OrderBook(
      """
      kind: orders
      file: o/${requestOrderId}
      format: {type: csv, header: none}
      records:
        - columns: {TYPE: H, NO: '${channelOrderId}'}
        - each: {line: orderProducts}
          columns: {TYPE: L, CODE: '${line.posProductId}', QTY: '${line.quantity}'}
          records:
            - each: {extra: line.modifiers}
              columns: {TYPE: M, CODE: '${extra.posProductId}', OF: '${line.posProductId}'}
            - when: {line.note: present}
              columns: {TYPE: N, TEXT: '${line.note}'}
        - columns: {TYPE: E}
      """)
    #expect(
      book.run() == [
        "o/<R-1>", "0: H|GF-77", "1: L|101|2", "2: M|m1|101", "3: N|no chili", "1: L|102|1", "4: E",
      ])
  }

  @Test("a record without columns opens levels for the records in it")
  func opensLevels() {
    let book = OrderBook(
      """
      kind: orders
      file: o/${requestOrderId}
      records:
        - each: {line: orderProducts}
          records:
            - columns: {CODE: '${line.posProductId}'}
      """)
    #expect(book.run() == ["o/<R-1>", "0: 101", "0: 102"])
  }

  @Test("the named texts go with the lines to a template")
  func givesValues() {
    let book = OrderBook(
      """
      kind: orders
      file: o/${requestOrderId}.xml
      format: {type: template, template: order.mustache, newline: crlf, encoding: utf-16}
      values: {when: '${expectFulfillmentTime | date("dd.MM.")}', who: '${customer.name | upper}',
               parts: '${channelOrderId | split("-")}'}
      """)
    #expect(
      book.run() == ["o/<R-1.xml>", "when=31.01.", "who==ANN \"A\" LIM", "parts=GF, 77"])
  }

  @Test("the order's file is named by what the order says, and the literal folders are fixed")
  func namesFiles() throws {
    for (file, path, fixed) in [
      ("orders/${requestOrderId}.csv", "orders/<R-1.csv>", "orders"),
      ("${requestOrderId}", "<R-1>", ""),
      ("pos/in/${posStoreId}/x/${@posOrderId}", "pos/in/<S1>/x/<5feceb66ffc86f38>", "pos/in"),
      ("a/${requestOrderId | replace(\"-\", \"/\")}", "a/<R/1>", "a"),
      ("a/${requestOrderId | replace(\"}\\\"\", \"/\")}/b", "a/<R-1>/b", "a"),
    ] {
      let book = OrderBook("kind: orders\nfile: '\(file)'\nrecords: [{columns: {A: x}}]")
      #expect(book.run() == [path, "0: x"])
      #expect(try book.compile().fixedFolder == fixed)
    }
  }

  @Test("where and unless say for which orders a mapping is")
  func takesOrders() {
    let book = OrderBook(
      """
      kind: orders
      file: o/${requestOrderId}
      where: {posStoreId: S1, serviceType: [DINEIN, PICKUP], '@orderStatus': ORDER_SUCCESS}
      unless: {orderAmount: "> 100", table: T*}
      records: [{columns: {A: x}}]
      """)
    #expect(book.takes() == "yes")
    #expect(book.takes(OrderBook.order.replacing("1300", with: "10001")) == "no")
    #expect(book.takes(OrderBook.order.replacing("S1", with: "S2")) == "no")
    #expect(
      book.takes(OrderBook.order.replacing("{\"value\": 1300", with: "{\"wert\": 1300"))
        == "o.yaml, \"orderAmount\": an object stands where a text is needed "
        + "(found: \"{\"wert\": 1300, \"currency\": \"SGD\"}\"). Name the field inside it, as in "
        + "${item.price.value}.")
  }

  @Test(
    "what cannot be written keeps the order back, with the mapping's place and the field",
    arguments: [
      (
        "A: '${line.posProductId | lookup(t)}'",
        "o.yaml, line 6, position 18, \"line.posProductId\": the table \"t\" has no such word "
          + "(found: \"102\"). Add it to the table, or give a fallback: lookup(t, \"…\"). It has \"101\"."
      ),
      (
        "A: '${line.name | date}'",
        "o.yaml, line 6, position 18, \"line.name\": this is no time of ISO 8601 (found: "
          + "\"Laksa\"). Take the filter date away, and the field is written as it came."
      ),
      (
        "A: '${line.sauces}'",
        "o.yaml, line 6, position 18, \"line.sauces\": an object stands where a text is needed "
          + "(found: \"{\"name\": \"Sambal\"}\"). Name the field inside it, as in "
          + "${item.price.value}."
      ),
      (
        "A: '${line.tags} x'",
        "o.yaml, line 6, position 18, \"line.tags\": a list stands where one text is needed. End "
          + "the expression with join(\", \"), first or last."
      ),
    ])
  func keepsBack(columns: String, problem: String) {
    #expect(Self.cells(columns, "tables: {t: {\"101\": x, ab: y}}").run() == [problem])
  }

  @Test("a name that an order leaves empty keeps it back")
  func wantsName() {
    let book = OrderBook("kind: orders\nfile: a/${table}.csv\nrecords: [{columns: {A: x}}]")
    #expect(
      book.run("{}") == [
        "o.yaml, line 2, position 7, \"table\": the order leaves empty what its file's name is made "
          + "of (found: \".csv\"). Give a fallback in file:, such as ${… | default(requestOrderId)}."
      ])
  }

  @Test(
    "an id may begin with a point, whatever its file's name is made of",
    arguments: [
      ("o/${requestOrderId}", "o/<.R-1>"), ("o/${requestOrderId}.csv", "o/<.R-1.csv>"),
      ("o/${requestOrderId}/${table}x", "o/<.R-1>/<x>"), ("${requestOrderId}", "<.R-1>"),
      ("o/${table}${requestOrderId}.csv", "o/<.R-1.csv>"),
    ])
  func pointedIds(file: String, path: String) {
    let book = OrderBook("kind: orders\nfile: \(file)\nrecords: [{columns: {A: x}}]")
    #expect(book.run(#"{"requestOrderId": ".R-1"}"#) == [path, "0: x"])
  }

  @Test("an order that is no object, or has something else where a list should be, crashes nothing")
  func survivesOddOrders() {
    let book = Self.cells("A: '${line.posProductId}'")
    #expect(book.run("{\"requestOrderId\": \"R\"}") == ["o/<R>"])
    #expect(book.run("{\"requestOrderId\": \"R\", \"orderProducts\": null}") == ["o/<R>"])
    #expect(book.run("{\"requestOrderId\": \"R\", \"orderProducts\": [[]]}") == ["o/<R>", "0: "])
    #expect(
      book.run("{\"requestOrderId\": \"R\", \"orderProducts\": \"x\"}") == [
        "o.yaml, line 5, position 5, \"orderProducts\": a string stands where the mapping expects a "
          + "list (found: \"\"x\"\"). Correct the path in the mapping, or what the field holds."
      ])
    #expect(
      book.run("{\"requestOrderId\": \"R\", \"orderProducts\": [1]}") == [
        "o.yaml, line 6, position 18, \"line.posProductId\": a number stands where the mapping looks "
          + "for the field \"posProductId\" (found: \"1\"). Correct the path in the mapping, or what "
          + "the field holds."
      ])
  }
}
