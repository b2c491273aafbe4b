import RowMapping
import Testing

struct ValueTests {
  private func mapping(_ description: String, above: String = "") -> Workbook {
    Workbook(
      """
      kind: products
      files: products/*.csv
      \(above)
      products:
        - type: SINGLE
          posProductId: ${id}
          status: AVAILABLE
          description: \(description)
      """)
  }

  private func product(_ description: String) -> String {
    #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","description":"\#(description)"}"#
  }

  @Test("values are named texts, and may use those above them")
  func usesValues() {
    let result = mapping(
      "${both | upper}",
      above: "values: {key: \"${id}-x\", both: \"${key}/${name | default(key)}\"}"
    ).run("id|name\n1|a\n1|a")
    #expect(result.products == [product("1-X/A")])
  }

  @Test("a problem in a value names the column that it came from")
  func namesColumnOfValue() {
    let result = mapping("${v}", above: "values: {v: \"x${name | number}\"}").run("id|name\n1|a")
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 2, record 1, \"name\": this is not a number as the mapping writes them "
          + "(found: \"a\"). numbers: says decimal \".\", no thousands separator; correct the value in the POS, "
          + "or the statement."
      ])
  }

  @Test("the file's name is there for templates")
  func knowsFileName() {
    #expect(
      mapping("${file.name | replace(\".csv\", \"\")}").run("id\n1").products == [product("menu")])
  }

  @Test("tables stand in the mapping or beside it")
  func usesTables() {
    var book = mapping(
      "${name | lookup(a)} ${name | lookup(b)}", above: "tables: {a: {x: 1}, b: b.csv}")
    book.tables = ["b.csv": [("x", "2")]]
    #expect(book.run("id|name\n1|x").products == [product("1 2")])
    book.tables = [:]
    #expect(
      book.mistakes() == [
        "m.yaml, line 3, position 24: there is no such file beside the mapping (found: \"b.csv\").",
        "m.yaml, line 8, position 18: the mapping has no table of this name (found: \"b\"). Its "
          + "tables are: a.",
      ])
  }

  @Test("a word that a table lacks is a bad row, a fallback is none, empty goes on to default")
  func looksUp() {
    let table = "tables: {states: {Y: yes, N: no}}"
    #expect(
      mapping("${s | lookup(states)}", above: table).run("id|s\n1|y").problems == [
        "Inbox/menu.csv, line 2, record 1, \"s\": the table \"states\" has no such word (found: \"y\"). "
          + "Add it to the table, or give a fallback: lookup(states, \"…\"). It has \"Y\"."
      ])
    #expect(
      mapping("${s | lookup(states, \"?\")}", above: table).run("id|s\n1|y").products
        == [product("?")])
    #expect(
      mapping("${s | lookup(states) | default(\"none\")}", above: table).run("id|s\n1|").products
        == [product("none")])
  }

  @Test("text templates are trimmed, and every scalar is text as it stands")
  func keepsText() {
    #expect(mapping("\" ${name} \"").run("id|name\n1|  007 ").products == [product("007")])
    #expect(mapping("yes").run("id\n1").products == [product("yes")])
    #expect(mapping("1e3").run("id\n1").products == [product("1e3")])
    #expect(mapping("${\"literal\"}").run("id\n1").products == [product("literal")])
  }

  @Test("text is escaped as JSON wants it")
  func escapes() {
    #expect(
      mapping("${name}").run("id|name\n1|say \"hi\" \\ \t tab").products
        == [product(#"say \"hi\" \\ \t tab"#)])
  }
}
