import Foundation
import TestSupport
import Testing

/// A file that is gone while it is worked on keeps nothing else back, and is named until somebody
/// has seen to it.
@Suite(.talksToPrograms) struct LostFileTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")
  private static let prices = Shop.menu.replacing("6.50", with: "6.60")
  private static let words = """
    Inbox/products/menu.csv: somebody moved or deleted it while it was being worked on. Put the \
    file into its folder of the inbox again if it is still wanted; if not, run: dstore-connector \
    dismiss products/menu.csv.

    """

  /// A shop whose menu was accepted and whose next one D-Store has not decided on; of that nothing
  /// but the request is left.
  private func undecided() async -> Shop {
    let shop = Shop()
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.drop(Self.prices)
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    for name in shop.inbox where name.contains("claimed-") { shop.folder.remove("Inbox/\(name)") }
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
    shop.passTime()
    return shop
  }

  @Test(
    """
    a work file that is gone when D-Store decides is lost although the archive holds a file of its \
    name: nothing waits for it, and status names it until it is settled
    """, arguments: ["dismiss", "a good export"])
  func undecidedFile(_ settling: String) async throws {
    let shop = await undecided()
    await expect(shop.run(), .init(exit: 1, out: "", err: Self.words))
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 660")
    #expect(shop.ledger("SELECT count(*) FROM file WHERE isPlaced = 0") == ["0"])
    #expect(shop.folder.text("Inbox/\(try archived(shop))") == Shop.menu)
    await expect(shop.run(), Self.quiet)
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.contains(Self.words), "\(status.out)")
    if settling == "dismiss" {
      await expect(
        shop.command("dismiss", "products/menu.csv"),
        .init(exit: 0, out: "products/menu.csv: settled.\n", err: ""))
    } else {
      shop.drop(Self.prices)
      await expect(shop.run(), Self.quiet)
    }
    #expect(await shop.command("status").exit == 0)
  }

  private func archived(_ shop: Shop) throws -> String {
    try #require(shop.folder.files("Inbox").first { $0.hasPrefix("archive/") })
  }

  @Test("other files go on while a lost one is told")
  func others() async {
    let shop = await undecided()
    shop.drop(Self.prices.replacing("8.00", with: "8.80"), as: "menu-2.csv")
    await expect(shop.run(), .init(exit: 1, out: "", err: Self.words))
    #expect(shop.dstore.menu("S-1").prefix(2) == ["A1: AVAILABLE 660", "A2: AVAILABLE 880"])
    // That one made up for it.
    #expect(await shop.command("status").exit == 0)
  }

  @Test(
    "a claimed or decided file that is nowhere is lost, also after a kill while that is recorded",
    arguments: [
      ("outcome = NULL, target = NULL, endedAt = NULL", "lost 1"),
      ("outcome = 'sent', target = 'archive/2026-01-31/menu.csv'", "sent 1"),
    ])
  func unplaced(_ change: String, _ end: String) async {
    let shop = Shop()
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.change(
      """
      UPDATE file SET isPlaced = 0, workName = '.work/claimed-1/products/menu.csv', \(change)
      """)
    await expect(shop.run(), .init(exit: 1, out: "", err: Self.words))
    #expect(await shop.command("status").exit == 1)
    #expect(shop.ledger("SELECT outcome || ' ' || isLost FROM file") == [end])
    // As a kill leaves it before the last commit.
    shop.change("UPDATE file SET isPlaced = 0, target = NULL")
    _ = await shop.run()
    #expect(await shop.command("status").exit == 1)
    #expect(shop.ledger("SELECT isPlaced FROM file") == ["1"])
    #expect(await shop.command("dismiss", "Inbox/products/menu.csv").exit == 0)
    #expect(await shop.command("status").exit == 0)
    await expect(shop.run(), Self.quiet)
  }
}
