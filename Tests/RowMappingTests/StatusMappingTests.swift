import Contract
import Records
import RowMapping
import Testing

/// What a mapping of order statuses may say.
struct StatusMappingTests {
  private static let good = """
    kind: order-status
    files: status/*.csv
    change:
      order: ${Order}
      orderStatus: ${State}
    """

  private static let oneOf =
    "\"orderStatus\" must be one of ACCEPTED, PREPARING, READY, COMPLETED, REJECTED, CANCELLED"

  @Test("a table may hold more than the contract's words where more is made of them")
  func furtherWords() throws {
    let mapping = Self.good.replacing(
      "orderStatus: ${State}", with: "orderStatus: ${State | lookup(st) | upper}")
    #expect(StatusBook("tables: {st: {a: ready}}\n" + mapping).mistakes() == [])
  }

  @Test("what is not said has its default")
  func defaults() throws {
    let mapping = try StatusBook(Self.good).compile()
    #expect(mapping.matchBy == .requestOrderId)
    #expect(mapping.refunds == .delta)
    #expect(!mapping.fillsJourney)
    #expect(mapping.waitForOrder == .seconds(3_600))
    #expect(!mapping.badRows.skips)
    #expect(mapping.file.name == "m")
    #expect(mapping.fieldsInUse.map(\.path) == ["orderStatus"])
  }

  @Test("what is said counts")
  func settings() throws {
    let mapping = try StatusBook(
      Self.good + """

          matchBy: shortOrderNumber
          readyTime: ${Ready}
        refunds: cumulative
        fillJourney: true
        waitForOrder: 2h
        onBadRow: skip
        maxBadRows: 5
        """
    ).compile()
    #expect(mapping.matchBy == .shortOrderNumber)
    #expect(mapping.refunds == .cumulative)
    #expect(mapping.fillsJourney)
    #expect(mapping.waitForOrder == .seconds(7_200))
    #expect(mapping.badRows == BadRowPolicy(skips: true, limit: .rows(5)))
    #expect(mapping.fieldsInUse.map(\.path) == ["orderStatus", "readyTime"])
  }

