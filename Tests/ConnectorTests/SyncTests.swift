import Foundation
import TestSupport
import Testing

/// From the export to the double over TLS and back: the least that is right goes out.
@Suite(.talksToPrograms) struct SyncTests {
  static let quiet = Program.Ending(exit: 0, out: "", err: "")

  /// A shop whose menu D-Store has accepted.
  private func accepted(more: String = "", mapping: String = Shop.mapping) async -> Shop {
    let shop = Shop(mapping: mapping, more: more)
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    return shop
  }

  @Test("a menu is sent once, signed, and filed; the second run sends nothing")
  func once() async {
    let shop = await accepted()
    let requests = shop.dstore.requests
    #expect(requests.map(\.wrong) == [[]])
    #expect(requests.map(\.call) == ["v2/pos/syncProduct"])
    #expect(requests.map(\.products) == [["A1", "A2", "A3", "A4"]])
    #expect(
      shop.dstore.menu("S-1") == [
        "A1: AVAILABLE 650", "A2: AVAILABLE 800", "A3: AVAILABLE 180", "A4: AVAILABLE 160",
      ])
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
  }

  @Test("an equal export is filed and nothing is sent, whatever its name")
  func equal() async {
    let shop = await accepted()
    shop.drop(Shop.menu, as: "menu-again.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.inbox == ["archive/DAY/menu-again.csv", "archive/DAY/menu.csv"])
    #expect(shop.ledger("SELECT outcome FROM file ORDER BY id") == ["sent", "unchanged"])
  }

  @Test("the same products in another order or with other white space are not sent again")
  func reordered() async {
    let shop = await accepted()
    shop.drop(
      "Code,Name,Price,Open\r\nA4, Kopi ,1.6,Y\r\nA1,Laksa,6.50,Y\r\nA3,Teh,1.80,Y\r\n"
        + "A2,\"Satay\",8,Y\r\n")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
  }

  @Test("a changed availability goes out as a status update where that is on")
  func statusUpdate() async {
    let shop = await accepted(more: "statusUpdates: on")
    shop.drop(Shop.menu.replacing("Teh,1.80,Y", with: "Teh,1.80,N"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.last?.products == ["A3"])
    let body = json(shop.dstore.body(2)!)
    #expect(
      (body?["products"] as? [[String: String]])
        == [["posProductId": "A3", "type": "SINGLE", "status": "UNAVAILABLE"]])
    #expect(shop.dstore.menu("S-1").count == 4)
    // The base is now the whole new list: the same export again is nothing new.
    shop.drop(Shop.menu.replacing("Teh,1.80,Y", with: "Teh,1.80,N"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 2)
  }

  @Test(
    "a changed availability is a full sync while the contract only assumes what an update holds")
  func statusAsFull() async {
    let shop = await accepted()
    shop.drop(Shop.menu.replacing("Teh,1.80,Y", with: "Teh,1.80,N"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.last?.products == ["A1", "A2", "A3", "A4"])
    #expect(shop.dstore.menu("S-1").contains("A3: UNAVAILABLE 180"))
  }

  @Test("a contract that confirms the status update lets auto send it")
  func confirmed() async {
    let shop = Shop()
    shop.folder.write(
      "Mappings/spec.yaml",
      "kind: contract\nmessages:\n  syncProduct:\n    statusUpdate: confirmed\n    fields:\n"
        + "      products[].status: {basis: confirmed}\n")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.drop(Shop.menu.replacing("Teh,1.80,Y", with: "Teh,1.80,N"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.last?.products == ["A3"])
  }

  @Test("a status and a price at once are a full sync")
  func statusAndPrice() async {
    let shop = await accepted(more: "statusUpdates: on")
    shop.drop(
      Shop.menu.replacing("Teh,1.80,Y", with: "Teh,1.80,N").replacing("8.00", with: "8.20"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.last?.products.count == 4)
  }

  @Test("a price that goes back to last week's is sent, although that file was seen before")
  func priceBack() async {
    let shop = await accepted()
    shop.drop(Shop.menu.replacing("6.50", with: "5.90"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 590")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 650")
    #expect(shop.dstore.effects == 3)
    #expect(shop.inbox.count == 2, "\(shop.inbox)")
  }

  @Test("an edited mapping makes a full sync of the same export")
  func mappingEdited() async {
    let shop = await accepted(more: "statusUpdates: on")
    shop.folder.write("Mappings/menu.yaml", Shop.mapping.replacing("${name}", with: "${name}!"))
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.map(\.products.count) == [4, 4])
    #expect(String(decoding: shop.dstore.body(2)!, as: UTF8.self).contains("Laksa!"))
  }

  @Test("a store of another name gets its products, although the file is known")
  func storeRenamed() async {
    let shop = Shop(mapping: Shop.mapping + "afterDone: keep\n")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.settings(stores: ["S-2"])
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.map(\.store) == ["S-1", "S-2"])
  }

  @Test("two stores of one file are two requests; a changed one goes alone")
  func twoStores() async {
    let mapping = Shop.mapping + "store: ${Shop}\n"
    let shop = Shop(mapping: mapping, stores: ["S-1", "S-2"])
    let menu = "Code,Name,Price,Open,Shop\nA1,Laksa,6.50,Y,S-1\nA1,Laksa,7.50,Y,S-2\n"
    shop.drop(menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.map(\.store) == ["S-1", "S-2"])
    shop.drop(menu.replacing("7.50", with: "7.00"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.map(\.store) == ["S-1", "S-2", "S-2"])
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 650"])
    #expect(shop.dstore.menu("S-2") == ["A1: AVAILABLE 700"])
  }

  @Test("one store refused and one accepted: the file is rejected, the accepted one is the base")
  func oneStoreRefused() async {
    let shop = Shop(mapping: Shop.mapping + "store: ${Shop}\n", stores: ["S-1", "S-2"])
    let menu = "Code,Name,Price,Open,Shop\nA1,Laksa,6.50,Y,S-1\nA1,Laksa,7.50,Y,S-2\n"
    shop.drop(menu)
    shop.dstore.fail("ok", "F:PROCESS_FAIL")
    #expect(await shop.run().exit == 1)
    #expect(shop.inbox == ["rejected/menu.csv", "rejected/menu.csv.problem.txt"])
    #expect(await shop.command("retry", "menu.csv").exit == 0)
    #expect(shop.dstore.requests.map(\.store) == ["S-1", "S-2", "S-2"])
    #expect(Set(shop.dstore.requests.map(\.requestId)).count == 3)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
  }

  @Test("a known product whose row is bad repeats what was accepted; a new one stays out")
  func badRowSkipped() async {
    let shop = await accepted(
      mapping: Shop.mapping + "onBadRow: skip\nmaxBadRows: 50%\nafterDone: keep\n")
    shop.drop(
      Shop.menu.replacing("8.00", with: "8,00 or so").replacing("1.80", with: "1.90")
        + "A5,Rojak,nothing,Y\n")
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(
      shop.dstore.menu("S-1") == [
        "A1: AVAILABLE 650", "A2: AVAILABLE 800", "A3: AVAILABLE 190", "A4: AVAILABLE 160",
      ])
    #expect(
      shop.inbox == [
        "products/menu.csv", "rejected/menu.csv.problem.txt", "rejected/menu.csv.problems.csv",
      ])
    // The same list once more, with another bad row: nothing is sent, and the new row is told.
    shop.drop(
      Shop.menu.replacing("8.00", with: "8,00 or so").replacing("1.80", with: "1.90")
        + "A6,Popiah,free,Y\n")
    #expect(await shop.run().exit == 1)
    #expect(shop.dstore.requests.count == 2)
    #expect(shop.folder.text("Inbox/rejected/menu.csv.problems.csv").contains("A6,Popiah,free,Y,"))
  }
}
