import Foundation
import Glibc
import TestSupport
import Testing

/// Orders, while everything around them fails.
@Suite(.talksToPrograms) struct OrderChaosTests {
  @Test("gateway and run are killed, the outbox goes away: each order is seen once by the POS")
  func chaos() async throws {
    let counter = Counter(isSecure: true)
    try await begin(counter)
    let folder = TemporaryFolder()
    let link = FileManager.default.createSymbolicLink(atPath:withDestinationPath:)
    try link(folder.path("keys"), Counter.keys.path)
    try link(folder.path("workspace"), counter.shop.folder.path)
    let program = [Shop.connector, "--workspace", counter.shop.folder.path]
    let ending = await Program(
      [
        "python3", Counter.fixture("orders_chaos.py"), folder.path, "--url", counter.url,
        "--orders", "150", "--rate", "40", "--connections", "4",
        "--kills", "5", "--absences", "4", "--runs", "4", "--settle", "60",
        "--run", "\(program[0]) run \(program[1]) \(program[2])",
        "--", program[0], "serve", program[1], program[2],
      ], in: folder.path
    ).end()
    let verdict = json(ending.out) ?? [:]
    #expect(verdict["good"] as? Bool == true, "\(ending)")
    #expect((verdict["seen"] as? [String: Int])?["orders"] == 150)
    let chaos = verdict["chaos"] as? [String: Int] ?? [:]
    #expect(chaos["kills", default: 0] > 0 && chaos["absences", default: 0] > 0, "\(chaos)")
    await expect(counter.shop.run(), Program.Ending(exit: 0, out: "", err: ""))
  }

  /// Lets the outbox have both of its folders: one that nothing was ever written to is made when
  /// it is missing, and is not waited for.
  private func begin(_ counter: Counter) async throws {
    let serve = try await counter.serve()
    await counter.expectPlaced(1)
    let change = await counter.caller("change", "O-000000", "C-1", "CANCELLED").end()
    #expect(change.exit == 0, "\(change)")
    await counter.expectStopped(serve)
    let files = ["orders/O-000000.json", "changes/O-000000-C-1.json"]
    for file in files {
      #expect(counter.shop.folder.has("Outbox/\(file)"))
      counter.shop.folder.remove("Outbox/\(file)")
    }
  }
}
