import Contract
import Records
import RowMapping
import Testing

/// What `check` says about an order mapping.
struct OrderMistakeTests {
  private static let good = """
    kind: orders
    file: orders/${requestOrderId}.csv
    format: csv
    records:
      - each: {line: orderProducts}
        columns: {CODE: '${line.posProductId}'}
    """

  @Test("a good mapping has no mistakes and nothing to note")
  func acceptsGood() throws {
    #expect(OrderBook(Self.good).mistakes() == [])
    #expect(try OrderBook(Self.good).compile().notes == [])
  }

  @Test(
    "each mistake is told with its place and what to write instead",
    arguments: [
      (
        "file: orders/${requestOrderId}.csv", "fil: x",
        [
          "o.yaml, line 1, position 1: \"file\" is missing in o.yaml. Add it: file: …",
          "o.yaml, line 2, position 1: \"fil\" is not a key of o.yaml. Did you mean \"file\"?",
        ]
      ),
      (
        "orders/${requestOrderId}.csv", "/orders/${requestOrderId}.csv",
        [
          "o.yaml, line 2, position 7: file: names a file below Outbox/ (found: "
            + "\"/orders/${requestOrderId}.csv\"). Write it relative to Outbox/, without names that "
            + "begin with a point, such as orders/${requestOrderId}.csv."
        ]
      ),
      (
        "orders/${requestOrderId}.csv", "../${requestOrderId}.csv",
        [
          "o.yaml, line 2, position 7: file: names a file below Outbox/ (found: "
            + "\"../${requestOrderId}.csv\"). Write it relative to Outbox/, without names that "
            + "begin with a point, such as orders/${requestOrderId}.csv."
        ]
      ),
      (
        "orders/${requestOrderId}.csv", "orders/${posStoreId}-${@orderStatus}.csv",
        [
          "o.yaml, line 2, position 7: every file would have the same name, and only the first could "
            + "be written (found: \"orders/${posStoreId}-${@orderStatus}.csv\"). Put what tells them "
            + "apart into it: ${requestOrderId}."
        ]
      ),
      (
        "${requestOrderId}", "${@posOrderID}",
        [
          "o.yaml, line 2, position 7: the connector knows nothing of this name (found: "
            + "\"@posOrderID\"). Did you mean \"@posOrderId\"?"
        ]
      ),
      (
        "${requestOrderId}", "${@x}",
        [
          "o.yaml, line 2, position 7: the connector knows nothing of this name (found: \"@x\"). It "
            + "knows @posOrderId, @orderStatus, @flags, @receivedAt."
        ]
      ),
      (
        "format: csv", "format: xml",
        [
          "o.yaml, line 3, position 9: orders are written in no such format (found: \"xml\"). The "
            + "formats are: csv, json, template; XML and fixed width are written by a template."
        ]
      ),
      (
        "format: csv", "format: template",
        [
          "o.yaml, line 3, position 9: the format template does not say which template. Write format: "
            + "{type: template, template: order.mustache}."
        ]
      ),
      (
        "format: csv", "format: {type: template, template: ../order.mustache, delimiter: ;}",
        [
          "o.yaml, line 3, position 36: a mapping reads files that stand beside it only (found: "
            + "\"../order.mustache\"). Put the template beside the mapping and write its name alone.",
          "o.yaml, line 3, position 55: \"delimiter\" is not a key of format. Its keys are: "
            + "encoding, newline, template, type.",
        ]
      ),
      (
        "format: csv", "format: {quote: some, newline: crl, header: yes, delimiter: '::'}",
        [
          "o.yaml, line 3, position 61: the delimiter is one ASCII character (found: \"::\"). Write it "
            + "in quotes, such as delimiter: \";\", or delimiter: tab.",
          "o.yaml, line 3, position 17: \"quote\" is one of minimal, all, none (found: \"some\"). "
            + "Write one of them.",
          "o.yaml, line 3, position 32: \"newline\" is one of lf, crlf, cr (found: \"crl\"). Did you "
            + "mean \"crlf\"?",
          "o.yaml, line 3, position 45: \"header\" is one of none, first (found: \"yes\"). Write "
            + "one of them.",
        ]
      ),
      (
        "format: csv", "format: json",
        [
          "o.yaml, line 4, position 1: a JSON file has no lines. Write body: with the file's keys and "
            + "values instead of records:."
        ]
      ),
      (
        "format: csv", "body: {a: b}",
        [
          "o.yaml, line 3, position 1: body: belongs to format: json. Write format: json, or records: "
            + "instead of body:."
        ]
      ),
      (
        "format: csv", "marker: a/b",
        [
          "o.yaml, line 3, position 9: marker: is what the marker's name has behind that of the order's "
            + "file (found: \"a/b\"). Write for example marker: .done, and ORDER.csv is followed by "
            + "ORDER.csv.done."
        ]
      ),
      (
        "columns:", "colums:",
        [
          "o.yaml, line 5, position 5: the record has no columns. Add columns: with NAME: ${…} for each "
            + "cell, in the order of the line.",
          "o.yaml, line 6, position 5: \"colums\" is not a key of record. Did you mean \"columns\"?",
        ]
      ),
      (
        "'${line.posProductId}'", "[a]",
        [
          "o.yaml, line 6, position 21: the column \"CODE\" takes one text. Write CODE: ${…}, in quotes "
            + "where it stands inside {…}."
        ]
      ),
      (
        "${line.posProductId}", "${line.posProductId | lookup(codes)}",
        [
          "o.yaml, line 6, position 21: the mapping has no table of this name (found: \"codes\"). Write "
            + "it under tables:, as codes: {WORD: MEANING}."
        ]
      ),
      (
        "${line.posProductId}", "${customer}",
        [
          "o.yaml, line 6, position 21: an object stands where a text is needed (found: \"customer\"). "
            + "Name a field in it, such as ${customer.name}; it holds: name, phone."
        ]
      ),
      (
        "${line.posProductId}", "${line.modifiers}",
        [
          "o.yaml, line 6, position 21: a list stands where a text is needed (found: "
            + "\"line.modifiers\"). Open it with each: {inner: line.modifiers}, and read ${inner.…}; "
            + "it holds: posProductId, name, quantity, price."
        ]
      ),
      (
        "{line: orderProducts}", "{line: [orderProducts]}",
        [
          "o.yaml, line 5, position 18: each takes a name, or levels with their names. Write each: "
            + "choice, or each: {group: item.groups, option: group.options}."
        ]
      ),
      (
        "records:", "rows: {item: $}\nrecords:",
        [
          "o.yaml, line 4, position 1: \"rows\" is not a key of o.yaml. Its keys are: body, currency, "
            + "dates, file, format, kind, marker, numbers, records, tables, tests, unless, values, "
            + "where."
        ]
      ),
    ])
  func tellsMistakes(old: String, new: String, problems: [String]) {
    #expect(OrderBook(Self.good.replacing(old, with: new)).mistakes() == problems)
  }

