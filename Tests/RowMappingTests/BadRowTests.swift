import Records
import RowMapping
import TestSupport
import Testing

struct BadRowTests {
  private static let yaml = """
    kind: products
    files: products/*.csv
    products:
      - type: ${type}
        posProductId: ${id}
        status: AVAILABLE
        name: ${name}
        price: ${price}
    """

  private func run(
    _ rows: String, _ more: String = "", faults: [Int: Problem] = [:]
  ) -> Workbook.Result {
    var book = Workbook(Self.yaml + more)
    book.overrides = """
      kind: contract
      messages: {syncProduct: {fields: {"products[].name": {maximum: 5}}}}
      """
    return book.run("id|type|name|price\n" + rows, faults: faults)
  }

  @Test(
    "what the contract does not allow is told with row, column, value and remedy",
    arguments: [
      (
        "|SINGLE|a|1",
        "\"id\": \"posProductId\" is empty, and the contract requires it. Fill it in the POS, give a "
          + "fallback with default(…), or leave such rows out with unless: or when:."
      ),
      (
        "1|SINGLE|a|1\u{A0}234x",
        "\"price\": this is not a number as the mapping writes them (found: \"1<U+00A0>234x\"). numbers: "
          + "says decimal \".\", no thousands separator; correct the value in the POS, or the statement."
      ),
      (
        "1|SINGLE|laksa!|1",
        "\"name\": \"name\" holds at most 5 characters and this has 6 (found: \"laksa!\"). Shorten it in "
          + "the POS, or cut it with truncate(5)."
      ),
      (
        "1|SINGEL|a|1",
        "\"type\": \"type\" must be one of SINGLE, MODIFIER, GROUP, COMBO, BUNDLE (found: \"SINGEL\"). Did "
          + "you mean \"SINGLE\"?"
      ),
      (
        "1|Food|a|1",
        "\"type\": \"type\" must be one of SINGLE, MODIFIER, GROUP, COMBO, BUNDLE (found: \"Food\"). "
          + "Translate the POS's words with a table: ${… | lookup(table)}."
      ),
      (
        "4.80001E+12|SINGLE|a|1",
        "\"id\": a spreadsheet turned this code into a number, so that several products share it (found: "
          + "\"4.80001E+12\"). Export again, and do not open and save the file in a spreadsheet; or set "
          + "the column's format to text before saving."
      ),
      (
        "4,8E+12|SINGLE|a|1",
        "\"id\": a spreadsheet turned this code into a number, so that several products share it (found: "
          + "\"4,8E+12\"). Export again, and do not open and save the file in a spreadsheet; or set the "
          + "column's format to text before saving."
      ),
    ])
  func tells(row: String, message: String) {
    let result = run(row)
    #expect(result.problems == ["Inbox/menu.csv, line 2, record 1, " + message])
    #expect(result.products == [])
    #expect(
      result.outcome.badRows.map { $0.cells.map { String(decoding: $0, as: UTF8.self) } }
        == [row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)])
  }

  @Test(
    "codes that only look a little like it are codes",
    arguments: ["12E4", "E+12", "1E+X", "5E+1A", "ABCDE", "12é", "1E", "ÉÉÉÉÉ"])
  func keepsCodes(id: String) {
    #expect(run("\(id)|SINGLE||").problems == [])
  }

  @Test("characters are counted as the contract counts them")
  func countsScalars() {
    #expect(run("1|SINGLE|éééüü|").problems == [])
    #expect(run("1|SINGLE|海南鸡饭饭|").problems == [])
  }

  @Test("a file with a bad row is refused, and read to its end for the others")
  func rejectsFile() throws {
    let result = run("1|SINGLE|a|x\n2|SINGLE|b|1\n3|SINGLE|c|y")
    #expect(result.problems.count == 2)
    #expect(result.outcome.badRecords == 2)
    #expect(result.outcome.problemCount == 2)
    #expect(result.outcome.repeated == [[]])
    #expect(!(try Workbook(Self.yaml).compile().badRows.allows(result.outcome)))
  }

  @Test("with skip a bad row repeats its ids, each once, and none that a good row made")
  func skips() {
    let result = run(
      "1|SINGLE|a|x\n2|SINGLE|b|1\n1|SINGLE|a|y\n2|SINGLE|b|z\n|SINGLE||q", "\nonBadRow: skip")
    #expect(result.products.count == 1)
    #expect(result.outcome.repeated == [["1"]])
    #expect(result.outcome.badRecords == 4)
  }

  @Test("all products of a bad row stay back together")
  func staysTogether() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      onBadRow: skip
      products:
        - {type: SINGLE, posProductId: "${id}", status: AVAILABLE}
        - {type: MODIFIER, posProductId: "m${id}", status: AVAILABLE, price: "${price}"}
        - {type: MODIFIER, posProductId: shared, status: AVAILABLE}
      """
    ).run("id|price\n1|x\n2|2")
    #expect(
      result.products.map { $0.prefix(24) } == [
        #"{"posProductId":"2","typ"#, #"{"posProductId":"m2","ty"#, #"{"posProductId":"shared""#,
      ])
    #expect(result.outcome.repeated == [["1", "m1"]])
  }

  @Test("a child whose own row is bad does not refuse the file")
  func childOfBadRow() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      onBadRow: skip
      products:
        - {type: "${type}", posProductId: "${id}", status: AVAILABLE, price: "${price}", children: [{when: {child: present}, posProductId: "${child}"}]}
      """
    ).run("id|type|price|child\n1|GROUP||2\n2|SINGLE|x|\n3|SINGLE|y|")
    #expect(result.outcome.repeated == [["2", "3"]])
    #expect(result.outcome.isWhole)
  }

  @Test("of two different products with one id neither is right, wherever they stand")
  func contested() {
    let table = "1|SINGLE|a|1\n2|SINGLE|b|1\n1|SINGLE|c|1\n2|SINGLE|b|1"
    let result = run(table, "\nonBadRow: skip")
    #expect(result.outcome.contested == [["1"]])
    #expect(result.outcome.repeated == [[]])
  }

  @Test("a group that comes back is right in neither place; equal products of it are one")
  func contestedGroup() {
    let result = Workbook(
      """
      kind: products
      files: products/*.csv
      onBadRow: skip
      rows: {groupBy: id, inherit: [name]}
      products:
        - {type: SINGLE, posProductId: "${part}", name: "${part}", status: AVAILABLE}
        - type: COMBO
          once: group
          posProductId: ${id}
          name: ${name}
          status: AVAILABLE
          children: [{each: rows, posProductId: "${part}"}]
      """
    ).run("id|name|part\nC1|Lunch|F1\nC2|Dinner|F2\nC1|Lunch|F1\nC2|Dinner|F3")
    #expect(result.outcome.contested == [["C2"]])
    #expect(result.outcome.repeated == [["F3"]])
  }

  @Test("what the reader found wrong with a row hides what follows from it")
  func takesFaults() {
    let fault = Problem("cells", value: "6", "the record has 6 cells and the header has 4")
    let result = run("1|SINGLE|a|x\n2|SINGLE|b|1", "\nonBadRow: skip", faults: [1: fault])
    #expect(
      result.problems == [
        "Inbox/menu.csv, line 2, record 1: the record has 6 cells and the header has 4 (found: \"6\")."
      ])
    #expect(result.outcome.repeated == [["1"]])
    #expect(result.products.count == 1)
  }

  @Test(
    "maxBadRows is a number or a percentage",
    arguments: [
      ("", 1, 1000, false), ("onBadRow: reject-file", 0, 10, true),
      ("onBadRow: skip", 2, 100, true), ("onBadRow: skip", 3, 100, false),
      ("onBadRow: skip\nmaxBadRows: 3%", 3, 100, true),
      ("onBadRow: skip\nmaxBadRows: 0.5%", 1, 100, false),
      ("onBadRow: skip\nmaxBadRows: 3", 3, 4, true),
      ("onBadRow: skip\nmaxBadRows: 3", 4, 400, false),
    ])
  func limits(lines: String, bad: Int, records: Int, isAllowed: Bool) throws {
    let mapping = try Workbook(Self.yaml + "\n" + lines).compile()
    #expect(mapping.badRows.allows(bad: bad, of: records) == isAllowed)
  }

  @Test("a hundred thousand bad rows are counted, and a thousand of them kept in words")
  func staysBounded() {
    let yaml =
      Self.yaml.replacing("${name}", with: "${name | lookup(words)}") + "\ntables: {words: {"
      + (0..<900).map { "word\($0): x" }.joined(separator: ", ") + "}}"
    let rows = (0..<100_000).map { "\($0)|SINGLE|wort\($0)|x" }
    var result = Workbook.Result()
    let time = processorTime {
      result = Workbook(yaml).run("id|type|name|price\n" + rows.joined(separator: "\n"))
    }
    #expect(result.outcome.badRecords == 100_000)
    #expect(result.outcome.problemCount == 200_000)
    #expect(result.outcome.problems.count == MappingOutcome.kept)
    #expect(result.outcome.badRows.count == MappingOutcome.kept / 2)
    #expect(time < .seconds(60))
  }

  @Test("one record with thousands of problems does not fill the list alone")
  func boundsOneRecord() {
    let result = Workbook(
      """
      kind: products
      files: {items: items.csv, m: mods.csv}
      products:
        - {type: SINGLE, each: {m: m}, posProductId: "${m.id}", status: AVAILABLE, price: "${m.price}"}
      """
    ).run(
      "id\n1", joined: ["id|price\n" + (0..<3000).map { "\($0)|x\($0)" }.joined(separator: "\n")])
    #expect(result.outcome.problemCount == 3000)
    #expect(result.outcome.problems.count == 100)
    #expect(result.outcome.badRecords == 1)
  }
}
