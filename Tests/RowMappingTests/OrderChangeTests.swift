import Records
import RowMapping
import Testing
import YAML

/// Changes of orders, and what else an order mapping says.
struct OrderChangeTests {
  private static let change = """
    {"requestId": "C-9", "requestOrderId": "R-1", "orderStatus": "CANCELLED",
     "refundInfo": {"amount": {"value": 650, "currency": "SGD"}},
     "updatedOrderProducts": [{"posProductId": "101", "quantity": 1}]}
    """

  private static let book = OrderBook(
    """
    kind: order-changes
    file: changes/${requestOrderId}-${requestId}.csv
    where: {orderStatus: CANCELLED, order.posStoreId: [S1, empty]}
    values: {shop: '${order.posStoreId | default("?")}'}
    records:
      - each: {line: updatedOrderProducts}
        columns:
          NO: ${order.channelOrderId}
          SHOP: ${shop}
          STATE: ${orderStatus}
          NOW: ${@orderStatus}
          CODE: ${line.posProductId}
          REFUND: ${refundInfo.amount}
          GUEST: ${order.customer.name}
    """, kind: .orderChanges)

  @Test("a change is written with fields of its order")
  func writesChanges() {
    var facts = OrderBook.facts
    facts.orderStatus = "ACCEPTED"
    #expect(
      Self.book.run(Self.change, facts: facts, about: OrderBook.order) == [
        "changes/<R-1-C-9.csv>",
        "0: GF-77|S1|CANCELLED|ACCEPTED|101|6.50|=Ann \"A\" Lim",
      ])
    #expect(Self.book.takes(Self.change, about: OrderBook.order) == "yes")
  }

  @Test("what is left of an order that was purged is empty")
  func survivesPurge() {
    #expect(
      Self.book.run(Self.change) == [
        "changes/<R-1-C-9.csv>", "0: |?|CANCELLED|ORDER_SUCCESS|101|6.50|",
      ])
    #expect(Self.book.takes(Self.change) == "yes")
  }

  @Test(
    "a file of changes is not named by what all changes of an order share",
    arguments: [
      "changes/${requestOrderId}.csv", "changes/${order.channelOrderId}.csv",
      "changes/${@posOrderId}-${orderStatus}.csv",
    ])
  func wantsOwnNames(file: String) {
    let yaml = Self.book.yaml.replacing("changes/${requestOrderId}-${requestId}.csv", with: file)
    #expect(
      OrderBook(yaml, kind: .orderChanges).mistakes() == [
        "o.yaml, line 2, position 7: every file would have the same name, and only the first could "
          + "be written (found: \"\(file)\"). Put what tells them apart into it: ${requestId}."
      ])
  }

  @Test("what the contract does not name is known as that, in whatever way it is read")
  func knowsWhatIsUnknown() throws {
    let book = OrderBook(
      """
      kind: orders
      file: ${requestOrderId}.csv
      format: {type: csv, header: none}
      values: {table: 'T ${tableName}'}
      records:
        - columns: {A: '${tableName}', B: '${customer.phone}', C: '${table}', D: x,
                    F: '${customer.remark}', G: '${@posOrderId}', H: '${channelOrderId}'}
        - each: {line: orderProducts, gift: line.gifts}
          columns: {A: '${line.quantity}', B: '${line.mood} ${line.quantity}', C: '${gift.name}',
                    D: '${line.price.value}'}
      """)
    let unknown = try book.compile().kinds.map { kind in
      kind.filter(\.isUnknown).map(\.name).joined()
    }
    #expect(unknown == ["ACF", "BC"])
  }

  @Test("free text is what the contract says, read directly, through a value or as a fallback")
  func knowsFreeText() throws {
    var book = OrderBook(
      """
      kind: orders
      file: ${requestOrderId}.csv
      format: {type: csv, header: none}
      values: {guest: 'for ${customer.name | upper}', twice: '${guest}!'}
      records:
        - columns: {A: '${customer.name}', B: '${customer.phone}', C: '${twice}', D: x,
                    E: '${customer.phone | default(customer.name)}', F: '${channelOrderId}'}
        - each: {line: orderProducts, m: line.modifiers}
          columns: {A: '${line.note} ${line.posProductId}', B: '${line.quantity}', C: '${m.name}'}
      """)
    func marked(_ book: OrderBook) throws -> [String] {
      try book.compile().kinds.map { kind in
        kind.filter(\.isFreeText).map(\.name).joined()
      }
    }
    #expect(try marked(book) == ["ACE", "AC"])
    book.overrides = """
      kind: contract
      messages:
        createOrder:
          fields:
            customer.phone: {freeText: true}
            orderProducts[].modifiers[].name: {freeText: false}
      """
    #expect(try marked(book) == ["ABCE", "A"])
  }

  @Test("format, marker and name are kept as they are stated")
  func keepsSettings() throws {
    let mapping = try OrderBook(
      """
      kind: orders
      file: orders/in/${requestOrderId}.csv
      format: {type: csv, encoding: windows-1252, delimiter: ";", quote: all, newline: crlf, header: none}
      marker: .done
      records: [{columns: {A: x}}]
      """
    ).compile()
    var format = OrderFormat()
    format.encoding = "windows-1252"
    format.delimiter = 0x3B
    format.quote = .all
    format.newline = .crlf
    format.hasHeader = false
    #expect(mapping.format == format)
    #expect(mapping.marker == ".done")
    #expect(mapping.fixedFolder == "orders/in")
    #expect([mapping.name, mapping.path] == ["o", "o.yaml"])
    #expect(mapping.kind == .orders)
    #expect(!mapping.isUntouched)
  }

  @Test("a format that says nothing is a CSV with commas, a header, LF and quotes where needed")
  func hasDefaults() throws {
    let format = try Self.book.compile().format
    #expect(format == OrderFormat())
    #expect(format.type == .csv)
    #expect(format.delimiter == 0x2C)
    #expect(format.quote == .minimal)
    #expect(format.newline == .lf)
    #expect(format.hasHeader)
    #expect(format.encoding == nil)
  }

  @Test("tests are kept with what goes in and what must come out")
  func keepsTests() throws {
    let mapping = try OrderBook(
      Self.book.yaml + """

        tests:
          - json: '{"a": 1}'
            order: '{"b": 2}'
            makes: {file: changes/x.csv, text: "A;B\\n"}
          - file: change.json
            makes: []
          - json: '{}'
            makes:
              text: |
                NO
                7

        """, kind: .orderChanges
    ).compile()
    let shown = mapping.tests.map { test in
      let input =
        switch test.input {
        case .json(let text): "json \(text)"
        case .file(let name): "file \(name)"
        case .rows: "rows"
        }
      let made = test.makes.map { "\($0.file?.text ?? "-") \($0.text?.text ?? "-")" }
      return "\(test.place.line ?? 0) \(input) \(test.order ?? "-"): \(made ?? "nothing")"
    }
    #expect(
      shown == [
        "16 json {\"a\": 1} {\"b\": 2}: changes/x.csv A;B\n", "19 file change.json -: nothing",
        "21 json {} -: - NO\n7\n",
      ])
  }

  @Test(
    "mistakes of a test",
    arguments: [
      (
        "{makes: []}",
        "o.yaml, line 4, position 9: the test has no order to read. Give it json: '{…}' or file: NAME."
      ),
      (
        "{json: '{}'}",
        "o.yaml, line 4, position 9: the test does not say what the order makes. Add makes: {file: "
          + "NAME, text: …}, or makes: [] where the mapping leaves the order to another one."
      ),
      (
        "{json: '{}', makes: {}}",
        "o.yaml, line 4, position 29: the test does not say what the order makes. Write makes: {file: "
          + "NAME, text: …}; text: takes the whole file."
      ),
      (
        "{json: '{}', order: '{}', makes: []}",
        "o.yaml, line 4, position 22: \"order\" is not a key of test. Its keys are: file, json, makes."
      ),
    ])
  func refusesTests(test: String, problem: String) {
    let book = OrderBook(
      "kind: orders\nfile: ${requestOrderId}.csv\nrecords: [{columns: {A: x}}]\ntests: [\(test)]")
    #expect(book.mistakes() == [problem])
  }
}
