import Foundation
import TestSupport
import Testing

/// The program, where a mapping of orders is gone or its folder cannot be read.
@Suite(.talksToPrograms) struct GoneMappingTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")
  private static let mapping = """
    kind: orders
    file: orders/${requestOrderId}.csv
    records: [{columns: {ID: '${requestOrderId}'}}]

    """
  private static let gone = """
    Mappings/pos.yaml: orders wait, because this mapping, which may have to write them, is gone. Put \
    it back; or, if it is not to come back, run `dstore-connector approve Mappings/pos.yaml`: what no \
    other mapping takes is written as plain JSON then.
    """

  /// A counter whose mapping has written an order, and is gone before the next one comes.
  private func counter() async throws -> Counter {
    let counter = Counter()
    counter.shop.folder.write("Mappings/pos.yaml", Self.mapping)
    var serve = try await counter.serve()
    await counter.expectPlaced(1, prefix: "A")
    try await until("it is written") { counter.orders.count == 1 }
    await counter.expectStopped(serve)
    counter.shop.folder.remove("Mappings/pos.yaml")
    serve = try await counter.serve()
    await counter.expectPlaced(1, prefix: "B")
    try await until("it says why the order waits") { serve.err.contains("is gone") }
    await counter.expectStopped(serve, err: Self.gone + "\n")
    return counter
  }

  private func kinds(_ counter: Counter) -> [String] {
    counter.orders.map { String($0.suffix(4)) }.sorted()
  }

  @Test("orders wait, run and status name the command, and it lets them go as plain JSON")
  func approved() async throws {
    let counter = try await counter()
    let shop = counter.shop
    let run = await shop.run()
    #expect(run.exit == 1)
    #expect(run.err.hasPrefix("\(Self.gone) 1 file(s) wait for it: order "), "\(run.err)")
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.hasPrefix("Needs attention (1)\n  \(Self.gone)\n"), "\(status.out)")
    #expect(kinds(counter) == [".csv"])
    let approved = await shop.command("approve", "Mappings/pos.yaml")
    #expect(approved.exit == 0)
    #expect(approved.out.hasSuffix(".json: written.\n"))
    #expect(kinds(counter) == [".csv", "json"])
    await expect(shop.run(), Self.quiet)
    #expect(await shop.command("status").exit == 0)
  }

  @Test("put back, it writes what waited")
  func putBack() async throws {
    let counter = try await counter()
    counter.shop.folder.write("Mappings/pos.yaml", Self.mapping)
    await expect(counter.shop.run(), Self.quiet)
    #expect(kinds(counter) == [".csv", ".csv"])
    await expect(
      counter.shop.command("approve", "Mappings/pos.yaml"),
      .init(
        exit: 1, out: "",
        err: """
          this mapping is there, so no order waits for its approval (found: "Mappings/pos.yaml"). \
          dstore-connector check says what is wrong with it, and status what waits.

          """))
    await expect(
      counter.shop.command("approve", "Mappings/pot.yaml"),
      .init(
        exit: 1, out: "",
        err: """
          no mapping of orders of this name was ever there (found: "Mappings/pot.yaml"). \
          dstore-connector status shows what waits, and for what.

          """))
  }

  @Test("a folder of mappings that fails ends run with 2 and nothing touched, and status says so")
  func unreadable() async throws {
    let counter = try await counter()
    let shop = counter.shop
    // The mappings' names cannot be read; the settings can.
    let broken =
      "strace -f -qq -o trace -P $PWD/Mappings -e trace=getdents64 "
      + "-e inject=getdents64:error=EIO "
    let problem = """
      Mappings: the folder of the mappings cannot be read: Input/output error. Let the connector's \
      user read it, and check the disk or share that it is on.

      """
    await expect(shop.shell(broken + "$C run"), .init(exit: 2, out: "", err: problem))
    let status = await shop.shell(broken + "$C status")
    #expect(status.exit == 2)
    #expect(status.out.contains("  " + problem))
    #expect(kinds(counter) == [".csv"])
  }
}
