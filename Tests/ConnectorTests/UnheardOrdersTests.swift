import TestSupport
import Testing

/// Paid orders that the kitchen does not hear of: nobody is left in peace until a person knows.
@Suite(.talksToPrograms) struct UnheardOrdersTests {
  private let shop = Shop()

  @Test("a refused order that D-Store signed is told by run and status, which end with 1")
  func refused() async {
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    shop.change(
      """
      INSERT INTO scope (environment, endpoint, clientId, account)
      VALUES ('sandbox', 'gateway', '\(DStoreDouble.clientId)', '')
      """)
    shop.change(
      """
      INSERT INTO refusedCall (scopeId, requestOrderId, call, account, store, cause, reason, lastAt)
      SELECT max(id), 'R-1', 'createOrder', 'merchant', 'S-9', 'store', 'it is none of ours',
        strftime('%s', 'now') * 1000 FROM scope
      """)
    let words = """
      createOrder of order "R-1" (account "merchant", store "S-9") was refused although D-Store \
      signed it: it is none of ours, TIME. The order is paid. If the shop is yours, add it to \
      stores in connector.yaml, start serve again, and ask D-Store to send the order again. Once \
      that is seen to, run: dstore-connector dismiss R-1.

      """
    await expect(shop.run(), .init(exit: 1, out: "", err: words))
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(
      status.out == """
        Stores
          S-1: nothing sent yet

        Orders that only a person can bring to the kitchen
          \(words)
        """)
    let told = await shop.command("status", "--json")
    #expect(told.exit == 1)
    #expect(((json(told.out)?["unheardOrders"] as? [Any]) ?? []).count == 1)
  }

  @Test("dismiss settles a refused order, and what an earlier client left")
  func dismissed() async {
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    shop.change(
      """
      INSERT INTO scope (environment, endpoint, clientId, account)
      VALUES ('sandbox', 'gateway', '\(DStoreDouble.clientId)', ''), ('sandbox', 'gateway', 'OLD', '')
      """)
    shop.change(
      """
      INSERT INTO refusedCall (scopeId, requestOrderId, call, account, store, cause, reason, lastAt)
      SELECT id, 'R-1', 'createOrder', 'merchant', 'S-9', 'store', 'it is none of ours',
        strftime('%s', 'now') * 1000 FROM scope WHERE clientId = '\(DStoreDouble.clientId)'
        AND endpoint = 'gateway'
      """)
    shop.change(
      """
      INSERT INTO heldOrder (scopeId, requestOrderId, account, store, posOrderId, digest, status,
        receivedAt)
      SELECT id, 'R-2', 'merchant', 'S-1', 'P-2', '', 'ACCEPTED', 1 FROM scope WHERE clientId = 'OLD'
      """)
    shop.change("INSERT INTO orderRelease (scopeId, orderId) SELECT scopeId, id FROM heldOrder")
    #expect(await shop.run().exit == 1)
    await expect(
      shop.command("dismiss", "R-1"), .init(exit: 0, out: "R-1: 1 item(s) settled.\n", err: ""))
    #expect(await shop.command("status").exit == 1)
    await expect(
      shop.command("dismiss", "sandbox/OLD"),
      .init(exit: 0, out: "sandbox/OLD: 1 item(s) settled.\n", err: ""))
    #expect(await shop.command("status").exit == 0)
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    #expect(await shop.command("dismiss", "sandbox/OLD").exit == 1)
  }

  @Test("calls whose signature is wrong are counted by run and status until one is verified")
  func unverified() async throws {
    let counter = Counter()
    let serve = try await counter.serve()
    let call = """
      import sys, urllib.request
      headers = {"Content-Type": "application/json", "Client-Id": "\(DStoreDouble.clientId)", "Request-Time": "2026-01-31T12:08:56+08:00",
        "Signature": "algorithm=RSA256, keyVersion=1, signature=AAAA"}
      for _ in range(3):
        urllib.request.urlopen(urllib.request.Request(
          sys.argv[1] + "/v2/pos/createOrder", b"{}", headers)).read()
      """
    #expect(
      await Program(["python3", "-c", call, counter.url], in: counter.shop.folder.path).end().exit
        == 0)
    try await until("all are counted") {
      await counter.shop.command("status").out.contains("3 calls that bear D-Store's client id")
    }
    let status = await counter.shop.command("status")
    #expect(status.exit == 1)
    #expect(
      status.out.contains(
        """
        3 calls that bear D-Store's client id were refused for a wrong signature since TIME, the \
        last one at TIME, and none has been verified since. If D-Store sends orders now
        """), "\(status)")
    #expect(await counter.shop.run().exit == 1)
    await counter.expectPlaced(1)
    #expect(await counter.shop.command("status").exit == 0)
    _ = await counter.stop(serve)
  }
}
