import Foundation
import TestSupport
import Testing

/// Status files that are not what they should be: a clear message, one place, nothing guessed.
@Suite(.talksToPrograms) struct BadStatusTests {
  private let folder: TemporaryFolder

  /// The sample workspace after its first run: DEMO-0001 is COMPLETED, DEMO-0002 REJECTED, DEMO-0003
  /// CANCELLED.
  init() async throws {
    folder = try CircleTests.sample()
    _ = await Self.program(["run"], in: folder)
    for (name, key) in [("till", "requestOrderId"), ("number", "shortOrderNumber")] {
      folder.write(
        "Mappings/status-\(name).yaml",
        """
        kind: order-status
        files: status/\(name)*.csv
        currency: SGD
        change:
          order: ${Order}
          matchBy: \(key)
          orderStatus: ${State | lookup(state)}
          shortOrderNumber: ${Ticket}
          refundAmount: ${Refund}
          changedAt: ${At}
        tables:
          state: {done: COMPLETED, ready: READY}

        """)
    }
  }

  private static func program(_ words: [String], in folder: TemporaryFolder) async -> Program.Ending
  {
    await Program([Shop.connector] + words, in: folder.path).end()
  }

  private func run(_ lines: String, as name: String = "till.csv") async -> Program.Ending {
    folder.write("Inbox/status/\(name)", "Order,State,Ticket,Refund,At\n\(lines)\n")
    return await Self.program(["run"], in: folder)
  }

