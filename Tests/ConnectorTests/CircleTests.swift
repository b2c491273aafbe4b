import Foundation
import TestSupport
import Testing

/// The sample workspace on the embedded simulator: products out, orders in, statuses out.
@Suite(.talksToPrograms) struct CircleTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../..").standardized

  /// A copy of the checkout's own workspace.
  static func sample() throws -> TemporaryFolder {
    let folder = TemporaryFolder()
    for name in ["Inbox/products", "Inbox/status", "Mappings"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(name + "/.."), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: root.appendingPathComponent(name).path, toPath: folder.path(name))
    }
    folder.write("Outbox/README.md", "")
    return folder
  }

  private static func program(_ words: [String], in folder: TemporaryFolder) async -> Program.Ending
  {
    await Program([Shop.connector] + words, in: folder.path).end()
  }

  @Test("a link in the place of a folder of the outbox is named by check and status")
  func linkInOutbox() async throws {
    let folder = try Self.sample()
    #expect(await Program(["ln", "-s", ".", "Outbox/orders"], in: folder.path).end().exit == 0)
    let words = "Outbox/orders: it cannot be written because Outbox/orders is a link"
    let check = await Self.program(["check"], in: folder)
    #expect(check.exit == 2)
    #expect(check.err.contains(words), "\(check.err)")
    let status = await Self.program(["status"], in: folder)
    #expect(status.exit == 1)
    #expect(status.out.contains(words), "\(status.out)")
  }

  @Test("one run shows the whole circle, and the next one has nothing to do")
  func circle() async throws {
    let folder = try Self.sample()
    let silence = Program.Ending(exit: 0, out: "", err: "")
    expect(await Self.program(["run"], in: folder), silence)
    #expect(
      folder.files("Outbox") == [
        "README.md", "changes/DEMO-0003-DEMO-0003-1.json",
        "orders/DEMO-0001.json", "orders/DEMO-0002.json",
        "orders/backhaus-mitte/DEMO-0003.csv", "orders/backhaus-mitte/DEMO-0003.csv.done",
      ])
    expect(
      await Self.program(["run", "--json"], in: folder),
      Program.Ending(
        exit: 0,
        out: #"{"files":[],"orders":{"written":0,"waiting":0,"held":0,"reasons":[]},"#
          + #""notifications":{"sent":0,"refused":0,"waiting":0},"#
          + #""repeated":[],"problems":[],"exit":0}"# + "\n", err: ""))
    let status = await Self.program(["status"], in: folder)
    #expect(status.exit == 0)
    for line in [
      "Orders of the last 7 days: 1 CANCELLED, 1 COMPLETED, 1 REJECTED",
      "\"DEMO-0001\" number \"A01\", kopi-tiong-bahru: ORDER_SUCCESS → ACCEPTED → READY → COMPLETED",
      "\"DEMO-0002\" number \"A02\", kopi-katong: ORDER_SUCCESS → REJECTED",
      "\"DEMO-0003\", backhaus-mitte: ORDER_SUCCESS → ACCEPTED → CANCELLED",
    ] { #expect(status.out.contains(line), "\(status.out)") }
  }

  @Test("what the POS may not say of an order is refused with a reason, and nothing else waits")
  func refused() async throws {
    let folder = try Self.sample()
    _ = await Self.program(["run"], in: folder)
    folder.write(
      "Inbox/status/kopi-corner-late.csv",
      """
      Order no,Ticket,Status,Ready at,Status time,Refunded
      DSTORE-DEMO-0001,A01,Collected,,,99.00
      GRABFOOD-DEMO-0002,A02,Collected,,,
      DSTORE-DEMO-0001,A01,Collected,,,2.00

      """)
    let ending = await Self.program(["run"], in: folder)
    #expect(ending.exit == 1)
    #expect(ending.out == "")
    #expect(
      ending.err == """
        Inbox/status/kopi-corner-late.csv: sent, 1 notification(s) for D-Store, 2 change(s) need a \
        person.
          Inbox/status/kopi-corner-late.csv, line 2, record 1: with the 1.50 SGD refunded before it is more \
        than the 8.90 SGD that were paid (found: "99.00 SGD"). Correct the refund in the POS; \
        where the POS writes all that was refunded so far, write refunds: cumulative in \
        Mappings/status-kopi-corner.yaml.
          Inbox/status/kopi-corner-late.csv, line 3, record 2: the order is REJECTED, after which nothing \
        follows (found: "COMPLETED"). D-Store takes no such step: correct the order in the POS, or \
        settle it with the channel.

        """)
  }
}