  @Test("a field that the contract renames or adds is known by its new name")
  func overrides() {
    var book = StatusBook(
      Self.good + """

          expectedReady: ${Ready}
          reason: {code: "${Code}", words: "${Words}"}
        """)
    book.overrides = """
      kind: contract
      messages:
        notifyOrderChange:
          fields:
            readyTime: {rename: expectedReady, basis: confirmed}
            reason: {type: object, basis: confirmed}
            reason.code: {type: integer, basis: confirmed}
            reason.words: {type: string, basis: confirmed}
      """
    let result = book.run("Order|State|Ready|Code|Words\n7|REJECTED|2026-01-31 12:00|4|no fish")
    #expect(
      result.lines == [
        #"7 {orderStatus:"REJECTED",expectedReady:"2026-01-31T12:00:00+08:00",reason:{"code":4,"words":"no fish"}}@-"#
      ])
    #expect(result.changes[0].fields[1].role == "readyTime")
  }

  @Test(
    "a refund that could not be counted is refused",
    arguments: [
      ("refundAmount: {type: string}", "refundAmount: ${Refund}", "refundAmount"),
      (
        "refundAmount: {remove: true}, refund: {type: object, basis: confirmed}, "
          + "refund.total: {type: amount, basis: confirmed, role: refundAmount}",
        "refund: {total: \"${Refund}\"}", "refund.total"
      ),
    ])
  func uncounted(fields: String, line: String, path: String) {
    var book = StatusBook(Self.good + "\n  \(line)")
    book.overrides = "kind: contract\nmessages: {notifyOrderChange: {fields: {\(fields)}}}"
    #expect(
      book.mistakes() == [
        "m.yaml, line 4, position 3: the field with the role refundAmount must be of the type amount "
          + "and stand in no other field, or it could not be checked (found: \"\(path)\"). Leave it "
          + "out here, or fix the file of kind: contract."
      ])
  }

  @Test(
    "each mistake is told with its place and what to write instead",
    arguments: [
      (
        "order: ${Order}", "ordr: ${Order}",
        [
          "m.yaml, line 4, position 3: \"order\" is missing in change. Add it: order: …",
          "m.yaml, line 4, position 3: \"ordr\" is not a key of change. Did you mean \"order\"?",
        ]
      ),
      (
        "orderStatus: ${State}", "orderState: ${State}",
        [
          "m.yaml, line 5, position 3: \"orderState\" is not a key of change. Did you mean "
            + "\"orderStatus\"?"
        ]
      ),
      (
        "orderStatus: ${State}", "changedAt: ${At}",
        [
          "m.yaml, line 4, position 3: the change says nothing about the order. Add at least one of: "
            + "shortOrderNumber, orderStatus, deliveryStatus, refundAmount, readyTime."
        ]
      ),
      (
        "orderStatus: ${State}", "orderStatus: READDY",
        [
          "m.yaml, line 5, position 16: \"orderStatus\" must be one of ACCEPTED, PREPARING, READY, "
            + "COMPLETED, REJECTED, CANCELLED (found: \"READDY\"). Did you mean \"READY\"?"
        ]
      ),
      (
        "change:\n  order: ${Order}\n  orderStatus: ${State}",
        "tables: {st: {ANG: ACEPTED, FERTIG: READY, NEU: \"\", WEG: FORT}}\nchange:\n"
          + "  order: ${Order}\n  orderStatus: ${State | lookup(st, \"REDY\") | default(\"x\")}",
        [
          "m.yaml, line 3, position 20: \(oneOf), and the table \"st\" says another word (found: "
            + "\"ACEPTED\"). Did you mean \"ACCEPTED\"?",
          "m.yaml, line 3, position 58: \(oneOf), and the table \"st\" says another word (found: "
            + "\"FORT\"). Write one of them, or \"\" where such records are left out.",
          "m.yaml, line 6, position 16: \(oneOf) (found: \"REDY\"). Did you mean \"READY\"?",
          "m.yaml, line 6, position 16: \(oneOf) (found: \"x\"). Write one of them, or \"\" where such "
            + "records are left out.",
        ]
      ),
      (
        "orderStatus: ${State}", "orderStatus: READY\n  matchBy: orderId",
        [
          "m.yaml, line 6, position 12: \"matchBy\" is one of requestOrderId, posOrderId, "
            + "channelOrderId, shortOrderNumber (found: \"orderId\"). Did you mean \"posOrderId\"?"
        ]
      ),
      (
        "orderStatus: ${State}", "requestOrderId: ${Order}\n  orderStatus: READY",
        [
          "m.yaml, line 5, position 3: \"requestOrderId\" is not a key of change. Its keys are: "
            + "changedAt, deliveryStatus, each, matchBy, once, order, orderStatus, readyTime, "
            + "refundAmount, shortOrderNumber, when."
        ]
      ),
      (
        "change:", "refunds: total\nwaitForOrder: soon\nfillJourney: maybe\nchange:",
        [
          "m.yaml, line 3, position 10: \"refunds\" is one of delta, cumulative (found: \"total\"). Write "
            + "one of them.",
          "m.yaml, line 4, position 15: \"waitForOrder\" is not a duration (found: \"soon\"). Write a "
            + "whole number and a unit: 500ms, 1s, 5m, 24h or 7d.",
          "m.yaml, line 5, position 14: \"fillJourney\" is one of true, false (found: \"maybe\"). Write "
            + "one of them.",
        ]
      ),
      (
        "change:", "rows: {groupBy: Order}\nchange:",
        [
          "m.yaml, line 3, position 1: \"rows\" is not a key of m.yaml. Its keys are: afterDone, change, "
            + "columns, currency, dates, files, fillJourney, format, kind, lastLine, maxBadRows, "
            + "numbers, onBadRow, ready, refunds, tables, tests, unless, values, waitForOrder, where."
        ]
      ),
      (
        "files: status/*.csv", "files: {a: status/*.csv, b: status/*.txt}",
        [
          "m.yaml, line 2, position 1: a mapping of order statuses reads files of one kind. Write one "
            + "pattern, such as files: status/*.csv, and a mapping for each kind."
        ]
      ),
      (
        "files: status/*.csv", "files:",
        [
          "m.yaml, line 1, position 1: the mapping does not say which files it reads. Add for example: "
            + "files: status/*.csv (below Inbox/)."
        ]
      ),
      (
        "files: status/*.csv", "files: status/*.done\nformat: name-only",
        [
          "m.yaml, line 5, position 10: of such a file nothing is read but its name (found: \"Order\"). "
            + "Take the texts out of the name, as in ${file.name | match(\"(\\d+)\")}, or state another "
            + "format.",
          "m.yaml, line 6, position 16: of such a file nothing is read but its name (found: \"State\"). "
            + "Take the texts out of the name, as in ${file.name | match(\"(\\d+)\")}, or state another "
            + "format.",
        ]
      ),
      (
        "files: status/*.csv", "files: status/*.csv\nformat: names",
        [
          "m.yaml, line 3, position 9: there is no such format (found: \"names\"). The formats are: csv, "
            + "json, json-lines, name-only."
        ]
      ),
    ] as [(String, String, [String])])
  func tells(instead: String, written: String, messages: [String]) {
    #expect(StatusBook(Self.good.replacing(instead, with: written)).mistakes() == messages)
  }

  @Test("a mapping without a change is refused")
  func needsChange() {
    #expect(
      StatusBook("kind: order-status\nfiles: status/*.csv").mistakes() == [
        "m.yaml, line 1, position 1: the mapping does not say what a record changes. Add change: with "
          + "order: ${…} and what the record says about the order, such as orderStatus: ${…}."
      ])
  }
}
