import Records
import RowMapping
import Testing

/// What `body:` makes of an order.
struct OrderBodyTests {
  private static func body(_ yaml: String, _ rest: String = "") -> [String] {
    let indented = yaml.split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
    let book = OrderBook(
      "kind: orders\nfile: a/${requestOrderId}.json\nformat: json\n\(rest)\nbody:\n\(indented)")
    let lines = book.run()
    return lines.first == "a/<R-1.json>" ? Array(lines.dropFirst()) : lines
  }

  @Test("a tree of templates becomes JSON, lists repeated for what each opens")
  func writesTree() {
    let made = Self.body(
      """
      order: ${channelOrderId}
      kind: dine-in
      guest: {name: '${customer.name}', seats: '${seats}', vip: '${isVip}'}
      lines:
        - each: {line: orderProducts}
          code: ${line.posProductId}
          qty: ${line.quantity}
          extras:
            - each: {extra: line.modifiers}
              item: ${extra.posProductId}
        - {code: END}
      """)
    #expect(
      made == [
        #"{"order":"GF-77","kind":"dine-in","#
          + #""guest":{"name":"=Ann \"A\" Lim","seats":4,"vip":true},"#
          + #""lines":[{"code":"101","qty":2,"extras":["m1"]},"#
          + #"{"code":"102","qty":"1","extras":[]},{"code":"END"}]}"#
      ])
  }

  @Test(
    "a template that is one field keeps the field's type, any other gives a text",
    arguments: [
      ("a: ${seats}", #"{"a":4}"#),
      ("a: ${seats} seats", #"{"a":"4 seats"}"#),
      ("a: ${seats | trim}", #"{"a":"4"}"#),
      ("a: ${both}", #"{"a":4}"#),
      ("a: ${orderAmount}", #"{"a":{"value": 1300, "currency": "SGD"}}"#),
      ("a: ${orderAmount | trim}", #"{"a":"13,00"}"#),
      ("a: ${orderAmount | number}", #"{"a":13.00}"#),
      ("a: '${\"1\" | number}'", #"{"a":1}"#),
      ("a: '${missing | number}'", #"{}"#),
      ("a: ${@posOrderId}", #"{"a":"5feceb66ffc86f38"}"#),
      ("a: ${channelOrderId | split(\"-\")}", #"{"a":["GF","77"]}"#),
      ("a: ${table | pad(4)}", #"{"a":"T5  "}"#),
      ("a: 007", #"{"a":"007"}"#),
      ("- ${seats}\n- x", #"[4,"x"]"#),
    ])
  func keepsTypes(body: String, json: String) {
    #expect(Self.body(body, "numbers: {decimal: \",\"}\nvalues: {both: '${seats}'}") == [json])
  }

  @Test("a field that is not there is left out; with a fallback it is a text, even an empty one")
  func leavesOut() {
    let made = Self.body(
      """
      a: ${missing}
      b: ${customer.missing}
      c: ${missing | default("")}
      d: ["${missing}", "${seats}"]
      e: {f: "${missing}"}
      """)
    #expect(made == [#"{"c":"","d":[4],"e":{}}"#])
  }

  @Test("when leaves out objects and entries; with a text below them when and each are names")
  func knowsConditions() {
    let made = Self.body(
      """
      address: {when: {deliveryAddress: present}, street: '${deliveryAddress.addressDetail}'}
      note: {when: {table: T*}, item: 'table ${table}'}
      when: '${expectFulfillmentTime | date("HH:mm")}'
      pickup: {each: a, item: b}
      lines:
        - {each: {line: orderProducts}, when: {line.quantity: "> 1"}, item: {item: '${line.name}'}}
        - {when: {table: empty}, no: table}
      """)
    #expect(
      made == [
        #"{"note":"table T5","when":"12:30","pickup":{"each":"a","item":"b"},"#
          + #""lines":[{"item":"Laksa"}]}"#
      ])
  }

  @Test("without a body the order is written as it came, white space and all")
  func writesUntouched() throws {
    let book = OrderBook(
      "kind: orders\nfile: a/${requestOrderId}.json\nformat: {type: json, encoding: utf-16}")
    #expect(book.run() == ["a/<R-1.json>", OrderBook.order])
    let mapping = try book.compile()
    #expect(mapping.isUntouched)
    #expect(mapping.format.encoding == "utf-16")
  }

  @Test("a problem in the body names the template's place and the field")
  func placesProblems() {
    #expect(
      Self.body("a:\n  - each: {line: orderProducts}\n    b: '${line.name | number}'") == [
        "o.yaml, line 8, position 10, \"line.name\": this is not a number as the mapping writes "
          + "them (found: \"Laksa\"). numbers: says decimal \".\", no thousands separator; correct the value in the POS, "
          + "or the statement."
      ])
  }

  @Test(
    "mistakes of a body",
    arguments: [
      (
        "a: {each: {line: orderProducts}, b: x}",
        "o.yaml, line 6, position 7: each repeats the entries of a list, and this is none. Write "
          + "\"- \" before it, so that it begins an entry."
      ),
      (
        "a: '${seats | nummer}'",
        "o.yaml, line 6, position 6: there is no filter of this name (found: \"nummer\"). Did you "
          + "mean \"number\"?"
      ),
      (
        "a: x${orderProducts}",
        "o.yaml, line 6, position 6: a list stands where a text is needed (found: "
          + "\"orderProducts\"). Open it with each: {line: orderProducts}, and read ${line.…}; it "
          + "holds: posProductId, name, quantity, price, modifiers, note."
      ),
      (
        "a: ${orderProducts.name}",
        "o.yaml, line 6, position 6: \"orderProducts\" is a list, so that no single field stands "
          + "below it (found: \"orderProducts.name\"). Open it with each: {line: orderProducts}, and "
          + "read ${line.name}."
      ),
    ])
  func refusesMistakes(body: String, problem: String) {
    #expect(Self.body(body) == [problem])
  }
}
