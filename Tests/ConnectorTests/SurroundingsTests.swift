import Foundation
import TestSupport
import Testing

/// Settings, keys, ledger and disk that are not what they should be: nothing is touched or lost.
@Suite(.talksToPrograms) struct SurroundingsTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  /// A shop with a file that waits, and a way to ruin it.
  struct Ruin: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var script: String
    var err: String

    init(_ name: String, _ script: String, _ err: String) {
      testDescription = name
      self.script = script
      self.err = err
    }
  }

  static let settings = [
    Ruin(
      "no connector.yaml", "rm Mappings/connector.yaml",
      """
      Mappings/connector.yaml: there are no settings in WS. Write the file; the smallest one is \
      the two lines "environment: simulator" and "stores: [my-store]". Another folder is named \
      with --workspace DIR.

      """),
    Ruin(
      "an unknown key and no currency",
      "sed -i 's/^currency:/curency:/' Mappings/connector.yaml",
      """
      Mappings/connector.yaml, line 1, position 1: "currency" is missing in connector.yaml. Add \
      it: currency: …
      Mappings/connector.yaml, line 4, position 1: "curency" is not a key of connector.yaml. \
      Did you mean "currency"?

      """),
    Ruin(
      "the key file is missing",
      "sed -i 's/{private: [^,]*/{private: key.pem/' Mappings/connector.yaml",
      """
      Mappings/connector.yaml, line 7, position 17: the file of the private key does not exist \
      (found: "key.pem"). Check the path. Relative paths begin at the workspace; this one is \
      WS/key.pem.

      """),
    Ruin(
      "others can read the key",
      "cp $KEY key.pem; chmod 644 key.pem; "
        + "sed -i 's/{private: [^,]*/{private: key.pem/' Mappings/connector.yaml",
      """
      Mappings/connector.yaml, line 7, position 17: the file of the private key can be used by \
      others on this machine (mode 644) (found: "key.pem"). Run `chmod 600 key.pem`; if others \
      had access until now, make a new key.

      """),
    Ruin(
      "others can write into the folder of the key",
      "mkdir keys; cp $KEY keys/key.pem; chmod 600 keys/key.pem; chmod 777 keys; "
        + "sed -i 's/{private: [^,]*/{private: keys\\/key.pem/' Mappings/connector.yaml",
      """
      Mappings/connector.yaml, line 7, position 17: the file of the private key lies in a folder \
      that others on this machine can write (mode 777 of WS/keys) (found: "keys/key.pem"). Run \
      `chmod go-w WS/keys`; if others had access until now, make a new key.

      """),
    Ruin(
      "the key is no key",
      "echo nonsense > key.pem; chmod 600 key.pem; "
        + "sed -i 's/{private: [^,]*/{private: key.pem/' Mappings/connector.yaml",
      """
      key.pem: the text is Base64, but what it holds is no key. Give the whole RSA key, PEM \
      (`-----BEGIN PRIVATE KEY-----` and what follows) or its Base64; `dstore-connector keys` \
      makes a new pair.

      """),
    Ruin(
      "the contract file is broken",
      "printf 'kind: contract\\nmessages: [\\n' > Mappings/spec.yaml",
      """
      Mappings/spec.yaml, line 3, position 1: the file ends inside a bracket that opens above. \
      Close it; where the bracket belongs to a text, put that text in quotes.

      """),
    Ruin(
      "trust names no certificate",
      "echo nonsense > ca.pem; sed -i 's/^trust:.*/trust: ca.pem/' Mappings/connector.yaml",
      """
      Mappings/connector.yaml, line 9, position 8: the file of the certificate authority \
      (trust) holds no certificate in PEM (found: "ca.pem"). Turn it into PEM with `openssl \
      x509 -inform DER -in ca.pem`.

      """),
    Ruin(
      "trust names an authority with a weak key",
      "openssl req -x509 -newkey rsa:1024 -nodes -days 3 -subj /CN=old -keyout ca.key -out ca.pem "
        + "2>log.openssl; sed -i 's/^trust:.*/trust: ca.pem/' Mappings/connector.yaml",
      """
      WS/ca.pem: the certificate's key is RSA of 1024 bits; it needs RSA of at least 2048 bits or \
      ECDSA of at least 256. Make the authority a stronger key, let it issue the endpoint's \
      certificate again, and put its own certificate under trust:.

      """),
  ]

  @Test("wrong settings end with 2, and nothing is touched", arguments: settings)
  func wrongSettings(_ ruin: Ruin) async {
    let shop = Shop()
    shop.drop(Shop.menu)
    let key = DStoreDouble.shared.folder.path("merchant.pem")
    #expect(await shop.shell("KEY=\(key); " + ruin.script).exit == 0)
    let before = shop.folder.tree()
    let ending = await shop.run()
    #expect(ending.err == ruin.err)
    #expect(ending.exit == 2)
    #expect(ending.out == "")
    #expect(shop.folder.tree() == before)
    #expect(shop.dstore.requests == [])
    let told = await shop.run("--json")
    #expect(told.exit == 2)
    #expect(json(told.out)?["exit"] as? Int == 2)
    #expect(((json(told.out)?["problems"] as? [Any]) ?? []).count > 0)
    #expect(await shop.command("check").exit == 2)
  }

  @Test("a ledger that is damaged stops the run, and nothing is touched")
  func damagedLedger() async {
    let shop = Shop()
    shop.folder.write(".connector/ledger.sqlite", String(repeating: "no database ", count: 1000))
    shop.drop(Shop.menu)
    let ending = await shop.run()
    #expect(
      ending.err == """
        WS/.connector/ledger.sqlite: the ledger is damaged: this is not an SQLite database. Stop \
        serve first. Then put the last backup back in place of the file and its -wal and -shm; or \
        move all three away and run `dstore-connector run --new-ledger`. Either way refunds and \
        orders that may have gone out before wait for approval.

        """)
    #expect(ending.exit == 1)
    #expect(shop.inbox == ["products/menu.csv"])
    #expect(shop.dstore.requests == [])
    #expect(await shop.command("status").exit == 1)
  }

  @Test("a page of the ledger that is damaged stops the run before anything is sent")
  func damagedPage() async throws {
    let shop = Shop()
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    let path = ".connector/ledger.sqlite"
    var data = try #require(shop.folder.data(path))
    data.replaceSubrange(4096..<data.count, with: Data(repeating: 7, count: data.count - 4096))
    shop.folder.write(path, data)
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(ending.err.contains("the ledger is damaged"), "\(ending.err)")
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.inbox.contains("products/menu.csv"), "\(shop.inbox)")
  }

  @Test("a state folder that cannot be made stops the run, and nothing is touched")
  func impossibleState() async {
    let shop = Shop(more: "state: /proc/connector/state")
    shop.drop(Shop.menu)
    let ending = await shop.run()
    #expect(
      ending.err == """
        /proc/connector/state: the folder of the ledger cannot be created: No such file or \
        directory. Let the connector's user own the folder, and check that its disk is mounted for \
        writing; or set `state:` in connector.yaml to another folder.

        """)
    #expect(ending.exit == 1)
    #expect(shop.inbox == ["products/menu.csv"])
    #expect(shop.dstore.requests == [])
  }

  /// Whether a namespace with mounts of its own can be made; where not, limits on files remain.
  static let canMount = system("unshare -Urm true 2>/dev/null") == 0

  @Test(
    "a state folder that cannot be written stops the run, and nothing is touched",
    .enabled(if: canMount))
  func readOnlyState() async {
    let shop = Shop(more: "state: locked")
    shop.drop(Shop.menu)
    // A mount, because root may write to any folder; others need no more than its mode.
    let ending = await shop.shell(
      """
      mkdir locked
      exec unshare -Urm sh -c 'mount -t tmpfs -o ro none locked && exec $C run'
      """)
    #expect(
      ending.err == """
        WS/locked: the folder of the ledger cannot be written: Read-only file system. Let the \
        connector's user own the folder, and check that its disk is mounted for writing; or set \
        `state:` in connector.yaml to another folder.

        """)
    #expect(ending.exit == 1)
    #expect(shop.inbox == ["products/menu.csv"])
    #expect(shop.dstore.requests == [])
  }

  @Test("a key from the environment is as good as one from a file")
  func keyFromEnvironment() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    let key = DStoreDouble.shared.folder.text("merchant.pem")
    shop.settings(key: "not-there.pem")
    await expect(shop.run(environment: ["DSTORE_KEYS_PRIVATE": key]), Self.quiet)
    #expect(shop.dstore.requests.map(\.wrong) == [[]])
  }

  @Test(
    "a full disk of the state folder stops the run; the next one goes on and sends once",
    .enabled(if: canMount), arguments: [40, 80, 120, 160, 200, 240, 300])
  func fullDisk(_ kilobytes: Int) async {
    let shop = Shop(more: "state: small")
    let rows = (1...2000).map { "B\($0),Dish \($0),1.00,Y\n" }.joined()
    shop.drop(Shop.menu + rows)
    // The second run finds what the first one left on the very same disk, with room again.
    let ending = await shop.shell(
      """
      mkdir small
      exec unshare -Urm sh -c '
        mount -t tmpfs -o size=\(kilobytes)k none small || exit 99
        $C run 2>first; echo $? > code
        mount -o remount,size=64m small
        exec $C run'
      """)
    #expect(ending == Self.quiet)
    let first = shop.folder.text("code")
    #expect(first == "1\n" || first == "0\n" || first == "75\n", "\(first)")
    if first == "1\n" {
      #expect(shop.folder.text("first").contains("disk"), "\(shop.folder.text("first"))")
    }
    #expect(Set(shop.dstore.bodies).count == 1)
    #expect(shop.dstore.effects == 1)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
  }

  @Test(
    "a limit on the size of files is a full disk too",
    arguments: [1, 30, 60, 100, 150])
  func fileLimit(_ blocks: Int) async {
    let shop = Shop()
    let rows = (1...2000).map { "B\($0),Dish \($0),1.00,Y\n" }.joined()
    shop.drop(Shop.menu + rows)
    let first = await shop.shell("trap '' XFSZ; ulimit -f \(blocks); exec $C run")
    #expect(first.exit == 1, "\(first)")
    await expect(shop.run(), Self.quiet)
    #expect(Set(shop.dstore.bodies).count == 1)
    #expect(shop.dstore.effects == 1)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
  }

  @Test("a link below the inbox is not followed, and check, run and status name it")
  func linkInInbox() async {
    let shop = Shop()
    await expect(shop.run(), Self.quiet)
    #expect(await shop.shell("mkdir else && ln -s ../../else Inbox/products/more").exit == 0)
    let place = "Inbox/products/more: it is a link"
    #expect(await shop.run().err.hasPrefix(place))
    #expect(await shop.command("check").err.contains(place))
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.hasPrefix("Needs attention (1)\n  \(place)"), "\(status.out)")
  }

  @Test("an inbox that is missing is said, and nothing else happens")
  func noInbox() async {
    let shop = Shop()
    shop.folder.remove("Inbox")
    let ending = await shop.run()
    #expect(
      ending.err == """
        Inbox: the inbox is missing. Make the folder, or name the workspace that holds it with \
        --workspace.

        """)
    #expect(ending.exit == 1)
  }

  @Test("a body that was lost stops its own store only")
  func bodyLost() async {
    let shop = Shop(mapping: Shop.mapping + "store: ${Shop}\n", stores: ["S-1", "S-2"])
    shop.drop("Code,Name,Price,Open,Shop\nA1,Laksa,6.50,Y,S-1\nA1,Laksa,7.50,Y,S-2\n")
    shop.dstore.fail("500", "500", "500", "500", "500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    shop.passTime()
    let lost = shop.ledger("SELECT bodyPath FROM request WHERE store = 'S-1'")
    shop.folder.remove(".connector/payloads/\(lost[0])")
    let ending = await shop.run()
    #expect(ending.exit == 1)
    #expect(
      ending.err.contains("given up as the stored request cannot be read: No such file"),
      "\(ending.err)")
    #expect(shop.dstore.requests.last?.store == "S-2")
    #expect(shop.dstore.effects == 1)
  }

  @Test("a file that somebody took out of the folder of work stops nothing else")
  func fileLost() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    shop.passTime()
    shop.folder.remove("Inbox/.work")
    #expect(await shop.run().exit == 1)
    _ = await shop.run()
    await expect(shop.run(), Self.quiet)
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.effects == 2)
  }
}
