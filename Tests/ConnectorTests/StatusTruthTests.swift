import Foundation
import TestSupport
import Testing

/// What `run` found and is still so stands in `status`, with the same exit code.
@Suite(.talksToPrograms) struct StatusTruthTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  /// What run and status say, and that both end with the same code; status as JSON, too.
  private func both(
    _ shop: Shop, _ exit: Int32, _ words: String, _ place: SourceLocation = #_sourceLocation
  ) async {
    let run = await shop.run()
    #expect(run.exit == exit, "\(run)", sourceLocation: place)
    #expect(run.err.contains(words), "\(run)", sourceLocation: place)
    let status = await shop.command("status")
    #expect(status.exit == exit, "\(status)", sourceLocation: place)
    #expect(status.out.contains(words), "\(status)", sourceLocation: place)
    let told = await shop.command("status", "--json")
    #expect(told.exit == exit, "\(told)", sourceLocation: place)
    let object = json(told.out)
    #expect(object?["exit"] as? Int == Int(exit), sourceLocation: place)
    let attention = object?["attention"] as? [[String: Any]] ?? []
    #expect(!attention.isEmpty, "\(told)", sourceLocation: place)
  }

  private func clean(_ shop: Shop, _ place: SourceLocation = #_sourceLocation) async {
    await expect(shop.run(), Self.quiet)
    let status = await shop.command("status")
    #expect(status.exit == 0, "\(status)", sourceLocation: place)
    #expect(!status.out.contains("Needs attention"), "\(status)", sourceLocation: place)
  }

  @Test("a file that no mapping matches stands there until it is gone or a mapping matches it")
  func stray() async {
    let shop = Shop()
    shop.drop(Shop.menu, as: "extra.csv")
    await both(
      shop, 1,
      "Inbox/products/extra.csv: no mapping takes this file. Add a mapping whose files: matches it")
    shop.folder.write("Mappings/menu.yaml", Shop.mapping.replacing("menu*", with: "*"))
    #expect(await shop.command("status").exit == 0)
    await clean(shop)
    shop.folder.write("Mappings/menu.yaml", Shop.mapping)
    shop.drop(Shop.menu, as: "extra.csv")
    #expect(await shop.command("status").exit == 1)
    shop.folder.remove("Inbox/products/extra.csv")
    await clean(shop)
  }

  @Test("a file that two mappings match stands there")
  func rivals() async {
    let shop = Shop(mapping: Shop.mapping + "catalogue: all\n")
    shop.folder.write("Mappings/other.yaml", Shop.mapping + "catalogue: all\n")
    shop.drop(Shop.menu)
    await both(shop, 1, "Inbox/products/menu.csv: 2 mappings take this file")
  }

  @Test("a mapping that is wrong stands there, and the exit code is 2")
  func brokenMapping() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    await clean(shop)
    shop.folder.write("Mappings/menu.yaml", Shop.mapping + "colums: {}\n")
    let words = "\"colums\" is not a key of Mappings/menu.yaml"
    await both(shop, 2, words)
    shop.folder.write("Mappings/contract.yaml", "kind: contract\nnonsense: 1\n")
    #expect(await shop.run().exit == 2)
    #expect(await shop.command("status").exit == 2)
    shop.folder.remove("Mappings/contract.yaml")
    shop.folder.remove("Mappings/menu.yaml")
    await both(shop, 2, "there is no mapping, so no export is read")
    shop.folder.write("Mappings/menu.yaml", Shop.mapping)
    await clean(shop)
  }

  @Test(
    "a file that waits is listed with its reason, and needs a person after an hour and two runs",
    arguments: [
      ("lastLine: FINE\n", "its last line is not \"FINE\", so it is not complete yet"),
      ("ready: marker\n", "its marker NAME.done is not there yet"),
      (
        "files: {menu: products/menu*.csv, tax: products/tax*.csv}\n",
        "it waits for Inbox/products/tax*.csv"
      ),
      ("catalogue: all\n", "it waits for a good export of drinks, which belongs to the same"),
    ])
  func waits(more: String, reason: String) async {
    let mapping =
      more.hasPrefix("files")
      ? Shop.mapping.replacing("files: products/menu*.csv\n", with: more) : Shop.mapping + more
    let shop = Shop(mapping: mapping)
    if more.hasPrefix("catalogue") {
      shop.folder.write(
        "Mappings/drinks.yaml", Shop.mapping.replacing("menu*", with: "drinks*") + more)
    }
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    let listed = await shop.command("status")
    #expect(listed.exit == 0, "\(listed)")
    #expect(listed.out.contains("Inbox/products/menu.csv: \(reason)"), "\(listed)")
    #expect(listed.out.contains(", since TIME"), "\(listed)")
    let told = json(await shop.command("status", "--json").out)
    let file = (told?["waitingFiles"] as? [[String: Any]])?.first
    #expect(file?["name"] as? String == "products/menu.csv")
    #expect((file?["reason"] as? String)?.hasPrefix(reason) == true)
    #expect(file?["since"] as? String == "TIME")
    // An hour passes; one run has found it so far.
    shop.change("UPDATE waitingFile SET since = since - 3600000")
    #expect(await shop.command("status").exit == 0)
    await both(shop, 1, "Inbox/products/menu.csv: it has waited since TIME: \(reason)")
    shop.folder.remove("Inbox/products/menu.csv")
    #expect(await shop.command("status").exit == 0)
    await clean(shop)
    #expect(shop.ledger("SELECT count(*) FROM waitingFile") == ["0"])
  }

  @Test("warnAfter: says how long a file may wait")
  func warnAfter() async {
    let shop = Shop(mapping: Shop.mapping + "ready: marker\n", more: "warnAfter: 3h")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.change("UPDATE waitingFile SET since = since - 2 * 3600000")
    await expect(shop.run(), Self.quiet)
    shop.change("UPDATE waitingFile SET since = since - 3600000")
    #expect(await shop.run().exit == 1)
  }

  @Test(
    "the system's own files are passed over, and capitals in a file's ending make no difference")
  func systemFiles() async {
    let shop = Shop()
    for name in ["Thumbs.db", "desktop.ini", ".DS_Store", "~$menu.xlsx"] {
      shop.drop("x", as: name)
    }
    shop.drop(Shop.menu, as: "menu.CSV")
    await clean(shop)
    #expect(shop.inbox.contains("archive/DAY/menu.CSV"), "\(shop.inbox)")
    #expect(shop.dstore.menu("S-1").count == 4)
  }

  @Test("a rejected file stands there once, however often it is retried, until it is deleted")
  func retried() async {
    let shop = Shop()
    shop.drop("Code,Name,Price,Open\nA1,Laksa,free,Y\n")
    #expect(await shop.run().exit == 1)
    for _ in 1...2 {
      #expect(await shop.command("retry", "menu.csv").exit == 1)
      let status = await shop.command("status")
      #expect(status.exit == 1)
      #expect(
        status.out.components(separatedBy: "Inbox/rejected/menu.csv: ").count == 2, "\(status)")
      let told = json(await shop.command("status", "--json").out)
      #expect((told?["rejected"] as? [Any])?.count == 1)
    }
    shop.folder.remove("Inbox/rejected/menu.csv")
    await clean(shop)
  }

  @Test("status needs no private key, and says what is wrong with one that it can see")
  func privateKey() async {
    let shop = Shop()
    let key = shop.folder.path("own.pem")
    shop.folder.write("own.pem", DStoreDouble.shared.folder.text("merchant.pem"))
    shop.settings(key: key)
    shop.drop(Shop.menu)
    await clean(shop)
    chmod(key, 0o644)
    await both(shop, 2, "can be used by others on this machine")
    let text = shop.folder.text("Mappings/connector.yaml")
    shop.folder.write(
      "Mappings/connector.yaml", text.replacing("private: \(key), ", with: ""))
    #expect(await shop.run().exit == 2)
    let pem = DStoreDouble.shared.folder.text("merchant.pem")
    await expect(shop.run(environment: ["DSTORE_KEYS_PRIVATE": pem]), Self.quiet)
    #expect(await shop.command("status").exit == 0)
  }

  @Test("a user who cannot read the ledger is told so, and never that nothing was sent")
  func unreadableLedger() async {
    let shop = Shop()
    let keys = DStoreDouble.shared.folder
    for name in ["merchant.pem", "dstore.pub", "authority.pem"] {
      shop.folder.write(name, keys.text(name))
    }
    let settings = shop.folder.text("Mappings/connector.yaml")
    shop.folder.write("Mappings/connector.yaml", settings.replacing(keys.path + "/", with: ""))
    shop.drop(Shop.menu)
    await clean(shop)
    let lockOut =
      geteuid() == 0
      ? "chmod 755 . && chmod -R go+rX Mappings Inbox Outbox && chmod go+r dstore.pub authority.pem && exec setpriv --reuid=65534 --regid=65534 --clear-groups"
      : "chmod 0 .connector && exec env"
    for words in ["status", "status --json", "check"] {
      let ending = await shop.shell("\(lockOut) $C \(words)")
      #expect(ending.exit != 0, "\(ending)")
      // What check says first is that it cannot read the key.
      if words != "check" {
        #expect(
          (ending.err + ending.out).contains("the ledger cannot be looked at"), "\(ending)")
      }
      #expect(!ending.out.contains("nothing sent yet"), "\(ending)")
    }
    chmod(shop.folder.path(".connector"), 0o700)
  }

  @Test(
    "folders of the inbox and the ledger that cannot be written are told by run's own user",
    .enabled(if: SurroundingsTests.canMount), arguments: ["Inbox/products", ".connector"])
  func unwritable(_ folder: String) async {
    let shop = Shop()
    shop.drop(Shop.menu)
    await clean(shop)
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    let readOnly = "mount --bind \(folder) \(folder) && mount -o remount,bind,ro \(folder)"
    for words in ["run", "status", "status --json", "check"] {
      let ending = await shop.shell("exec unshare -Urm sh -c '\(readOnly) && exec $C \(words)'")
      #expect(ending.exit == (words == "check" ? 2 : 1), "\(words) \(ending)")
      #expect((ending.err + ending.out).contains(folder), "\(words) \(ending)")
    }
    // What the last run failed at stands there until a run does it, though the folder looks well now.
    let status = await shop.command("status")
    let isRecorded = folder != ".connector"
    #expect(status.exit == (isRecorded ? 1 : 0), "\(status)")
    #expect(status.out.contains("(in the last run, TIME)") == isRecorded, "\(status)")
    await clean(shop)
  }
}