  @Test("fields that the contract does not name are read, and noted with the nearest that it names")
  func notesFields() throws {
    let book = OrderBook(
      """
      kind: orders
      file: ${requestOrderId}.csv
      format: {type: csv, header: none}
      where: {tabel: present, channelOrderID: present}
      records:
        - each: {line: orderProduct, part: line.parts}
          columns: {A: '${lien.name}', B: '${line.nmae}', C: '${part.x}', D: '${customer.nam}'}
        - each: {line: orderProducts, m: line.modifiers}
          columns: {A: '${line.price.value}', B: '${line.posProductID}', C: '${m.colour}',
                    D: '${orderAmount.value}', E: '${m.nam}', F: '${m.price.value}'}
      """)
    let read = "It is read anyway; look at a real order whether D-Store sends it."
    func note(_ line: Int, _ position: Int, _ word: String, _ remedy: String) -> String {
      "o.yaml, line \(line), position \(position): the contract names no such field of an order "
        + "(found: \"\(word)\"). \(remedy)"
    }
    let notes = try book.compile().notes.map(\.description)
    #expect(
      notes == [
        note(6, 5, "orderProduct", "Did you mean \"orderProducts\"?"),
        note(4, 9, "tabel", read),
        note(4, 25, "channelOrderID", "Did you mean \"channelOrderId\"?"),
        note(7, 18, "lien.name", "Did you mean \"line\"?"),
        note(7, 72, "customer.nam", "Did you mean \"name\"?"),
        note(9, 44, "line.posProductID", "Did you mean \"posProductId\"?"),
        note(9, 71, "m.colour", read),
        note(10, 45, "m.nam", "Did you mean \"name\"?"),
      ])
  }

  @Test("the contract's fields that a mapping reads are known, each once")
  func listsFields() throws {
    let mapping = try OrderBook(
      Self.good.replacing("CODE", with: "A: '${customer.name}', B: '${line.posProductId}', CODE")
    ).compile()
    #expect(
      mapping.fieldsInUse.map(\.path) == [
        "requestOrderId", "customer.name", "orderProducts[].posProductId",
      ])
  }
}
