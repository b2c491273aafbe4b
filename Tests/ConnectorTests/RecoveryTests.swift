import Foundation
import TestSupport
import Testing

/// What an interrupted run left, and what no run can recover, keeps nothing else back.
@Suite(.talksToPrograms) struct RecoveryTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")
  private static let prices = Shop.menu.replacing("6.50", with: "6.60")

  /// A shop whose menu was accepted, with one more that nobody has taken.
  private func shop(_ statement: String, _ more: String = "") async -> Shop {
    let shop = Shop(mapping: Shop.mapping + more)
    shop.drop(Shop.menu, as: "menu-1.csv")
    await expect(shop.run(), Self.quiet)
    shop.change(statement)
    shop.drop(Self.prices, as: "menu-2.csv")
    return shop
  }

  @Test(
    "what cannot be recovered is set aside, status names it, dismiss settles it, all else goes out",
    arguments: [
      (
        "workName = 'elsewhere/menu-1.csv'",
        "the ledger names a place for this file that the connector never makes "
          + "(found: \"elsewhere/menu-1.csv\"). Put the file into its folder of the inbox again if it "
          + "is still wanted."
      ),
      (
        "workName = '.work/claimed-1/products/menu-1.csv', target = '.closed/menu-1.csv'",
        "it cannot be moved because a file stands where a folder belongs. Move that file away."
      ),
    ])
  func setAside(_ change: String, _ words: String) async throws {
    let shop = await shop("UPDATE file SET isPlaced = 0, \(change)")
    shop.folder.write("Inbox/.closed", "")
    shop.folder.write("Inbox/.work/claimed-1/products/menu-1.csv", Shop.menu)
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(ending.err.contains(words), "\(ending.err)")
    let remedy = """
      Every run tries again; to leave it as it is, run: dstore-connector dismiss products/menu-1.csv.
      """
    #expect(ending.err.contains(remedy))
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 660")
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.contains(words) && status.out.contains(remedy), "\(status.out)")
    let object = json(await shop.command("status", "--json").out)
    let files = try #require(object?["setAside"] as? [[String: String]])
    #expect(files.map { $0["name"] } == ["products/menu-1.csv"])
    #expect(files.map { $0["remedy"] } == ["dstore-connector dismiss products/menu-1.csv"])
    await expect(
      shop.command("dismiss", "Inbox/products/menu-1.csv"),
      .init(exit: 0, out: "Inbox/products/menu-1.csv: settled.\n", err: ""))
    #expect(await shop.command("status").exit == 0)
    #expect(await shop.command("dismiss", "products/menu-1.csv").exit == 1)
  }

  @Test("a file that was set aside is gone on with once nothing stands in its way")
  func cleared() async {
    let shop = await shop(
      """
      UPDATE file SET isPlaced = 0, workName = '.work/claimed-1/products/menu-1.csv',
        target = '.closed/menu-1.csv'
      """)
    shop.folder.write("Inbox/.closed", "")
    shop.folder.write("Inbox/.work/claimed-1/products/menu-1.csv", Shop.menu)
    #expect(await shop.run().exit == 1)
    shop.folder.remove("Inbox/.closed")
    await expect(shop.run(), Self.quiet)
    #expect(shop.folder.has("Inbox/.closed/menu-1.csv"))
    #expect(await shop.command("status").exit == 0)
  }

  @Test("a link in the place of a work file is not followed, and it is told")
  func linkedWorkFile() async throws {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    let work = try #require(shop.inbox.first { $0.contains("/claimed-") })
    shop.folder.write("elsewhere/secret.csv", "theirs")
    #expect(await shop.shell("ln -sf $PWD/elsewhere/secret.csv 'Inbox/\(work)'").exit == 0)
    shop.passTime()
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(ending.err.contains("menu.csv"), "\(ending)")
    #expect(ending.err.contains("somebody moved or deleted it"), "\(ending)")
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 650")
    #expect(await shop.command("status").exit == 1)
    #expect(shop.folder.text("elsewhere/secret.csv") == "theirs")
    #expect(await shop.shell("find Inbox/archive Inbox/rejected -type l").out == "")
  }

  @Test("killed between giving up a request of other settings and its file: the file goes out anew")
  func otherSettings() async {
    let shop = Shop()
    shop.settings(endpoint: "https://127.0.0.1:9")
    shop.drop(Shop.menu)
    #expect(await shop.run().exit == 75)
    shop.change("UPDATE request SET state = 'givenUp', endedAt = 1")
    shop.settings()
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.effects == 1)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
  }

  @Test("a kept file that was taken away is forgotten, and known again when it comes back")
  func forgotten() async {
    let shop = Shop(mapping: Shop.mapping + "afterDone: keep\n")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.ledger("SELECT count(*) FROM file WHERE isKnown") == ["1"])
    shop.folder.remove("Inbox/products/menu.csv")
    await expect(shop.run(), Self.quiet)
    #expect(shop.ledger("SELECT count(*) FROM file WHERE isKnown") == ["0"])
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
  }

  @Test(
    "a base that is damaged or gone is no base: everything is sent, with a warning",
    arguments: ["head -c 100 $F > x; mv x $F", "rm $F", "echo '{\"products\":[{' > $F"])
  func damagedBase(_ script: String) async {
    let shop = Shop()
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(
      await shop.shell("F=$(echo .connector/payloads/*.json); \(script)").exit == 0)
    shop.drop(Self.prices)
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(ending.err.contains("what D-Store accepted last for store S-1 is "), "\(ending.err)")
    #expect(shop.dstore.requests.last?.products.count == 4)
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
  }

  @Test("bad rows over a damaged base are refused, and a good export clears it")
  func badRowsOverDamagedBase() async {
    let shop = Shop(mapping: Shop.mapping + "onBadRow: skip\nmaxBadRows: 50%\n")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(
      await shop.shell("F=$(echo .connector/payloads/*.json); head -c 100 $F > x; mv x $F").exit
        == 0)
    shop.drop(Shop.menu.replacing("1.60", with: "cheap"))
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(ending.err.contains("what D-Store accepted last for their products is damaged"))
    #expect(shop.inbox.contains("rejected/menu.csv"))
    shop.drop(Self.prices)
    #expect(await shop.run().err.contains("so everything is sent"))
    #expect(shop.dstore.menu("S-1").count == 4)
  }

  @Test("a run that the ledger ends says what it did before, in words and as JSON")
  func failedRun() async throws {
    let shop = Shop()
    shop.folder.write(
      "Mappings/till.yaml",
      "kind: order-status\nfiles: status/*.csv\nchange: {order: '${A}', matchBy: requestOrderId, orderStatus: '${B}'}\n"
    )
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.change(
      """
      INSERT INTO statusChange (scopeId, mapping, change, matchBy, orderKey, content, hasRefund,
        copies, state, firstSeenAt, waitsUntil, lastNotification)
      SELECT id, 'till', 'scrawl', 'requestOrderId', 'o-1', 'c', 0, 1, 'waiting', 1, 1, 0 FROM scope
      """)
    shop.change(
      "INSERT OR IGNORE INTO scope SELECT NULL, environment, 'gateway', clientId, '' FROM scope LIMIT 1"
    )
    shop.change(
      """
      INSERT OR IGNORE INTO statusChange (scopeId, mapping, change, matchBy, orderKey, content,
        hasRefund, copies, state, firstSeenAt, waitsUntil, lastNotification)
      SELECT max(id), 'till', 'scrawl', 'requestOrderId', 'o-1', 'c', 0, 1, 'waiting', 1, 1, 0
      FROM scope
      """)
    shop.drop("Code,Name\nA1,Laksa\n")
    let words = await shop.run()
    #expect(words.exit == 1)
    #expect(words.err.contains("Inbox/products/menu.csv: rejected"), "\(words.err)")
    #expect(words.err.contains("the ledger is damaged"), "\(words.err)")
    shop.drop(Self.prices)
    let ending = await shop.run("--json")
    #expect(ending.exit == 1)
    let object = try #require(json(ending.out))
    let files = object["files"] as? [[String: Any]]
    #expect(files?.map { $0["outcome"] as? String } == ["sent"])
    let problems = object["problems"] as? [[String: Any]]
    #expect(problems?.map { $0["code"] as? String } == ["ledger-corrupt"])
  }

  @Test("a held file is approved, and a rejected one taken up again, however many came after it")
  func oldFiles() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.drop("Code,Name,Price,Open\nA1,Laksa,6.50,Y\n")
    #expect(await shop.run().exit == 1)
    shop.change(
      """
      WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 1500)
      INSERT INTO file (scopeId, name, mapping, recipe, size, modified, changed, inode, device,
        stampedAt, workName, stays, outcome, isPlaced, createdAt, standsAlone)
      SELECT file.scopeId, 'status/' || n || '.csv', 'till', '', 1, 1, 1, 1, 1, 1, '', 0, 'sent', 1,
        1, 1
      FROM number, file WHERE file.outcome = 'held'
      """)
    await expect(shop.command("approve", "menu.csv"), Self.quiet)
    #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 650"])
  }

  @Test(
    "a request whose bytes are gone or damaged is given up at once, and the next list goes out",
    arguments: ["rm $F", "head -c 100 $F > x; mv x $F", "sed -i s/Laksa/Soup/ $F"])
  func lostRequest(_ script: String) async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    #expect(await shop.shell("F=$(echo .connector/payloads/*.json); \(script)").exit == 0)
    shop.passTime()
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(ending.err.contains("given up as the stored request "), "\(ending)")
    #expect(shop.inbox.contains("rejected/menu.csv"))
    shop.drop(Self.prices)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 660")
    #expect(await shop.command("status").exit == 0)
  }

  @Test("reports that a killed run left half written go, and nothing else does")
  func temporaryReports() async {
    let shop = await shop("UPDATE file SET isPlaced = 0")
    let day = shop.folder.files("Inbox/archive").first?.split(separator: "/").first ?? ""
    let folders = ["rejected", "archive/\(day)"]
    for folder in folders {
      shop.folder.write("Inbox/\(folder)/.0123456789abcdef.tmp", "bad rows")
      shop.folder.write("Inbox/\(folder)/.notes.tmp", "the merchant's")
    }
    await expect(shop.run(), Self.quiet)
    for folder in folders {
      #expect(!shop.folder.has("Inbox/\(folder)/.0123456789abcdef.tmp"), "\(folder)")
      #expect(shop.folder.has("Inbox/\(folder)/.notes.tmp"), "\(folder)")
    }
  }

  private static let badRow = Shop.menu.replacing("1.80", with: "cheap")
  private static let partial = """
    Inbox/products/menu.csv: it went on without what Inbox/rejected/menu.csv.problem.txt lists (1 \
    problem). Correct it in the POS and have it write the file again; where the mapping was wrong, \
    correct that and run: dstore-connector retry products/menu.csv. If it is not wanted, run: \
    dstore-connector dismiss products/menu.csv.
    """

  @Test("bad rows are reported before anything goes out, and by the run after a killed one")
  func badRowsAfterKill() async throws {
    let shop = Shop(mapping: Shop.mapping + "onBadRow: skip\nmaxBadRows: 50%\n")
    shop.drop(Self.badRow)
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 1)
    #expect(shop.folder.text("Inbox/rejected/menu.csv.problems.csv").contains("A3,Teh,cheap,Y"))
    shop.passTime()
    #expect(await shop.run().exit == 0)
    // As a kill leaves it after D-Store has accepted.
    let work = try #require(shop.ledger("SELECT workName FROM file").first)
    let target = try #require(shop.ledger("SELECT target FROM file").first)
    shop.change(
      "UPDATE file SET outcome = 'waiting', target = NULL, endedAt = NULL, isPlaced = 0")
    #expect(
      await shop.shell("mkdir -p Inbox/$(dirname \(work)); mv Inbox/\(target) Inbox/\(work)").exit
        == 0)
    await expect(shop.run(), .init(exit: 1, out: "", err: Self.partial + "\n"))
    #expect(shop.inbox.contains("archive/DAY/menu.csv"))
    #expect(shop.inbox.contains("rejected/menu.csv.problems.csv"))
    await expect(shop.run(), Self.quiet)
  }

  @Test(
    "status names bad rows until a good export, or until their report is deleted",
    arguments: ["good", "same", "deleted"])
  func badRowsInStatus(_ then: String) async throws {
    let shop = Shop(mapping: Shop.mapping + "onBadRow: skip\nmaxBadRows: 50%\n")
    shop.drop(Self.badRow)
    #expect(await shop.run().exit == 1)
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.hasPrefix("Needs attention (1)\n  \(Self.partial)\n"), "\(status.out)")
    let object = json(await shop.command("status", "--json").out)
    let attention = object?["attention"] as? [[String: Any]]
    #expect(attention?.map { $0["code"] as? String } == ["bad-rows"])
    switch then {
    case "deleted": shop.folder.remove("Inbox/rejected/menu.csv.problem.txt")
    case "same": shop.drop(Self.badRow)
    default: shop.drop(Self.prices)
    }
    _ = await shop.run()
    #expect(await shop.command("status").exit == (then == "same" ? 1 : 0))
  }
}
