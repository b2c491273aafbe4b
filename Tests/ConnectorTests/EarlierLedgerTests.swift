import Foundation
import TestSupport
import Testing

/// Ledgers that the first version of the program made go on.
@Suite(.talksToPrograms) struct EarlierLedgerTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  private static let notifications = """
    SELECT requestOrderId || ' ' || notification.state || coalesce(' ' || orderStatus, '')
      || coalesce(' ' || refundValue, '')
    FROM notification JOIN heldOrder ON heldOrder.id = orderId ORDER BY notification.id
    """

  @Test("a ledger with products, orders and statuses opens and goes on")
  func ordinary() async throws {
    let shop = try Shop.cafe("ordinary")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests == [])
    shop.folder.write("Inbox/status/till-2.csv", "Order,State,Ticket,Refund\nDEMO-0001,ready,,\n")
    shop.drop(Shop.menu)
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(ending.err.contains("what D-Store accepted last for store cafe-1 is gone"))
    #expect(shop.dstore.menu("cafe-1").count == 4)
    #expect(
      shop.ledger(Self.notifications) == [
        "DEMO-0001 accepted ACCEPTED", "DEMO-0002 accepted ACCEPTED", "DEMO-0001 accepted READY",
      ])
    await expect(shop.run(), Self.quiet)
  }

  @Test(
    "an order of an earlier ledger is found by each of its ids",
    arguments: ["DEMO-0002", "9696a0c88d947bcb", "GRABFOOD-DEMO-0002"])
  func ids(id: String) async throws {
    let shop = try Shop.cafe("ordinary")
    shop.folder.write("Outbox/orders/of-the-till.txt", "")
    let ending = await shop.command("resend", id)
    #expect(ending.exit == 0, "\(ending)")
    #expect(
      shop.ledger("SELECT orderId || ' ' || isRepeat FROM orderRelease ORDER BY id DESC LIMIT 1")
        == ["2 1"])
  }

  @Test("a status file that was recorded and never decided on ends with the next run")
  func undecidedStatusFile() async throws {
    let shop = try Shop.cafe("undecided-status-file")
    let work = try #require(
      shop.ledger("SELECT workName FROM file WHERE outcome IS NULL").first)
    shop.folder.write(
      "Inbox/\(work)",
      "Order,State,Ticket,Refund\nDEMO-0001,ready,A01,\nDEMO-0002,,,1.25\nUNKNOWN-2,taken,A10,\n")
    shop.drop(Shop.menu)
    let ending = await shop.run()
    #expect(ending.err.contains("Inbox/products/menu.csv: sent"), "\(ending)")
    #expect(shop.dstore.menu("cafe-1").count == 4)
    #expect(shop.inbox == ["archive/DAY/menu.csv", "archive/DAY/till-2.csv"])
    let told = [
      "DEMO-0001 accepted ACCEPTED", "DEMO-0002 accepted ACCEPTED", "DEMO-0001 accepted READY",
      "DEMO-0002 accepted 125",
    ]
    #expect(shop.ledger(Self.notifications).sorted() == told.sorted())
    #expect(
      shop.ledger("SELECT orderKey FROM statusChange WHERE state = 'waiting' ORDER BY id") == [
        "UNKNOWN-1", "UNKNOWN-2",
      ])
    #expect(shop.ledger("SELECT count(*) FROM file WHERE isPlaced = 0") == ["0"])
    await expect(shop.run(), Self.quiet)
    #expect(await shop.command("status").exit == 0)
  }
}
