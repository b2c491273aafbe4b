import RowMapping
import Testing

struct ConditionTests {
  private func book(_ conditions: String, _ more: String = "") -> Workbook {
    Workbook(
      """
      kind: products
      files: products/*.csv
      tables: {letters: {a: A}}
      products:
        - type: SINGLE
          when: \(conditions)
          posProductId: ${id}
          status: AVAILABLE
      """ + more)
  }

  /// The ids of the rows that pass, of rows that all have another `v`.
  private func passing(_ conditions: String, _ values: [String]) -> [String] {
    let rows = values.enumerated().map { "\($0 + 1)|\($1)|b" }
    let result = book(conditions).run((["id|v|w"] + rows).joined(separator: "\n"))
    return result.products.map { String($0.dropFirst(17).prefix { $0 != "\"" }) } + result.problems
  }

  @Test(
    "every form of a condition keeps what it says",
    arguments: [
      ("{v: N}", ["N", "n", "NN", ""], ["1"]),
      ("{v: ''}", ["N", ""], ["2"]),
      ("{v: [N, X]}", ["N", "X", "NX"], ["1", "2"]),
      ("{v: [N, empty]}", ["N", "", "x"], ["1", "2"]),
      ("{v: ['A*', '> 5']}", ["Ab", "6"], ["1", "2"]),
      ("{v: present}", ["N", " "], ["1"]),
      ("{v: empty}", ["N", " "], ["2"]),
      ("{v: {is: empty}}", ["empty", ""], ["1"]),
      ("{v: {is: '> 5'}}", ["> 5", "6"], ["1"]),
      ("{v: 'Mod*'}", ["Modifier", "Mod", "AMod"], ["1", "2"]),
      ("{v: '*er'}", ["Modifier", "er", "err"], ["1", "2"]),
      ("{v: '*i*e*'}", ["Modifier", "ei", "ie"], ["1", "3"]),
      ("{v: 'ab*b'}", ["ab", "abb", "abxb"], ["2", "3"]),
      ("{v: '*'}", ["x", ""], ["1", "2"]),
      ("{v: '> 0'}", ["1", "0", "-1", "0.001", ""], ["1", "4"]),
      ("{v: '>= 1.5'}", ["1.50", "1.49"], ["1"]),
      ("{v: '< 0'}", ["-1", "0"], ["1"]),
      ("{v: '<=0'}", ["0.0", "0.1"], ["1"]),
      ("{v: '= 1'}", ["1.0", "2"], ["1"]),
      ("{v: '!= 1'}", ["1.0", "2", ""], ["2"]),
      ("{v: '${w}'}", ["b", "a"], ["1"]),
      ("{v: '${\"a,b\" | split(\",\")}'}", ["b", "c", "a"], ["1", "3"]),
      ("{v: x, w: b}", ["x", "y"], ["1"]),
      ("{v: x, w: c}", ["x", "y"], []),
      ("{'${v | lower}': n}", ["N", "n"], ["1", "2"]),
      ("{'${v | split(\"/\")}': b}", ["a/b", "c/d"], ["1"]),
      ("{'${v | split(\"/\")}': empty}", ["", "c/d"], ["1"]),
    ] as [(String, [String], [String])])
  func keeps(conditions: String, values: [String], ids: [String]) {
    #expect(passing(conditions, values) == ids)
  }

  @Test(
    "what is no condition is refused",
    arguments: [
      (
        "{v: {not: x}}",
        "m.yaml, line 6, position 15: this is no condition. Write a text, a list of texts, a pattern "
          + "with *, a comparison such as \"> 0\", present, empty, or {is: \"…\"} for a text that is one "
          + "of these words."
      ),
      (
        "{v: []}",
        "m.yaml, line 6, position 15: this is no condition. Write a text, a list of texts, a pattern "
          + "with *, a comparison such as \"> 0\", present, empty, or {is: \"…\"} for a text that is one "
          + "of these words."
      ),
      (
        "{v: '!= N'}",
        "m.yaml, line 6, position 15: a comparison is a sign and a number (found: \"!= N\"). Write for "
          + "example \"> 0\" or \"<= 12.5\", with a point; for a text that begins with such a sign write "
          + "{is: \"…\"}, and for one that must not stand there use unless:."
      ),
      (
        "v",
        "m.yaml, line 6, position 11: when takes keys with values, and a text stands here (found: "
          + "\"v\"). Write key: value on lines of their own, each with a space behind the colon."
      ),
    ])
  func refuses(conditions: String, message: String) {
    #expect(book(conditions).mistakes() == [message])
  }

  @Test("where keeps rows for which all entries hold, unless drops those for which all hold")
  func filtersRows() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      where: {a: x, b: y}
      unless: {c: 1, d: 2}
      products: [{type: SINGLE, posProductId: "${id}", status: AVAILABLE}]
      """
    ).run("id|a|b|c|d\n1|x|y||\n2|x|||\n3|x|y|1|2\n4|x|y|1|")
    #expect(
      result.products == [
        #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE"}"#,
        #"{"posProductId":"4","type":"SINGLE","status":"AVAILABLE"}"#,
      ])
    #expect(result.outcome.records == 4)
    #expect(result.outcome.badRecords == 0)
  }

  @Test(
    "a comparison with what is no number is a bad row that names the column",
    arguments: ["when", "where", "unless"])
  func tellsIncomparable(key: String) {
    let condition = "\(key): {price: \"> 0\"}"
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      columns: {price: Preis}
      onBadRow: skip
      \(key == "when" ? "" : condition)
      products:
        - type: SINGLE
          \(key == "when" ? condition : "")
          posProductId: ${id}
          status: AVAILABLE
          price: ${price}
        - {type: MODIFIER, posProductId: "m-${id}", status: AVAILABLE}
      """
    ).run("id|Preis\n1|variable")
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 2, record 1, \"Preis\": this is not a number as the mapping writes them "
          + "(found: \"variable\"). numbers: says decimal \".\", no thousands separator; correct the value in the POS, "
          + "or the statement."
      ])
    #expect(result.products == [])
    #expect(result.outcome.badRecords == 1)
    #expect(result.outcome.repeated == [["1", "m-1"]])
  }

  @Test("a list without any text is empty, one with a text is present")
  func readsLists() {
    let result = Workbook(
      """
      kind: products
      files: products/*.json
      format: json
      rows: {item: $}
      products:
        - {type: SINGLE, when: {item.tags: empty}, posProductId: "e${item.id}", status: AVAILABLE}
        - {type: SINGLE, when: {item.tags: present}, posProductId: "p${item.id}", status: AVAILABLE}
      """
    ).run(
      json: #"[{"id": 1, "tags": ["", ""]}, {"id": 2, "tags": []}, {"id": 3, "tags": ["", "x"]}]"#)
    #expect(
      result.products.map { $0.prefix(20) } == [
        #"{"posProductId":"e1""#, #"{"posProductId":"e2""#, #"{"posProductId":"p3""#,
      ])
  }
}
