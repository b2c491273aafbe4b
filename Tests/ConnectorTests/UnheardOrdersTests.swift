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
      stores in connector.yaml, start serve again, and ask D-Store to send the order again.

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
}
