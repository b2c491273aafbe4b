import Records
import RowMapping
import Testing

/// Tests that stand in a mapping of order statuses.
struct StatusTestRunTests {
  private func run(
    _ tests: String, format: String = "csv", change: String? = nil
  ) throws -> [String] {
    let mapping = try StatusBook(
      """
      kind: order-status
      files: status/*
      format: \(format)
      change: \(change ?? "{order: '${Order}', orderStatus: '${State}', refundAmount: '${Refund}', changedAt: '${At}'}")
      tests:
      \(tests)
      """
    ).compile()
    return mapping.tests.flatMap { test in
      StatusTestRun(mapping).problems(of: test) { test, _ throws(Problems) in
        throw Problems([Problem("file", "\(test.fileName ?? "?") is to be fed from outside")])
      }
    }.map(\.description)
  }

  @Test("a test whose rows make what it says has no problems")
  func passes() throws {
    #expect(
      try run(
        """
          - rows: [{Order: 7, State: READY, At: 2026-01-31 12:00}, {Order: 8, Refund: "2.5"}]
            makes:
              - {order: 7, orderStatus: READY, changedAt: 2026-01-31T12:00:00+08:00}
              - {order: 8, refundAmount: {value: 250, currency: SGD}}
          - rows: []
            makes: []
        """) == [])
  }

  @Test("what differs, is too much or is bad is told")
  func tellsDifferences() throws {
    #expect(
      try run(
        """
          - rows: [{Order: 7, State: READY}, {Order: 8, State: DONE}]
            makes: [{order: 7, orderStatus: COMPLETED}, {order: 8, orderStatus: COMPLETED}]
        """) == [
          "m.yaml, line 6, position 5: the test's rows have a problem: record 2, \"State\": "
            + "\"orderStatus\" must be one of ACCEPTED, PREPARING, READY, COMPLETED, REJECTED, CANCELLED "
            + "(found: \"DONE\"). Translate the POS's words with a table: ${… | lookup(table)}.",
          "m.yaml, line 7, position 13: the test's change 1 should be "
            + #"{"order":7,"orderStatus":"COMPLETED"} and is {"order":"7","orderStatus":"READY"}."#
            + " Fix the template, or the test.",
          "m.yaml, line 6, position 5: the test's rows should make 2 change(s) and make 1: "
            + #"{"order":"7","orderStatus":"READY"}. Fix the template, or the test."#,
        ])
  }

  @Test("a header that looks like a column's is a typing mistake")
  func tellsStrangers() throws {
    #expect(
      try run("  - {rows: [{Oder: 7, State: READY}], makes: []}") == [
        "m.yaml: a test's row has a column that the mapping does not read (found: \"Oder\"). Did you "
          + "mean \"Order\"?"
      ])
  }

  @Test("a test may say the file's name, and of a file that is only its name nothing else")
  func fileNames() throws {
    let change = #"{order: '${file.name | match("\d+")}', orderStatus: READY}"#
    #expect(
      try run(
        """
          - {fileName: ORD-7.done, makes: [{order: 7, orderStatus: READY}]}
        """, format: "name-only", change: change) == [])
    #expect(
      try run(
        """
          - {fileName: ORD-7.txt, rows: [{x: ""}], makes: [{order: 7, orderStatus: READY}]}
          - {fileName: ORD-8.txt, json: '[]', makes: []}
        """, change: change) == ["ORD-8.txt is to be fed from outside."])
  }
}