  @Test(
    "a line that cannot be is refused, and says why and what to do",
    arguments: [
      (
        "a word that nobody knows", "DEMO-0001,eaten,,,",
        """
        Inbox/status/till.csv: rejected, the table "state" has no such word.
          Inbox/status/till.csv, line 2, record 1, "State": the table "state" has no such word \
        (found: "eaten"). Add it to the table, or give a fallback: lookup(state, "…").
        """
      ),
      (
        "a date from 1999", "DEMO-0001,,A01,,1999-03-14 11:20",
        """
        Inbox/status/till.csv: rejected, this is not a time as the mapping writes them.
          Inbox/status/till.csv, line 2, record 1, "At": this is not a time as the mapping writes \
        them (found: "1999-03-14 11:20"). State how the export writes it, for example dates: \
        dd.MM.yyyy HH:mm. A year before 2000 is never read: it comes from a clock that was reset.
        """
      ),
      (
        "a refund above the total", "DEMO-0001,,,99.00,",
        """
        Inbox/status/till.csv: rejected, 0 notification(s) for D-Store, 1 change(s) need a person.
          Inbox/status/till.csv, line 2, record 1: with the 1.50 SGD refunded before it is more \
        than the 8.90 SGD that were paid (found: "99.00 SGD"). Correct the refund in the POS; where \
        the POS writes all that was refunded so far, write refunds: cumulative in \
        Mappings/status-till.yaml.
        """
      ),
      (
        "a step after the end", "DEMO-0002,ready,,,",
        """
        Inbox/status/till.csv: rejected, 0 notification(s) for D-Store, 1 change(s) need a person.
          Inbox/status/till.csv, line 2, record 1: the order is REJECTED, after which nothing \
        follows (found: "READY"). D-Store takes no such step: correct the order in the POS, or \
        settle it with the channel.
        """
      ),
      (
        "no order", ",ready,,,",
        """
        Inbox/status/till.csv: rejected, the record does not say which order it is about.
          Inbox/status/till.csv, line 2, record 1, "Order": the record does not say which order it \
        is about. Fill it in the POS, or leave such rows out with where: or unless:.
        """
      ),
    ])
  func refused(what: String, line: String, err: String) async {
    let ending = await run(line)
    #expect(ending == Program.Ending(exit: 1, out: "", err: err + "\n"), "\(what)")
    #expect(
      folder.files("Inbox/rejected").filter { $0.hasSuffix("till.csv") } == ["till.csv"])
    let status = await Self.program(["status"], in: folder)
    #expect(status.exit == 1)
    // It is seen to when somebody deletes it, not when another file is good.
    let good = await run("DEMO-0001,,A09,,", as: "till-2.csv")
    #expect(good == Program.Ending(exit: 0, out: "", err: ""))
  }

  @Test("a number that two orders have is guessed at by nobody")
  func ambiguous() async {
    #expect(await run("DEMO-0002,,A01,,").exit == 0)
    let ending = await run("A01,done,,,", as: "number.csv")
    expect(
      ending,
      Program.Ending(
        exit: 1, out: "",
        err: """
          Inbox/status/number.csv: rejected, 0 notification(s) for D-Store, 1 change(s) need a person.
            Inbox/status/number.csv, line 2, record 1: 2 orders have this shortOrderNumber: DEMO-0002, \
          DEMO-0001 (found: "A01"). Have the POS write an id that no other order has, and say which \
          with matchBy:.

          """))
  }

  @Test("an order that is not here yet is waited for, without a word")
  func unknown() async {
    #expect(await run("X-1,ready,,,") == Program.Ending(exit: 0, out: "", err: ""))
    let status = await Self.program(["status"], in: folder)
    #expect(status.exit == 0)
    #expect(status.out.contains("Changes whose orders have not come yet\n  order \"X-1\": "))
  }

  private static func skipping(refund: String) -> String {
    """
    kind: order-status
    files: status/day*.csv
    onBadRow: skip
    maxBadRows: 100
    currency: SGD
    tables: {state: {ready: READY}}
    change:
      order: ${Order}
      matchBy: requestOrderId
      orderStatus: ${State | lookup(state)}
      shortOrderNumber: ${Ticket}
      refundAmount: ${Refund\(refund)}

    """
  }

  @Test("rows that were skipped stand in status until retry takes them up, or dismiss settles them")
  func skippedRows() async {
    folder.write("Mappings/status-day.yaml", Self.skipping(refund: ""))
    let ending = await run(
      "DEMO-0001,,,-1.00,\nDEMO-0002,,B07,,\nDEMO-0003,redy,,,", as: "day.csv")
    let rows = [
      "Inbox/status/day.csv, line 2, record 1, \"Refund\": an amount is from 0 to 2147483647",
      "Inbox/status/day.csv, line 4, record 3, \"State\": the table \"state\" has no such word",
    ]
    #expect(ending.exit == 1)
    for row in rows { #expect(ending.err.contains(row), "\(ending)") }
    for _ in 1...2 {
      let status = await Self.program(["status"], in: folder)
      #expect(status.exit == 1)
      for row in rows { #expect(status.out.contains("    " + row), "\(status)") }
      let told = await Self.program(["status", "--json"], in: folder)
      let bad = json(told.out)?["badRows"] as? [[String: Any]]
      #expect((bad?.first?["problems"] as? [String])?.count == 2)
      #expect(await Self.program(["run"], in: folder).exit == 0)
    }
    folder.write(
      "Mappings/status-day.yaml", Self.skipping(refund: " | replace(\"-\", \"\")"))
    #expect(await Self.program(["retry", "status/day.csv"], in: folder).exit == 1)
    let status = await Self.program(["status"], in: folder)
    #expect(status.exit == 1)
    #expect(!status.out.contains(rows[0]), "\(status)")
    #expect(status.out.contains(rows[1]), "\(status)")
    #expect(await Self.program(["dismiss", "status/day.csv"], in: folder).exit == 0)
    #expect(await Self.program(["status"], in: folder).exit == 0)
  }

  @Test("a file that is still being written is left alone")
  func busy() async throws {
    folder.write("Inbox/status/till.csv", "Order,State,Ticket,Refund,At\nDEMO-0001,,A0")
    let writer = try #require(FileHandle(forWritingAtPath: folder.path("Inbox/status/till.csv")))
    try writer.seekToEnd()
    #expect(await Self.program(["run"], in: folder) == Program.Ending(exit: 0, out: "", err: ""))
    #expect(folder.files("Inbox/status").contains("till.csv"))
    try writer.write(contentsOf: Data("7,,\n".utf8))
    try writer.close()
    #expect(await Self.program(["run"], in: folder) == Program.Ending(exit: 0, out: "", err: ""))
    let status = await Self.program(["status"], in: folder)
    #expect(status.out.contains("\"DEMO-0001\" number \"A07\""))
  }
}
