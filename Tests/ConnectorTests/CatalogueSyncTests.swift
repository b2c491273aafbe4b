import TestSupport
import Testing

/// Several mappings that make one store's list, by the built program.
@Suite(.talksToPrograms) struct CatalogueSyncTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")
  private static let head = "Code,Name,Price,Open\n"
  private static let food = head + "F1,Laksa,6.50,Y\nF2,Satay,8.00,Y\n"
  private static let drinks = head + "D1,Milo,2.00,Y\n"

  private static func mapping(_ name: String, more: String = "") -> String {
    Shop.mapping.replacing("menu*", with: "\(name)*") + "catalogue: all\n" + more
  }

  /// A shop whose one mapping had F1, F2 and D1 accepted, and whose mapping was then split in two.
  private func split(_ more: String = "") async -> Shop {
    let shop = Shop()
    shop.drop(Self.food + "D1,Milo,2.00,Y\n")
    await expect(shop.run(), Self.quiet)
    shop.folder.remove("Mappings/menu.yaml")
    for name in ["food", "drinks"] {
      shop.folder.write("Mappings/\(name).yaml", Self.mapping(name, more: more))
    }
    return shop
  }

  @Test("the first files of a catalogue go out as one list of each store, once")
  func once() async {
    let shop = Shop(mapping: Self.mapping("food"))
    for name in ["drinks", "sweets"] {
      shop.folder.write("Mappings/\(name).yaml", Self.mapping(name))
    }
    shop.drop(Self.food, as: "food.csv")
    shop.drop(Self.drinks, as: "drinks.csv")
    shop.drop(Self.head + "S1,Kueh,1.00,Y\n", as: "sweets.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.map(\.products) == [["D1", "F1", "F2", "S1"]])
    #expect(shop.inbox.allSatisfy { $0.hasPrefix("archive/") }, "\(shop.inbox)")
    #expect(shop.ledger("SELECT count(*) FROM part") == ["3"])
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
  }

  @Test("where one of the first files is refused the other waits, and the menu stays as it was")
  func firstRefused() async {
    let shop = await split()
    shop.drop(Self.food, as: "food.csv")
    shop.drop(Self.head + "D1,Milo,two,Y\n", as: "drinks.csv")
    let ending = await shop.run("--json")
    #expect(ending.exit == 1)
    #expect(
      ending.out.contains(
        #"{"name":"products/food.csv","mapping":"food","outcome":"waiting""#), "\(ending)")
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.dstore.menu("S-1").map { $0.prefix(2) } == ["D1", "F1", "F2"])
    #expect(shop.inbox.contains("products/food.csv"), "\(shop.inbox)")
    #expect(shop.inbox.contains("rejected/drinks.csv"), "\(shop.inbox)")
    shop.drop(Self.drinks, as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").map { $0.prefix(2) } == ["D1", "F1", "F2"])
    #expect(shop.ledger("SELECT mapping FROM part") == ["drinks", "food"])
  }

  @Test("where one part is held the other does not go out alone; both go once both are approved")
  func firstHeld() async {
    let shop = await split("guard: {maxDrop: 10%}\n")
    shop.drop(Self.head + "F1,Laksa,6.50,Y\n", as: "food.csv")
    shop.drop(Self.drinks, as: "drinks.csv")
    #expect(await shop.run().exit == 1)
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.inbox.contains("held/food.csv"), "\(shop.inbox)")
    #expect(shop.inbox.contains("held/drinks.csv"), "\(shop.inbox)")
    _ = await shop.command("approve", "food.csv")
    #expect(shop.dstore.requests.count == 1)
    let ending = await shop.command("approve", "drinks.csv")
    #expect(ending.exit == 0, "\(ending)")
    #expect(shop.dstore.menu("S-1").map { $0.prefix(2) } == ["D1", "F1"])
  }

  @Test("once each part is known, only the file that would take too much away is held")
  func heldAlone() async {
    let shop = await split("guard: {maxDrop: 20%}\n")
    shop.drop(Self.food, as: "food.csv")
    shop.drop(Self.drinks, as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    shop.drop(Self.head + "F1,Laksa,6.50,Y\n", as: "food.csv")
    shop.drop(Self.head + "D1,Milo,2.20,Y\n", as: "drinks.csv")
    #expect(await shop.run().exit == 1)
    #expect(
      shop.dstore.menu("S-1") == ["D1: AVAILABLE 220", "F1: AVAILABLE 650", "F2: AVAILABLE 800"])
    #expect(shop.inbox.contains("held/food.csv"), "\(shop.inbox)")
  }

  @Test("a mapping of the catalogue that is wrong keeps the first files of the others waiting")
  func brokenMember() async {
    let shop = await split()
    shop.folder.write(
      "Mappings/drinks.yaml", Self.mapping("drinks").replacing("columns:", with: "colums:"))
    shop.drop(Self.food, as: "food.csv")
    #expect(await shop.run().exit == 2)
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.inbox.contains("products/food.csv"), "\(shop.inbox)")
  }

  @Test("a part whose mapping got a name that is not read keeps its products on sale")
  func misnamed() async {
    let shop = await split()
    shop.drop(Self.food, as: "food.csv")
    shop.drop(Self.drinks, as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    shop.folder.remove("Mappings/drinks.yaml")
    shop.folder.write("Mappings/drinks.yml", Self.mapping("drinks"))
    shop.drop(Self.food.replacing("6.50", with: "6.90"), as: "food.csv")
    #expect(await shop.run().exit == 2)
    #expect(
      shop.dstore.menu("S-1") == ["D1: AVAILABLE 200", "F1: AVAILABLE 690", "F2: AVAILABLE 800"])
  }

  @Test("a product that moves from one mapping to another, unchanged, can change there")
  func moved() async {
    let shop = await split()
    shop.drop(Self.food, as: "food.csv")
    shop.drop(Self.drinks, as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    let count = shop.dstore.requests.count
    shop.drop(Self.head + "F1,Laksa,6.50,Y\n", as: "food.csv")
    shop.drop(Self.drinks + "F2,Satay,8.00,Y\n", as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == count)
    shop.drop(Self.drinks + "F2,Satay,8.50,Y\n", as: "drinks.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").last == "F2: AVAILABLE 850")
  }

  /// Combos, whose children are products of the food.
  private static let combos = """
    kind: products
    files: products/combos*.csv
    catalogue: all
    columns: {id: Code, name: Name, price: Price, part: Part}
    rows: {groupBy: id, inherit: [name, price]}
    products:
      - type: COMBO
        once: group
        posProductId: ${id}
        name: ${name}
        price: ${price}
        status: AVAILABLE
        children:
          - {each: rows, posProductId: "${part}"}

    """

  private static func combo(_ parts: String...) -> String {
    "Code,Name,Price,Part\n" + parts.map { "C1,Lunch,9.00,\($0)\n" }.joined()
  }

  @Test("a child may be a product of another mapping; one that none makes is refused by name")
  func children() async {
    let shop = Shop(mapping: Self.mapping("food"))
    shop.folder.write("Mappings/combos.yaml", Self.combos)
    shop.drop(Self.food, as: "food.csv")
    shop.drop(Self.combo("F1", "F2"), as: "combos.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").map { $0.prefix(2) } == ["C1", "F1", "F2"])
    shop.drop(Self.combo("F1", "F9"), as: "combos.csv")
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(
      ending.err.contains(
        "no mapping of the catalogue makes this product, which C1 names as its child"),
      "\(ending)")
    #expect(ending.err.contains("F9"), "\(ending)")
    #expect(shop.dstore.requests.count == 1)
  }

  @Test("an export that leaves out another mapping's child waits for a new export of that")
  func childGone() async {
    let shop = Shop(mapping: Self.mapping("food"))
    shop.folder.write("Mappings/combos.yaml", Self.combos)
    shop.drop(Self.food, as: "food.csv")
    shop.drop(Self.combo("F1", "F2"), as: "combos.csv")
    await expect(shop.run(), Self.quiet)
    shop.drop(Self.head + "F1,Laksa,6.50,Y\nF3,Rojak,5.00,Y\n", as: "food.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.inbox.contains("products/food.csv"), "\(shop.inbox)")
    shop.drop(Self.combo("F1", "F3"), as: "combos.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").map { $0.prefix(2) } == ["C1", "F1", "F3"])
  }
}
