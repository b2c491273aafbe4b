import Records
import RowMapping
import Testing

/// What the lines of status files become.
struct StatusMapperTests {
  private static let yaml = """
    kind: order-status
    files: status/*.csv
    columns: {order: OrderNo, state: State, ticket: Ticket, refund: Refund, at: ChangedAt}
    tables:
      state: {"1": ACCEPTED, "2": PREPARING, "3": READY, "9": COMPLETED, X: CANCELLED}
    dates: dd.MM.yyyy HH:mm:ss
    change:
      order: ${order}
      matchBy: channelOrderId
      orderStatus: ${state | lookup(state)}
      shortOrderNumber: ${ticket}
      refundAmount: ${refund}
      changedAt: ${at}
    """

  private func run(_ rows: String, _ more: String = "") -> StatusBook.Result {
    StatusBook(Self.yaml + more).run("OrderNo|State|Ticket|Refund|ChangedAt\n" + rows)
  }

  @Test("a line becomes a change with its values, its time and its place")
  func line() {
    let change = run("D-7|3|A12|2.50|31.01.2026 12:00:05").changes.first
    #expect(
      change
        == OrderChange(
          order: "D-7", matchBy: .channelOrderId,
          fields: [
            OrderChange.Field(
              name: "shortOrderNumber", role: "shortOrderNumber", json: #""A12""#),
            OrderChange.Field(name: "orderStatus", role: "orderStatus", json: #""READY""#),
            OrderChange.Field(
              name: "refundAmount", role: "refundAmount", json: #"{"value":250,"currency":"SGD"}"#),
          ], orderStatus: "READY",
          refund: Amount(value: 250, currency: Currency(code: "SGD")!),
          changedAt: 1_769_832_005_000,
          place: Place(file: "Inbox/status/day.csv", line: 2, record: 1)))
  }

  @Test("what a line leaves empty is left out, the time too")
  func leavesOut() {
    let result = run("D-7|1|||\nD-8||B1||\nD-9|||3|31.01.2026 12:00:05")
    #expect(
      result.lines == [
        #"D-7 {orderStatus:"ACCEPTED"}@-"#, #"D-8 {shortOrderNumber:"B1"}@-"#,
        #"D-9 {refundAmount:{"value":300,"currency":"SGD"}}@1769832005000"#,
      ])
    #expect(result.problems == [])
    #expect(result.outcome.records == 3)
  }

  @Test(
    "a bad line is told with line, column, value and remedy, and makes nothing",
    arguments: [
      (
        "|1|||",
        ", \"OrderNo\": the record does not say which order it is about. Fill it in the POS, or leave such "
          + "rows out with where: or unless:."
      ),
      (
        "D-7||||31.01.2026 12:00:05",
        ": the record says nothing about its order. Leave such rows out with where: or unless:, or fill "
          + "them in the POS."
      ),
      (
        "D-7|4|||",
        ", \"State\": the table \"state\" has no such word (found: \"4\"). Add it to the table, or give a "
          + "fallback: lookup(state, \"…\")."
      ),
      (
        "D-7|1||2,50|",
        ", \"Refund\": this is not a number as the mapping writes them (found: \"2,50\"). numbers: says "
          + "decimal \".\", no thousands separator. If the export always writes numbers so, write numbers: {decimal: "
          + "\",\"} in the mapping."
      ),
      (
        "D-7|1|||31.01.1999 12:00:05",
        ", \"ChangedAt\": this is not a time as the mapping writes them (found: \"31.01.1999 12:00:05\"). "
          + "State how the export writes it, for example dates: dd.MM.yyyy HH:mm. A year before "
          + "2000 is never read: it comes from a clock that was reset."
      ),
    ])
  func badLine(row: String, message: String) {
    let result = run("D-1|1|||\n" + row + "\nD-2|1|||")
    #expect(result.problems == ["Inbox/status/day.csv, line 3, record 2" + message])
    #expect(result.changes.map(\.order) == ["D-1", "D-2"])
    #expect(result.outcome.badRecords == 1)
    #expect(
      result.outcome.badRows.map { $0.cells.map { String(decoding: $0, as: UTF8.self) } }
        == [row.split(separator: "|", omittingEmptySubsequences: false).map(String.init)])
  }

