import Foundation
import TestSupport
import Testing

/// The program is killed while it takes a status file, and the next runs go on.
@Suite(.talksToPrograms) struct StatusKillTests {
  /// The sample workspace after its first run, in which DEMO-0001 is COMPLETED, with one more
  /// status file: a number for that order, a refund of it, and a line of an order that is unknown.
  private static let prepared = Task {
    let folder = try CircleTests.sample()
    _ = await Program([Shop.connector, "run"], in: folder.path).end()
    folder.write(
      "Mappings/status-till.yaml",
      """
      kind: order-status
      files: status/till*.csv
      currency: SGD
      afterDone: archive
      change:
        order: ${Order}
        matchBy: requestOrderId
        shortOrderNumber: ${Ticket}
        refundAmount: ${Refund}

      """)
    folder.write(
      "Inbox/status/till.csv",
      "Order,Ticket,Refund\nDEMO-0001,A77,\nDEMO-0001,,1.25\nUNKNOWN-1,A78,\n")
    return folder
  }

  @Test(
    "killed at any system call that changes a file: the next run ends the file, and nothing is told twice",
    arguments: ["rename,renameat2", "fdatasync,fsync", "unlink"])
  func atEachCall(_ calls: String) async throws {
    try Tracer.require()
    let sample = try await Self.prepared.value
    var (kills, misses, number) = (0, 0, 0)
    while misses < 3 {
      number += 1
      let folder = TemporaryFolder()
      _ = await Program(["cp", "-a", "\(sample.path)/.", folder.path], in: "/").end()
      let trace = [
        "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(calls)",
        "-e", "inject=\(calls):signal=KILL:when=\(number)",
      ]
      let ending = await Program(trace + [Shop.connector, "run"], in: folder.path).end()
      let isKilled = ending.exit == 128 + 9
      let place = "\(calls) \(number)"
      expect(
        await Program([Shop.connector, "run"], in: folder.path).end(),
        Program.Ending(exit: 0, out: "", err: ""), place)
      let queries = [
        "SELECT outcome || ' ' || isPlaced FROM file WHERE name = 'status/till.csv'": ["sent 1"],
        "SELECT count(*) FROM file WHERE isPlaced = 0": ["0"],
        """
        SELECT state || coalesce(refundValue, '') FROM notification WHERE changeId IN
          (SELECT id FROM statusChange WHERE mapping = 'status-till') ORDER BY id
        """: ["accepted", "accepted125"],
        "SELECT orderKey FROM statusChange WHERE state = 'waiting'": ["UNKNOWN-1"],
      ]
      for (query, rows) in queries { #expect(folder.ledger(query) == rows, "\(place): \(query)") }
      #expect(folder.files("Inbox").filter { $0.hasSuffix("/till.csv") }.count == 1, "\(place)")
      kills += isKilled ? 1 : 0
      misses = isKilled ? 0 : misses + 1
    }
    #expect(kills > 0)
  }
}
