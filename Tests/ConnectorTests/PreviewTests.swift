import TestSupport
import Testing

/// Which mapping an export is previewed through, and what is shown of a status file.
@Suite(.talksToPrograms) struct PreviewTests {
  private static let statuses = """
    kind: order-status
    files: status/*.csv
    change: {order: '${No}', orderStatus: READY, changedAt: '${At}'}

    """

  @Test("preview of a status file shows when its changes happened")
  func previewStatuses() async {
    let shop = Shop()
    shop.folder.write("Mappings/states.yaml", Self.statuses)
    shop.folder.write("Inbox/status/day.csv", "No,At\n7,2026-01-31T12:08:56+08:00\n8,\n")
    let ending = await shop.command("preview", "Inbox/status/day.csv")
    #expect(ending.exit == 0)
    let lines = ending.out.split(separator: "\n").suffix(2)
    #expect(
      lines == [
        #"  line 2: requestOrderId "7": orderStatus "READY", changedAt TIME"#,
        #"  line 3: requestOrderId "8": orderStatus "READY""#,
      ])
  }

  @Test(
    "preview leaves no temporary files, also where the file is refused",
    arguments: ["Price", "Cost"])
  func previewLeavesNothing(column: String) async {
    let shop = Shop()
    shop.folder.write("tmp/.keep", "")
    shop.drop("Code,Name,\(column),Open\nA1,Laksa,6.50,Y\n")
    let ending = await Program(
      [Shop.connector, "preview", "Inbox/products/menu.csv"], in: shop.folder.path,
      environment: ["TMPDIR": shop.folder.path("tmp")]
    ).end()
    #expect(ending.exit == (column == "Price" ? 0 : 1), "\(ending)")
    #expect(shop.folder.files("tmp") == [".keep"])
  }

  @Test("preview counts the problems of each kind, and shows every one with --problems")
  func previewProblems() async {
    let shop = Shop(mapping: Shop.mapping + "onBadRow: skip\n")
    shop.drop(
      "Code,Name,Price,Open\nA1,Laksa,x,Y\nA2,Satay,y,Y\nA3,Teh,1.80,P\n"
        + (4...400).map { "A\($0),Kopi,1.60,Y\n" }.joined())
    let short = await shop.command("preview", "Inbox/products/menu.csv")
    #expect(short.exit == 1)
    let lines = short.err.split(separator: "\n")
    #expect(lines.count == 3, "\(short)")
    #expect(
      lines.first?.hasPrefix("2 times, lines 2, 3; the first one: Inbox/products/menu.csv, line 2")
        == true, "\(short)")
    #expect(lines.last == "3 problems in all; --problems shows each of them.")
    let long = await shop.command("preview", "--problems", "Inbox/products/menu.csv")
    let places = long.err.split(separator: "\n").map { $0.prefix(33) }
    #expect(places == [2, 3, 4].map { "Inbox/products/menu.csv, line \($0), " }, "\(long)")
  }

  @Test("preview picks no mapping where two take the file, and says so")
  func previewRivals() async {
    let shop = Shop()
    shop.folder.write("Mappings/states.yaml", Self.statuses)
    shop.folder.write("Mappings/again.yaml", Self.statuses)
    shop.folder.write("Inbox/status/day.csv", "No,At\n7,\n")
    let ending = await shop.command("preview", "Inbox/status/day.csv")
    #expect(ending.exit == 1)
    #expect(
      ending.err == """
        Inbox/status/day.csv: 2 mappings take this file: Mappings/again.yaml and \
        Mappings/states.yaml. A run leaves it alone: change files: in all but one of them. \
        --mapping shows what one of them would make of it.

        """)
    let chosen = await shop.command("preview", "--mapping", "again", "Inbox/status/day.csv")
    #expect(chosen.exit == 0)
  }

  @Test(
    "preview of a file that no mapping takes says which are wrong, which there are, or what to write",
    arguments: [
      (
        ["menu.yaml": Shop.mapping],
        "Name one with --mapping; there are: menu."
      ),
      (
        ["menu.yaml": Shop.mapping, "new.yaml": "kind: products\nfiles: products/new.csv\n"],
        "If it is one of those that are wrong, fix it first: Mappings/new.yaml. Name one with "
          + "--mapping; there are: menu."
      ),
      (
        ["new.yaml": "kind: products\nfiles: products/new.csv\n"],
        "If it is one of those that are wrong, fix it first: Mappings/new.yaml."
      ),
    ])
  func previewUnmatched(mappings: [String: String], remedy: String) async {
    let shop = Shop(mapping: nil)
    for (name, text) in mappings { shop.folder.write("Mappings/\(name)", text) }
    shop.drop(Shop.menu, as: "new.csv")
    let ending = await shop.command("preview", "Inbox/products/new.csv")
    #expect(ending.exit == 1)
    #expect(
      ending.err.hasSuffix(
        "Inbox/products/new.csv: no mapping's files: takes this file. \(remedy)\n"), "\(ending)")
    #expect(ending.err.contains("Mappings/new.yaml, line 1") == (mappings["new.yaml"] != nil))
  }

  @Test("without a mapping preview says that one is to be written")
  func previewWithoutMapping() async {
    let shop = Shop(mapping: nil)
    shop.drop(Shop.menu)
    let ending = await shop.command("preview", "Inbox/products/menu.csv")
    #expect(ending.exit == 1)
    #expect(
      ending.err == """
        Mappings: there is no mapping, so no export is read. Write one; Mappings/README.md shows \
        how.

        """)
  }

  @Test("preview --payload prints the body of each store on a line, or that of one store")
  func previewPayloads() async {
    let shop = Shop(mapping: Shop.mapping + "store: ${Shop}\n", stores: ["S-1", "S-2"])
    shop.drop("Code,Name,Price,Open,Shop\nA1,Laksa,6.50,Y,S-1\nA1,Laksa,7.50,Y,S-2\n")
    let all = await shop.command("preview", "--payload", "Inbox/products/menu.csv")
    let bodies = all.out.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(all.exit == 0)
    #expect(bodies.count == 2)
    for (body, store) in zip(bodies, ["S-1", "S-2"]) {
      let told = json(String(body))?["store"] as? [String: String]
      #expect(told == ["posStoreId": store])
      let one = await shop.command(
        "preview", "--payload", "--store", store, "Inbox/products/menu.csv")
      #expect(one.out.count == body.count)
      #expect(one.out.contains(#""posStoreId":"\#(store)""#))
    }
  }

  @Test(
    "a dry run and a preview say what a run would wait for",
    arguments: [
      (
        "catalogue: all\n",
        "it waits for a good export of drinks, which belongs to the same catalogue"
      ),
      ("ready: marker\n", "its marker NAME.done is not there yet"),
      ("lastLine: END\n", "its last line is not \"END\", so it is not complete yet"),
    ])
  func waits(more: String, reason: String) async {
    let shop = Shop(mapping: Shop.mapping + more)
    if more.hasPrefix("catalogue") {
      shop.folder.write(
        "Mappings/drinks.yaml", Shop.mapping.replacing("menu*", with: "drinks*") + more)
    }
    shop.drop(Shop.menu)
    let before = shop.folder.tree()
    await expect(
      shop.run("--dry-run"),
      .init(exit: 0, out: "Inbox/products/menu.csv: would be waiting, \(reason).\n", err: ""))
    if more.hasPrefix("catalogue") {
      let preview = await shop.command("preview", "Inbox/products/menu.csv")
      #expect(preview.out.contains("run would leave it in the inbox: \(reason)"), "\(preview)")
    }
    #expect(shop.folder.tree() == before)
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    #expect(shop.dstore.requests == [])
  }

  @Test("a dry run and a preview of a catalogue compare the list that all of its files make")
  func catalogue() async {
    let mapping = Shop.mapping + "catalogue: all\n"
    let shop = Shop(mapping: mapping)
    shop.folder.write("Mappings/drinks.yaml", mapping.replacing("menu*", with: "drinks*"))
    let drinks = "Code,Name,Price,Open\nD1,Milo,2.00,Y\n"
    shop.drop(Shop.menu)
    shop.drop(drinks, as: "drinks.csv")
    let first = await shop.run("--dry-run")
    #expect(first.exit == 0)
    #expect(
      first.out == """
        Inbox/products/drinks.csv: would be sent, S-1: full sync, the first one.
        Inbox/products/menu.csv: would be sent, S-1: full sync, the first one.

        """)
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    shop.drop(drinks.replacing("2.00", with: "2.20"), as: "drinks.csv")
    let ending = await shop.run("--dry-run")
    #expect(
      ending.out == "Inbox/products/drinks.csv: would be sent, S-1: full sync: 1 changed.\n",
      "\(ending)")
    let preview = await shop.command("preview", "Inbox/products/drinks.csv")
    #expect(preview.exit == 0, "\(preview)")
    #expect(preview.out.contains("5 products, full sync: 1 changed"), "\(preview)")
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    #expect(shop.dstore.requests.last?.products.count == 5)
  }

  @Test("a dry run says that a list waits for D-Store's answer to the one before")
  func undecided() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    await expect(
      shop.run("--dry-run"),
      .init(
        exit: 0,
        out: "Inbox/products/menu.csv: would be waiting, the last sync of store S-1 is still "
          + "undecided at D-Store.\n", err: ""))
  }

  @Test("a dry run names the files that a newer one would supersede")
  func supersededFiles() async {
    let shop = Shop()
    shop.drop(Shop.menu, as: "menu-1.csv")
    shop.drop(Shop.menu, as: "menu-2.csv")
    let ending = await shop.run("--dry-run")
    #expect(ending.exit == 0)
    #expect(
      ending.out == """
        Inbox/products/menu-1.csv: would be superseded, a newer export of the same mapping is there.
        Inbox/products/menu-2.csv: would be sent, S-1: full sync, the first one.

        """)
  }

  @Test(
    "preview lists every mapping that it could take, and says of one that writes orders why not",
    arguments: [
      (
        "nope",
        "Mappings/ has no mapping of exports of this name (found: \"nope\"). It has: menu, "
          + "states.\n"
      ),
      (
        "orders",
        "this mapping writes orders and reads no export (found: \"orders\"). "
          + "dstore-connector check runs its tests and shows what differs.\n"
      ),
    ])
  func previewUnknown(mapping: String, message: String) async {
    let shop = Shop()
    shop.folder.write("Mappings/states.yaml", Self.statuses)
    shop.folder.write(
      "Mappings/orders.yaml",
      "kind: orders\nfile: orders/${requestOrderId}.csv\nrecords: [{columns: {A: x}}]\n")
    shop.drop(Shop.menu)
    let ending = await shop.command("preview", "--mapping", mapping, "Inbox/products/menu.csv")
    #expect(ending.exit == 1)
    #expect(ending.err == message)
  }
}
