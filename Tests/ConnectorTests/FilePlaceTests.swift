import Foundation
import TestSupport
import Testing

/// A file is in exactly one place.
@Suite(.talksToPrograms) struct FilePlaceTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")
  private static let half = "Code,Name,Price,Open\nA1,Laksa,6.50,Y\n"

  private func accepted(_ more: String) async -> Shop {
    let shop = Shop(mapping: Shop.mapping + more)
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    return shop
  }

  @Test(
    "a file that is done goes where the mapping says",
    arguments: [
      ("archive", ["archive/DAY/menu.csv"]), ("keep", ["products/menu.csv"]), ("delete", []),
    ])
  func afterDone(_ word: String, _ places: [String]) async {
    let shop = await accepted("afterDone: \(word)\n")
    #expect(shop.inbox == places)
    await expect(shop.run(), Self.quiet)
    #expect(shop.inbox == places)
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.ledger("SELECT outcome || ' ' || isPlaced FROM file") == ["sent 1"])
  }

  @Test("a kept file that is written again is taken again")
  func keptAgain() async {
    let shop = await accepted("afterDone: keep\n")
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.effects == 2)
    #expect(shop.inbox == ["products/menu.csv"])
  }

  @Test("a kept file that was only touched is not sent and not recorded again")
  func keptTouched() async {
    let shop = await accepted("afterDone: keep\n")
    #expect(await shop.shell("touch Inbox/products/menu.csv").exit == 0)
    await expect(shop.run(), Self.quiet)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.ledger("SELECT outcome FROM file") == ["sent"])
  }

  @Test("of several waiting files the last by name is current, the others are superseded")
  func superseded() async {
    let shop = Shop()
    shop.drop(Shop.menu.replacing("6.50", with: "9.99"), as: "menu-9.csv")
    shop.drop(Shop.menu, as: "menu-10.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 650")
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.inbox == ["archive/DAY/menu-10.csv", "archive/DAY/menu-9.csv"])
    #expect(
      shop.ledger("SELECT name || ' ' || outcome FROM file ORDER BY name")
        == ["products/menu-10.csv sent", "products/menu-9.csv superseded"])
  }

  @Test("a menu that shrinks is held until it is approved")
  func held() async {
    let shop = await accepted("")
    shop.drop(Self.half)
    let words = """
      75 % of the 4 products of store S-1 would go or become unavailable (3 gone); the guard \
      allows 50 %
      """
    let ending = await shop.run()
    #expect(
      ending.err == """
        Inbox/products/menu.csv: held, \(words).
          Inbox/products/menu.csv: \(words). If the export is right, run: dstore-connector approve \
        products/menu.csv. If not, export again.

        """)
    #expect(ending.exit == 1)
    #expect(shop.inbox == ["archive/DAY/menu.csv", "held/menu.csv"])
    #expect(shop.dstore.requests.count == 1)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
    #expect(await shop.command("status").exit == 1)
    #expect(await shop.command("approve", "menu.csv").exit == 0)
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 650"])
    #expect(shop.inbox.filter { $0.hasPrefix("held") } == [])
    #expect(await shop.command("status").exit == 0)
  }

  @Test("a held file that stays in the inbox is approved as well")
  func heldKept() async {
    let shop = await accepted("afterDone: keep\n")
    shop.drop(Self.half)
    #expect(await shop.run().exit == 1)
    #expect(shop.inbox == ["products/menu.csv"])
    await expect(shop.run(), Self.quiet)
    #expect(await shop.command("approve", "products/menu.csv").exit == 0)
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 650"])
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.effects == 2)
  }

  @Test("an older file for several stores never follows a newer one, kept or not")
  func olderOfSeveralStores() async {
    let shop = Shop(
      mapping: Shop.mapping + "store: ${Shop}\nafterDone: keep\n", stores: ["S-1", "S-2"])
    shop.drop(
      "Code,Name,Price,Open,Shop\nA1,Laksa,6.50,Y,S-1\nA1,Laksa,5,Y,S-2\n", as: "menu-1.csv")
    shop.drop("Code,Name,Price,Open,Shop\nA1,Laksa,7.50,Y,S-1\n", as: "menu-2.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.map(\.store) == ["S-2", "S-1"])
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 750"])
    #expect(shop.dstore.menu("S-2") == ["A1: AVAILABLE 500"])
    #expect(await shop.shell("touch Inbox/products/menu-*.csv").exit == 0)
    await expect(shop.run(), Self.quiet)
    shop.drop("Code,Name,Price,Open,Shop\nA1,Laksa,4,Y,S-1\n", as: "menu-1.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 750"])
    #expect(shop.dstore.requests.count == 2)
  }

  @Test("a kept file that D-Store refused is not sent again until it or its mapping changes")
  func refusedKept() async {
    let shop = Shop(mapping: Shop.mapping + "afterDone: keep\n")
    shop.drop(Shop.menu)
    shop.dstore.fail("F:PROCESS_FAIL")
    #expect(await shop.run().exit == 1)
    await expect(shop.run(), Self.quiet)
    #expect(await shop.shell("touch Inbox/products/menu.csv").exit == 0)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
    #expect(await shop.command("retry", "menu.csv").exit == 0)
    #expect(shop.dstore.requests.map(\.answer) == ["F", "S"])
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 2)
  }

  @Test("a better file follows a held one, and nothing waits any more")
  func heldFixed() async {
    let shop = await accepted("")
    shop.drop(Self.half)
    #expect(await shop.run().exit == 1)
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"), as: "menu-2.csv")
    await expect(shop.run(), Self.quiet)
    #expect(await shop.command("status").exit == 0)
    #expect(shop.dstore.menu("S-1").count == 4)
  }

  @Test("approve of a name that nobody holds back says what there is")
  func approveNothing() async {
    let shop = await accepted("")
    await expect(
      shop.command("approve", "menu.csv"),
      .init(
        exit: 1, out: "",
        err: """
          this is no order, and no file of this name is held (found: "menu.csv"). \
          dstore-connector status shows what waits.

          """))
  }

  @Test("a catalogue is the union of the latest file of each mapping")
  func catalogue() async {
    let shop = Shop(mapping: Shop.mapping + "catalogue: all\n")
    shop.folder.write(
      "Mappings/drinks.yaml",
      Shop.mapping.replacing("menu*", with: "drinks*") + "catalogue: all\n")
    shop.drop(Shop.menu)
    shop.drop("Code,Name,Price,Open\nD1,Milo,2.00,Y\nA4,Kopi,1.60,Y\n", as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").map { $0.prefix(2) } == ["A1", "A2", "A3", "A4", "D1"])
    shop.drop("Code,Name,Price,Open\nD1,Milo,2.10,Y\n", as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").last == "D1: AVAILABLE 210")
    #expect(shop.dstore.menu("S-1").count == 5)
    #expect(shop.dstore.requests.allSatisfy { $0.answer == "S" && $0.wrong == [] })
  }

  @Test("the exports of a catalogue wait for each other until each mapping has had one")
  func catalogueBegins() async {
    let shop = Shop(mapping: Shop.mapping + "catalogue: all\n")
    shop.folder.write(
      "Mappings/drinks.yaml",
      Shop.mapping.replacing("menu*", with: "drinks*") + "catalogue: all\n")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests == [])
    #expect(shop.inbox == ["products/menu.csv"])
    shop.drop("Code,Name,Price,Open\nD1,Milo,2.00,Y\n", as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").count == 5)
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 660")
    #expect(shop.dstore.menu("S-1").count == 5)
  }

  @Test("a typing mistake in one mapping of a catalogue takes none of its products away")
  func catalogueBroken() async {
    let shop = Shop(mapping: Shop.mapping + "catalogue: all\n")
    let drinks = Shop.mapping.replacing("menu*", with: "drinks*") + "catalogue: all\n"
    shop.folder.write("Mappings/drinks.yaml", drinks)
    shop.drop(Shop.menu)
    shop.drop("Code,Name,Price,Open\nD1,Milo,2.00,Y\n", as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    shop.folder.write("Mappings/drinks.yaml", drinks.replacing("columns:", with: "colums:"))
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    #expect(await shop.run().exit == 2)
    #expect(shop.dstore.menu("S-1").count == 5)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 660")
  }

  @Test("a mapping that makes for a store what another one makes sends nothing")
  func twoForOneStore() async {
    let shop = Shop()
    shop.folder.write("Mappings/other.yaml", Shop.mapping.replacing("menu*", with: "other*"))
    shop.drop(Shop.menu)
    shop.drop(Shop.menu, as: "other.csv")
    #expect(await shop.run().exit == 2)
    #expect(shop.dstore.requests == [])
    #expect(shop.inbox == ["products/menu.csv", "products/other.csv"])
  }

  @Test("a workspace can be moved: what was accepted and what is open goes with it")
  func moved() async throws {
    let shop = Shop(mapping: Shop.mapping + "afterDone: keep\n", more: "statusUpdates: on")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.drop(Shop.menu.replacing("Teh,1.80,Y", with: "Teh,1.80,N"))
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    shop.passTime()
    let new = Shop(mapping: nil)
    try FileManager.default.removeItem(atPath: new.folder.path)
    try FileManager.default.moveItem(atPath: shop.folder.path, toPath: new.folder.path)
    #expect(await new.run().exit == 0)
    #expect(Set(shop.dstore.bodies).count == 2)
    #expect(shop.dstore.menu("S-1").count == 4)
    #expect(shop.dstore.menu("S-1").contains("A3: UNAVAILABLE 180"))
  }
}
