import JSON
import Records
import RowMapping
import Testing

/// Tests that stand in a mapping.
struct MappingTestTests {
  private func run(_ tests: String, format: String = "csv", rows: String = "{}") throws -> [String]
  {
    let mapping = try Workbook(
      """
      kind: products
      files: products/*.csv
      format: \(format)
      numbers: {decimal: ","}
      columns: {id: SKU, price: "Price [*]", note: Note}
      products:
        - type: SINGLE
          posProductId: ${id}
          status: AVAILABLE
          price: ${price}
          description: ${note}
      tests:
      \(tests)
      """
    ).compile()
    return mapping.tests.flatMap { test in
      MappingTestRun(mapping, stores: ["demo"]).problems(of: test) {
        input, sink throws(Problems) in throw Problems([Problem("file", "nothing to feed it with")])
      }
    }.map(\.description)
  }

  @Test("a test whose rows make what it says has no problems")
  func passes() throws {
    #expect(
      try run(
        """
          - rows: [{SKU: A1, "Price [Main]": "6,50"}, {SKU: 007, Note: yes}]
            makes:
              - {type: SINGLE, posProductId: A1, status: AVAILABLE, price: {currency: SGD, value: 650}}
              - {posProductId: 007, type: SINGLE, status: AVAILABLE, description: yes}
          - rows: []
            makes: []
        """) == [])
  }

  @Test("a product that differs is shown as it should be and as it is")
  func tellsDifferences() throws {
    #expect(
      try run(
        """
          - rows: [{SKU: A1, "Price [Main]": "6,50"}]
            makes: [{type: SINGLE, posProductId: 01, status: AVAILABLE, price: {value: 65, currency: SGD}}]
        """) == [
          "m.yaml, line 14, position 13: the test's product 1 should be "
            + #"{"type":"SINGLE","posProductId":"01","status":"AVAILABLE","price":{"value":65,"currency":"SGD"}} and is {"posProductId":"A1","type":"SINGLE","status":"AVAILABLE","price":{"value":650,"currency":"SGD"}}."#
            + " Fix the template, or the test."
        ])
  }

  @Test("a product too many or too few is told with what the rows make")
  func tellsCounts() throws {
    #expect(
      try run(
        """
          - rows: [{SKU: A1}]
            makes: []
        """) == [
          "m.yaml, line 13, position 5: the test's rows should make 0 product(s) and make 1: "
            + #"{"posProductId":"A1","type":"SINGLE","status":"AVAILABLE"}. Fix the template, or the test."#
        ])
  }

  @Test("a bad row of a test is a problem of the test, with row and column")
  func tellsBadRows() throws {
    #expect(
      try run(
        """
          - rows: [{SKU: A1}, {SKU: A2, "Price [X]": "6.50"}]
            makes: [{type: SINGLE, posProductId: A1, status: AVAILABLE}]
        """) == [
          "m.yaml, line 13, position 5: the test's rows have a problem: record 2, \"Price [X]\": this is "
            + "not a number as the mapping writes them (found: \"6.50\"). numbers: says decimal \",\", no "
            + "thousands separator. If the export always writes numbers so, write numbers: {decimal: "
            + "\".\"} in the mapping."
        ])
  }

  @Test("files and JSON texts are fed from outside")
  func feeds() throws {
    #expect(
      try run("  - {file: sample.csv, makes: []}\n  - {json: '[]', makes: []}") == [
        "nothing to feed it with.", "nothing to feed it with.",
      ])
  }

  @Test(
    "a test that says too little is refused",
    arguments: [
      (
        "  - {rows: []}",
        "m.yaml, line 13, position 5: the test does not say what the rows make. Add makes: [{…}], or "
          + "makes: [] where they make nothing."
      ),
      (
        "  - {makes: []}",
        "m.yaml, line 13, position 5: the test has nothing to read. Give it rows: [{Header: cell}], "
          + "json: '…' or file: NAME."
      ),
      (
        "  - {rows: [{SKU: [x]}], makes: []}", "m.yaml, line 13, position 19: a cell is one text."
      ),
    ])
  func refuses(test: String, message: String) throws {
    #expect(throws: Problems.self) { try run(test) }
    do {
      _ = try run(test)
    } catch let error as Problems {
      #expect(error.all.map(\.description) == [message])
    }
  }
}
