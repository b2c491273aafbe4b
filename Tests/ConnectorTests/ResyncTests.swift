import Foundation
import TestSupport
import Testing

/// A whole list on demand.
@Suite(.talksToPrograms) struct ResyncTests {
  private func shop(_ afterDone: String) async -> Shop {
    let shop = Shop(mapping: Shop.mapping + "afterDone: \(afterDone)\n")
    shop.drop(Shop.menu)
    #expect(await shop.run().exit == 0)
    #expect(shop.dstore.effects == 1)
    return shop
  }

  @Test(
    "the last export goes again as a whole list although nothing has changed",
    arguments: ["keep", "archive"])
  func again(afterDone: String) async throws {
    let shop = await shop(afterDone)
    let place = shop.inbox
    #expect(await shop.run().exit == 0)
    #expect(shop.dstore.effects == 1)
    for count in 2...3 {
      await expect(shop.command("resync", "S-1"), Program.Ending(exit: 0, out: "", err: ""))
      #expect(shop.dstore.effects == count)
    }
    #expect(Set(shop.dstore.requests.map(\.products)).count == 1)
    #expect(Set(shop.dstore.requests.map(\.requestId)).count == 3)
    #expect(shop.inbox == place)
    #expect(await shop.run().exit == 0)
    #expect(shop.dstore.effects == 3)
  }

  @Test("where no export is at hand it says so, and the next one goes as a whole list")
  func missing() async throws {
    let shop = await shop("delete")
    let ending = await shop.command("resync", "S-1")
    #expect(ending.exit == 1)
    #expect(
      ending.err == """
        the export of store S-1, Inbox/products/menu.csv, is not kept any more. Have the POS export \
        again; the next list of the store is a whole one.

        """)
    shop.drop(Shop.menu)
    #expect(await shop.run().exit == 0)
    #expect(shop.dstore.effects == 2)
  }

  @Test("a newer export that waits goes instead of the last one")
  func newer() async throws {
    let shop = await shop("archive")
    shop.drop(Shop.menu.replacing("6.50", with: "7.00"))
    #expect(await shop.command("resync", "S-1").exit == 0)
    #expect(shop.dstore.effects == 2)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 700")
  }

  @Test("after a ledger was copied back the next list is a whole one, and an old export stays put")
  func copiedBack() async throws {
    let shop = await shop("archive")
    #expect(await shop.shell("mkdir backup && cp -a .connector/ledger.sqlite* backup").exit == 0)
    shop.drop(Shop.menu.replacing("6.50", with: "7.00"))
    #expect(await shop.run().exit == 0)
    #expect(
      await shop.shell("rm .connector/ledger.sqlite*; cp -a backup/ledger.sqlite* .connector").exit
        == 0)
    let ending = await shop.command("resync", "S-1")
    #expect(ending.exit == 1)
    #expect(ending.err.contains("may be older than what D-Store has"), "\(ending)")
    shop.drop(Shop.menu)
    #expect(await shop.run().exit == 1)
    #expect(shop.dstore.effects == 3)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 650")
  }

  @Test(
    "a store that is not named in connector.yaml is refused, and those that are named are listed")
  func unknown() async throws {
    let shop = await shop("keep")
    let ending = await shop.command("resync", "S-9")
    #expect(
      ending
        == Program.Ending(
          exit: 1, out: "",
          err: """
            connector.yaml names no such store (found: "S-9"). It names: S-1.

            """))
  }
}