  @Test("a negative refund names the filter that takes the sign away, and the filter does")
  func negativeRefund() {
    let rows = "D-7|1||-5.00|"
    #expect(
      run(rows).problems == [
        "Inbox/status/day.csv, line 2, record 1, \"Refund\": an amount is from 0 to 2147483647 of the "
          + "smallest unit (found: \"-5.00\"). Where the POS writes refunds as negative amounts, take "
          + "the sign away: refundAmount: ${… | replace(\"-\", \"\")}."
      ])
    let fixed = Self.yaml.replacing("${refund}", with: "${refund | replace(\"-\", \"\")}")
    let result = StatusBook(fixed).run("OrderNo|State|Ticket|Refund|ChangedAt\n" + rows)
    #expect(
      result.lines == [
        #"D-7 {orderStatus:"ACCEPTED",refundAmount:{"value":500,"currency":"SGD"}}@-"#
      ])
  }

  @Test("a word that D-Store does not know is told with those that it does")
  func unknownWord() {
    let yaml = Self.yaml.replacing("${state | lookup(state)}", with: "${state}")
    let result = StatusBook(yaml).run("OrderNo|State|Ticket|Refund|ChangedAt\nD-7|DONE|||")
    #expect(
      result.problems == [
        "Inbox/status/day.csv, line 2, record 1, \"State\": \"orderStatus\" must be one of ACCEPTED, "
          + "PREPARING, READY, COMPLETED, REJECTED, CANCELLED (found: \"DONE\"). Translate the POS's "
          + "words with a table: ${… | lookup(table)}."
      ])
  }

  @Test("where: and unless: choose the lines")
  func chooses() {
    let result = run("D-7||||\nD-8|1|||\nD-9|X|||", "\nwhere: {state: present}\nunless: {state: X}")
    #expect(result.changes.map(\.order) == ["D-8"])
    #expect(result.problems == [])
    #expect(result.outcome.records == 3)
  }

  @Test("what the reader found wrong with a row is all that is told of it")
  func readerFaults() {
    let fault = Problem("bad-byte", "the byte 0xEA in this cell is not UTF-8")
    let result = StatusBook(Self.yaml).run(
      "OrderNo|State|Ticket|Refund|ChangedAt\n|4|||\nD-8|1|||", faults: [1: fault])
    #expect(
      result.problems == [
        "Inbox/status/day.csv, line 2, record 1: the byte 0xEA in this cell is not UTF-8."
      ])
    #expect(result.changes.map(\.order) == ["D-8"])
  }

  @Test("a column that is not there refuses the file")
  func missingColumn() {
    let result = StatusBook(Self.yaml).run("OrderNo|Sate|Ticket|Refund|ChangedAt\nD-7|1|||")
    #expect(
      result.problems == [
        "Inbox/status/day.csv, \"State\": the export has no column \"State\", which the mapping needs "
          + "(m.yaml, line 3, position 34). Did the POS rename it to \"Sate\"? Add that as an alias "
          + "under columns:."
      ])
  }

  @Test("a time with its own offset, a fraction or none is a moment")
  func times() {
    let yaml = Self.yaml.replacing("dates: dd.MM.yyyy HH:mm:ss", with: "")
    let result = StatusBook(yaml).run(
      """
      OrderNo|State|Ticket|Refund|ChangedAt
      1|1|||2026-01-31T12:00:05+08:00
      2|1|||2026-01-31T04:00:05.250Z
      3|1|||2026-01-31 12:00:05,5
      4|1|||2026-01-31 12:00
      5|1|||2026-01-31T12:00:05.123456+0800
      """)
    #expect(
      result.changes.map(\.changedAt) == [
        1_769_832_005_000, 1_769_832_005_250, 1_769_832_005_500, 1_769_832_000_000,
        1_769_832_005_123,
      ])
  }

  @Test("one line may make a change for each column with a time in it")
  func eachColumn() {
    let book = StatusBook(
      """
      kind: order-status
      files: status/*.csv
      columns: {stamp: {header: '* at', optional: true}}
      tables: {step: {Accepted: ACCEPTED, Ready: READY, Done: COMPLETED}}
      change:
        each: stamp
        when: {each.value: present}
        order: ${Order}
        orderStatus: ${each.match | lookup(step)}
        changedAt: ${each.value}
      """)
    let result = book.run(
      """
      Order|Accepted at|Ready at|Done at
      7|2026-01-31 12:00|2026-01-31 12:10|
      8|2026-01-31 12:05||
      """)
    #expect(
      result.lines == [
        #"7 {orderStatus:"ACCEPTED"}@1769832000000"#, #"7 {orderStatus:"READY"}@1769832600000"#,
        #"8 {orderStatus:"ACCEPTED"}@1769832300000"#,
      ])
    #expect(result.changes.map(\.matchBy) == [.requestOrderId, .requestOrderId, .requestOrderId])
  }

  @Test("a pattern that several columns match must say which is meant")
  func ambiguousPattern() {
    let book = StatusBook(
      """
      kind: order-status
      files: status/*.csv
      columns: {state: State *}
      change: {order: '${Order}', orderStatus: '${state}'}
      """)
    #expect(book.run("Order|State A|State B").problems.count == 1)
    #expect(book.run("Order|State A\n7|READY").lines == [#"7 {orderStatus:"READY"}@-"#])
  }
}
