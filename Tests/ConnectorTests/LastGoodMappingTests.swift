import Foundation
import Testing

/// The program, where a mapping of orders is wrong when it begins, and was right before.
@Suite struct LastGoodMappingTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")
  private static let mapping = """
    kind: orders
    file: orders/${requestOrderId}.csv
    records: [{columns: {ID: '${requestOrderId}'}}]

    """
  private static let wrong = mapping.replacing("Id}'", with: "Id | uper}'")
  private static let problem =
    "Mappings/pos.yaml, line 3, position 26: there is no filter of this name (found: \"uper\"). Did you "
    + "mean \"upper\"? Until this is fixed, orders go by its last good version (of TIME)."

  @Test("orders go by the last good one after a restart, everything says so, until it is fixed")
  func restart() async throws {
    let counter = Counter()
    let shop = counter.shop
    shop.folder.write("Mappings/pos.yaml", Self.mapping)
    var serve = try await counter.serve()
    await counter.expectPlaced(1, prefix: "A")
    try await until("it is written") { counter.orders.count == 1 }
    await counter.expectStopped(serve)

    shop.folder.write("Mappings/pos.yaml", Self.wrong)
    serve = try await counter.serve()
    await counter.expectPlaced(1, prefix: "B")
    try await until("it is written") { counter.orders.count == 2 }
    let health = await counter.health()
    #expect(health.hasPrefix("200 {\"status\":\"ok\",\"attention\":{"), "\(health)")
    #expect(health.contains("orders go by its last good version (of "), "\(health)")
    let ending = await counter.stop(serve)
    #expect(ending.exit == 0)
    #expect(ending.err == Self.problem + "\n")
    for order in counter.orders {
      let id = order.dropLast(4)
      #expect(shop.folder.text("Outbox/orders/\(order)") == "ID\n\(id)\n")
    }

    await expect(
      shop.run(), .init(exit: 2, out: "", err: Self.problem + "\n"))
    let status = await shop.command("status")
    #expect(status.exit == 2)
    #expect(status.out.hasPrefix("Needs attention (1)\n  \(Self.problem)\n"), "\(status.out)")
    let id = try #require(counter.orders.first).dropLast(4)
    let resent = await shop.command("resend", String(id))
    #expect(resent.exit == 1)
    #expect(resent.err == Self.problem + "\n")
    #expect(resent.out.hasSuffix(".csv: written.\n"), "\(resent.out)")

    shop.folder.write("Mappings/pos.yaml", Self.mapping.replacing("ID:", with: "NO:"))
    serve = try await counter.serve()
    await counter.expectPlaced(1, prefix: "C")
    try await until("it is written") { counter.orders.contains { $0.hasPrefix("C") } }
    #expect(await counter.health() == "200 {\"status\":\"ok\"}")
    await counter.expectStopped(serve)
    let last = try #require(counter.orders.first { $0.hasPrefix("C") })
    #expect(shop.folder.text("Outbox/orders/\(last)").hasPrefix("NO\n"))
    await expect(shop.run(), Self.quiet)
    #expect(await shop.command("status").exit == 0)
  }
}
