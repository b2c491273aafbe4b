import Foundation
import TestSupport
import Testing

/// What goes out of an export that has bad rows and goes on without them.
@Suite(.talksToPrograms) struct SkippedRowsTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  private static let mapping = """
    kind: products
    files: products/menu*.csv
    onBadRow: skip
    maxBadRows: 90%
    guard: {maxDrop: 90%}
    columns: {id: Code, name: Name, price: Price, part: Part}
    rows: {groupBy: id, inherit: [name, price]}
    products:
      - type: SINGLE
        when: {part: empty}
        posProductId: ${id}
        name: ${name}
        price: ${price}
        status: AVAILABLE
      - type: COMBO
        when: {part: present}
        once: group
        posProductId: ${id}
        name: ${name}
        price: ${price}
        status: AVAILABLE
        children:
          - {each: rows, posProductId: "${part}"}

    """

  private static let head = "Code,Name,Price,Part\n"
  private static let food = "F1,Laksa,6.50,\nF2,Satay,8.00,\n"
  private static let combo = "C1,Lunch,9.00,F1\nC1,Lunch,9.00,F2\n"

  private func accepted(_ more: String = Self.combo) async -> Shop {
    let shop = Shop(mapping: Self.mapping)
    shop.drop(Self.head + Self.food + more)
    await expect(shop.run(), Self.quiet)
    return shop
  }

  /// Each product that was sent last, with its children: `C1 F1 F2`.
  private func sent(_ shop: Shop) -> [String] {
    let body = json(shop.dstore.bodies.last ?? Data())
    let products = body?["products"] as? [[String: Any]] ?? []
    return products.map { product in
      let children = product["children"] as? [[String: Any]] ?? []
      let ids = [product] + children
      return ids.map { $0["posProductId"] as? String ?? "?" }.joined(separator: " ")
    }.sorted()
  }

  @Test("retry takes the file that went on without rows, not an older one that was rejected")
  func newest() async {
    let shop = Shop()
    shop.drop("Code,Name,Price,Open\nA1,Laksa,9.99x,Y\n")
    #expect(await shop.run().exit == 1)
    let mapping = Shop.mapping + "onBadRow: skip\nmaxBadRows: 90%\n"
    shop.folder.write("Mappings/menu.yaml", mapping)
    shop.drop("Code,Name,Price,Open\nA1,Laksa,6.50,Y\nA2,Teh,1.80x,Y\n")
    #expect(await shop.run().exit == 1)
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 650"])
    shop.folder.write(
      "Mappings/menu.yaml",
      mapping.replacing("${price}", with: #"'${price | replace("x", "")}'"#))
    await expect(shop.command("retry", "products/menu.csv"), Self.quiet)
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 650", "A2: AVAILABLE 180"])
    await expect(shop.run(), Self.quiet)
    #expect(await shop.command("status").exit == 0)
  }

  @Test(
    "a file that is not kept is to be written again, and no retry is proposed",
    arguments: [
      ("archive", true), ("keep", true), ("delete", false),
    ])
  func proposal(afterDone: String, isRetried: Bool) async {
    let shop = Shop(
      mapping: Shop.mapping + "afterDone: \(afterDone)\nonBadRow: skip\nmaxBadRows: 90%\n")
    shop.drop("Code,Name,Price,Open\nA1,Laksa,6.50,Y\nA2,Teh,x,Y\n")
    #expect(await shop.run().exit == 1)
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.contains(" retry ") == isRetried, "\(status)")
    await expect(
      shop.command("dismiss", "products/menu.csv"),
      .init(exit: 0, out: "products/menu.csv: settled.\n", err: ""))
    #expect(await shop.command("status").exit == 0)
  }

  @Test("a row of 200 MB is a bad row at its line, the others go out, and memory stays small")
  func longRow() async throws {
    let shop = Shop(mapping: Shop.mapping + "onBadRow: skip\nmaxBadRows: 90%\n")
    let ending = await shop.shell(
      """
      {
        printf 'Code,Name,Price,Open\nA1,Laksa,6.50,Y\nA2,'
        head -c 200000000 /dev/zero | tr '\\0' x
        printf ',8.00,Y\nA3,Teh,1.80,Y\n'
      } > Inbox/products/menu.csv
      python3 -c '
      import resource, subprocess, sys
      code = subprocess.run(sys.argv[1:]).returncode
      open("peak", "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
      sys.exit(code)' $C run
      """)
    #expect(ending.exit == 1, "\(ending)")
    #expect(
      ending.err.contains(
        "Inbox/products/menu.csv, line 3, record 2: the record is longer than 16 MiB, the most that is "
          + "read. Shorten its text in the POS and export again."), "\(ending)")
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 650", "A3: AVAILABLE 180"])
    let report = shop.folder.text("Inbox/rejected/menu.csv.problems.csv")
    #expect(report.contains("A2,xxxx") && report.utf8.count < 10_000, "\(report.prefix(200))")
    let peak = try #require(Int(shop.folder.text("peak")))
    #expect(peak < 160_000, "\(peak) KiB")
  }

  @Test("a set whose rows come back further down stays as it was, with all of its children")
  func groupReturns() async {
    let shop = await accepted()
    shop.drop(
      Self.head + "F1,Laksa,6.60,\nC1,Lunch,9.00,F1\nF2,Satay,8.00,\nC1,Lunch,9.00,F2\n")
    #expect(await shop.run().exit == 1)
    #expect(sent(shop) == ["C1 F1 F2", "F1", "F2"])
    #expect(shop.dstore.menu("S-1").contains("F1: AVAILABLE 660"))
  }

  @Test("such a set stays out where one of its children is gone or it was never accepted")
  func groupWithoutChild() async {
    let shop = await accepted()
    shop.drop(
      Self.head + "F1,Laksa,6.50,\nF3,Rojak,5.00,\nC1,Lunch,9.00,F1\nC2,Tea,9.00,F1\n"
        + "C1,Lunch,9.00,F3\nC2,Tea,9.00,F3\n")
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(sent(shop) == ["F1", "F3"])
    #expect(
      ending.err.contains(#"its child "F2" is not sent, so it stays out, too (found: "C1")"#),
      "\(ending)")
  }

  @Test("what names a product that stays out is as it was accepted, or stays out, too")
  func parents() async {
    let shop = await accepted(Self.combo + "C2,Tea,4.00,F2\n")
    shop.drop(
      Self.head + Self.food + "F3,Rojak,free,\n" + "C1,Lunch,9.00,F1\nC1,Lunch,9.00,F3\n"
        + "C3,Feast,20.00,F3\nC2,Tea,4.50,F2\n")
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(sent(shop) == ["C1 F1 F2", "C2 F2", "F1", "F2"])
    #expect(
      ending.err.contains(
        #"its child "F3" is not sent, so it stays as D-Store accepted it last (found: "C1")"#),
      "\(ending)")
    #expect(
      ending.err.contains(#"its child "F3" is not sent, so it stays out, too (found: "C3")"#),
      "\(ending)")
  }

  @Test("of two products with one id neither goes out; what was accepted stays")
  func sameId() async {
    let shop = await accepted("")
    shop.drop(
      Self.head + "F1,Laksa,6.60,\nF2,Satay,8.00,\nF1,Mee,7.00,\nF5,Kopi,1.00,\nF2,Satay,8.20,\n"
        + "F5,Teh,1.20,\n")
    #expect(await shop.run().exit == 1)
    #expect(shop.dstore.menu("S-1") == ["F1: AVAILABLE 650", "F2: AVAILABLE 800"])
  }

  @Test(
    "a file that makes no product is refused, and the menu stays as it is",
    arguments: [
      "Code,Name,Price,Part\n", "Code,Name,Price,Part\nF1,Laksa,free,\n", "",
    ])
  func nothing(_ text: String) async {
    let shop = Shop(mapping: Self.mapping + "unless: {name: Laksa}\n")
    shop.drop(Self.head + "F2,Satay,8.00,\n")
    await expect(shop.run(), Self.quiet)
    shop.drop(text)
    #expect(await shop.run().exit == 1)
    #expect(shop.dstore.menu("S-1") == ["F2: AVAILABLE 800"])
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.inbox.contains("rejected/menu.csv"), "\(shop.inbox)")
  }
}
