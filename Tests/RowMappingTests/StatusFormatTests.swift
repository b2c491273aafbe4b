import Records
import RowMapping
import Testing

/// Status files that are no tables with a header.
struct StatusFormatTests {
  @Test("a list of orders with their steps")
  func nested() {
    let book = StatusBook(
      """
      kind: order-status
      files: status/*.json
      format: json
      rows: {order: day.orders, step: steps}
      change:
        order: ${order.no}
        matchBy: shortOrderNumber
        orderStatus: ${step.state | upper}
        deliveryStatus: ${$.courier}
        changedAt: ${step.at}
      """)
    let result = book.run(
      json: """
        {"courier": "own",
         "day": {"orders": [
          {"no": 7, "steps": [{"state": "accepted", "at": "2026-01-31T12:00:00Z"},
                              {"state": "ready", "at": null}]},
          {"no": 8, "steps": []},
          {"no": 9, "steps": [{"state": "redy"}]}]}}
        """)
    #expect(
      result.lines == [
        #"7 {orderStatus:"ACCEPTED",deliveryStatus:"own"}@1769860800000"#,
        #"7 {orderStatus:"READY",deliveryStatus:"own"}@-"#,
      ])
    #expect(
      result.problems == [
        "Inbox/status/day.csv, line 6, record 3, \"step.state\": \"orderStatus\" must be one of "
          + "ACCEPTED, PREPARING, READY, COMPLETED, REJECTED, CANCELLED (found: \"REDY\"). Did you "
          + "mean \"READY\"?"
      ])
    #expect(result.changes.map(\.place.line) == [3, 4])
  }

  @Test("one JSON value a line, and a list that no element has")
  func lines() {
    let book = StatusBook(
      """
      kind: order-status
      files: status/*.jsonl
      format: json-lines
      rows: {order: $, step: steps}
      change: {order: '${order.no}', orderStatus: '${step.state}'}
      """)
    let result = book.run(
      json: """
        {"no": "7", "steps": [{"state": "READY"}]}
        {"no": "8", "steps": [{"state": "COMPLETED"}]}
        """)
    #expect(result.lines == [#"7 {orderStatus:"READY"}@-"#, #"8 {orderStatus:"COMPLETED"}@-"#])
    let other = book.run(json: #"{"no": "7", "step": [{"state": "READY"}]}"#)
    #expect(
      other.problems == [
        "Inbox/status/day.csv, \"steps\": no element of the export has this list, which the mapping's "
          + "rows: names. Compare rows: in m.yaml with the export."
      ])
    #expect(!other.outcome.isWhole)
  }

  @Test("one line without a header, the order's number in the file's name")
  func oneLine() {
    var book = StatusBook(
      """
      kind: order-status
      files: status/*.txt
      format: {type: csv, header: none}
      change:
        order: ${file.name | match("ORD-(\\d+)")}
        orderStatus: ${1}
        readyTime: ${2}
      """)
    book.fileName = "ORD-123.txt"
    let result = book.run("1|2\nREADY|2026-01-31 12:00")
    #expect(
      result.lines == [#"123 {orderStatus:"READY",readyTime:"2026-01-31T12:00:00+08:00"}@-"#])
    book.fileName = "order.txt"
    #expect(
      book.run("1|2\nREADY|").problems == [
        "Inbox/status/order.txt, line 2, record 1, \"file.name\": the record does not say which order "
          + "it is about. Fill it in the POS, or leave such rows out with where: or unless:."
      ])
  }

  @Test("a file that is nothing but its name")
  func nameOnly() {
    var book = StatusBook(
      """
      kind: order-status
      files: status/*.done
      format: name-only
      values: {order: '${file.name | match("^ORD-(\\d+)\\.done$")}'}
      change: {order: '${order}', orderStatus: COMPLETED}
      """)
    book.fileName = "ORD-123.done"
    #expect(book.runName().lines == [#"123 {orderStatus:"COMPLETED"}@-"#])
    book.fileName = "ORD-X.done"
    #expect(
      book.runName().problems == [
        "Inbox/status/ORD-X.done, \"file.name\": the record does not say which order it is about. Fill "
          + "it in the POS, or leave such rows out with where: or unless:."
      ])
  }
}
