import Foundation
import TestSupport
import Testing

/// What the commands say, and what they leave alone.
@Suite(.talksToPrograms) struct OutputTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  @Test("run --json is one object, with what happened to each file and request")
  func runJSON() async throws {
    let shop = Shop()
    shop.drop(Shop.menu)
    let ending = await shop.run("--json")
    #expect(ending.exit == 0)
    #expect(ending.err == "")
    let object = try #require(json(ending.out))
    #expect(object["exit"] as? Int == 0)
    #expect(ending.out.contains(#""orders":{"written":0,"waiting":0,"held":0,"reasons":[]}"#))
    #expect(object["notifications"] as? [String: Int] == ["sent": 0, "refused": 0, "waiting": 0])
    let file = try #require((object["files"] as? [[String: Any]])?.first)
    #expect(file["name"] as? String == "products/menu.csv")
    #expect(file["mapping"] as? String == "menu")
    #expect(file["outcome"] as? String == "sent")
    #expect(file["records"] as? Int == 4)
    #expect((file["problems"] as? [Any])?.count == 0)
    let request = try #require((file["requests"] as? [[String: Any]])?.first)
    #expect(request["api"] as? String == "syncProduct")
    #expect(request["resultStatus"] as? String == "S")
    #expect(request["resultCode"] as? String == "SUCCESS")
    #expect((request["requestId"] as? String) == "REQUEST")
  }

  @Test("run --json of a rejected file holds its problems and the exit code")
  func runJSONRejected() async throws {
    let shop = Shop()
    shop.drop("Code,Name,Price,Open\nA1,Laksa,free,Y\n")
    let ending = await shop.run("--json")
    #expect(ending.exit == 1)
    let object = try #require(json(ending.out))
    #expect(object["exit"] as? Int == 1)
    let file = try #require((object["files"] as? [[String: Any]])?.first)
    #expect(file["outcome"] as? String == "rejected")
    let problem = try #require((file["problems"] as? [[String: Any]])?.first)
    #expect(problem["line"] as? Int == 2)
    #expect(problem["record"] as? Int == 1)
    #expect(problem["column"] as? String == "Price")
    #expect(problem["value"] as? String == "free")
  }

  @Test("status --json is one object, before the first run and after it")
  func statusJSON() async throws {
    let shop = Shop()
    let before = await shop.command("status", "--json")
    #expect(before.exit == 0)
    #expect((json(before.out)?["stores"] as? [Any])?.count == 1)
    #expect(!shop.folder.has(".connector"))
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    let ending = await shop.command("status", "--json")
    #expect(ending.exit == 0)
    let store = try #require((json(ending.out)?["stores"] as? [[String: Any]])?.first)
    #expect(store["posStoreId"] as? String == "S-1")
    #expect(store["products"] as? Int == 4)
    let recent = try #require((json(ending.out)?["recent"] as? [[String: Any]])?.first)
    #expect(recent["outcome"] as? String == "sent")
    #expect(recent["records"] as? Int == 4)
  }

  @Test("run --dry-run says what would be, and changes nothing, with and without a ledger")
  func dryRun() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    var before = shop.folder.tree()
    #expect(await shop.run("--dry-run").exit == 0)
    #expect(shop.folder.tree() == before)
    #expect(shop.dstore.requests == [])
    await expect(shop.run(), Self.quiet)
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    before = shop.folder.tree()
    let ending = await shop.run("--dry-run", "--json")
    #expect(ending.exit == 0)
    let file = (json(ending.out)?["files"] as? [[String: Any]])?.first
    #expect(file?["summary"] as? String == "S-1: full sync: 1 changed")
    #expect(shop.folder.tree() == before)
    #expect(shop.dstore.requests.count == 1)
  }

  @Test("check finds everything at once, touches nothing and sends nothing")
  func check() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    let before = shop.folder.tree()
    let good = await shop.command("check")
    #expect(good.exit == 0)
    #expect(good.err == "")
    #expect(shop.folder.tree() == before)
    shop.folder.write("Mappings/menu.yaml", Shop.mapping.replacing("Price}", with: "Price, x: [}"))
    shop.folder.write(
      "Mappings/other.yaml", "kind: products\nfiles: a.csv\nproduts: []\ncolums: {}\n")
    let bad = await shop.command("check")
    #expect(bad.exit == 2)
    #expect(bad.err.split(separator: "\n").count >= 3, "\(bad.err)")
    #expect(shop.dstore.requests == [])
    #expect(!shop.folder.has(".connector"))
  }

  @Test("check names what TLS at an endpoint of one's own lacks, and notes one out of reach")
  func endpoint() async throws {
    let shop = Shop()
    let server = Program(
      [
        "sh", "-c",
        """
        openssl req -x509 -newkey rsa:2048 -nodes -days 3 -subj /CN=localhost -keyout key -out pem 2>req
        exec openssl s_server -www -accept 127.0.0.1:0 -cert pem -key key
        """,
      ], in: shop.folder.path)
    try await until("it listens") { server.out.contains(/ACCEPT 127.0.0.1:\d+/) }
    let port = try #require(server.out.firstMatch(of: /ACCEPT 127.0.0.1:(\d+)/)?.1)
    shop.settings(endpoint: "https://localhost:\(port)", trust: "pem")
    let bad = await shop.command("check")
    #expect(bad.exit == 2)
    #expect(bad.err.contains("it needs a subject alternative name (SAN)"), "\(bad)")
    #expect(bad.err.contains("Until this is fixed nothing is sent to it."), "\(bad)")
    server.kill()
    _ = await server.end()
    let away = await shop.command("check")
    #expect(away.exit == 0, "\(away)")
    #expect(
      away.out.contains(
        """
        Note: Mappings/connector.yaml, \"endpoint\": nobody listens at localhost:\(port): \
        connection refused. Whether TLS there is good enough is not known yet.
        """), "\(away)")
  }

  @Test(
    "without certificate authorities check and run name the package, before anything is touched",
    .enabled(if: SurroundingsTests.canMount))
  func noAuthorities() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    for command in ["check", "run"] {
      let ending = await shop.shell(
        "exec unshare -Urm sh -c 'mount -t tmpfs none /etc/ssl && exec $C \(command)'")
      #expect(ending.exit == 2)
      #expect(
        ending.err.hasPrefix(
          """
          /etc/ssl/certs: this machine has no certificate authorities, so no TLS server can be \
          trusted. Run `apt-get install ca-certificates` (Fedora: `dnf install ca-certificates`).
          """), "\(ending)")
    }
    #expect(shop.dstore.requests == [])
    #expect(!shop.folder.has(".connector"))
  }

  @Test("check runs the tests of the mappings")
  func checkTests() async {
    let shop = Shop(
      mapping: Shop.mapping + """
        tests:
          - rows: [{Code: A1, Name: Laksa, Price: "6.50", Open: Y}]
            makes: [{type: SINGLE, posProductId: A1, name: Laksa, price: {value: 651, currency: SGD}, status: AVAILABLE}]

        """)
    let ending = await shop.command("check")
    #expect(ending.exit == 2)
    #expect(ending.err.contains("651"), "\(ending.err)")
    #expect(ending.err.contains("650"), "\(ending.err)")
  }

  @Test("preview --payload is what run sends, but for the requestId; nothing is touched")
  func preview() async throws {
    let shop = Shop()
    shop.drop(Shop.menu)
    let before = shop.folder.tree()
    let ending = await shop.command("preview", "--payload", "Inbox/products/menu.csv")
    #expect(ending.exit == 0)
    #expect(ending.err == "")
    #expect(shop.folder.tree() == before)
    await expect(shop.run(), Self.quiet)
    let sent = String(decoding: try #require(shop.dstore.body(1)), as: UTF8.self)
    #expect(
      ending.out == sent.replacing(/"requestId":"[0-9a-f]{32}"/, with: "\"requestId\":\"REQUEST\""))
  }

  @Test("preview of a bad file says what run would say, and exits with 1")
  func previewBad() async {
    let shop = Shop()
    shop.drop("Code,Name,Price,Open\nA1,Laksa,free,Y\n")
    let ending = await shop.command("preview", "Inbox/products/menu.csv")
    #expect(ending.exit == 1)
    #expect(ending.err.contains("run would refuse the file: nothing of it would be sent."))
  }

  @Test("keys makes a pair that openssl reads, readable by its owner only, never over a file")
  func keys() async throws {
    let shop = Shop()
    let ending = await shop.command("keys", "--out", "pos.pem")
    #expect(ending.exit == 0)
    let path = shop.folder.path("pos.pem")
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let line = try #require(ending.out.split(separator: "\n").last).description
    #expect(line.hasPrefix("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"))
    let judged = await shop.shell(
      "openssl rsa -in pos.pem -check -noout && openssl pkcs8 -in pos.pem -nocrypt -topk8 "
        + "-outform DER -out x && openssl rsa -in pos.pem -pubout -outform DER | base64 -w0")
    #expect(judged.exit == 0)
    #expect(judged.out.hasSuffix(line))
    #expect(
      await shop.shell("echo '\(line)' | base64 -d | openssl rsa -pubin -inform DER -noout -text")
        .out.contains("Public-Key: (2048 bit)"))
    let before = shop.folder.data("pos.pem")
    await expect(
      shop.command("keys", "--out", "pos.pem"),
      .init(
        exit: 1, out: "",
        err: """
          pos.pem: the file exists, and a key is never written over. Name another place with \
          --out.

          """))
    #expect(shop.folder.data("pos.pem") == before)
    #expect(await shop.command("keys", "--show", "pos.pem").out == line + "\n")
    await expect(
      shop.command("keys", "--show", "Mappings"),
      .init(
        exit: 1, out: "",
        err: "Mappings: the key cannot be read: Is a directory. Name the private key's file.\n"))
  }

  @Test("wrong arguments end with 64")
  func wrongArguments() async {
    let shop = Shop()
    #expect(await shop.command("run", "--dry").exit == 64)
    #expect(await shop.command("sync").exit == 64)
  }

  @Test("a workspace that is not there ends with 2")
  func noWorkspace() async {
    let shop = Shop()
    let ending = await shop.command("run", "--workspace", "nowhere")
    #expect(ending.exit == 2)
    #expect(
      ending.err == """
        nowhere: there is no such folder. Name the folder that holds Inbox, Outbox and Mappings \
        with --workspace.

        """)
  }

  @Test("a workspace without a mapping is no success for run, unless orders are what it is for")
  func noMapping() async {
    let shop = Shop(mapping: nil)
    let message = """
      Mappings: there is no mapping, so no export is read. Write one; Mappings/README.md shows how.

      """
    for command in ["check", "run"] {
      let ending = await shop.command(command)
      #expect(ending.exit == 2)
      #expect(ending.err == message)
    }
    let ending = await shop.run("--json")
    #expect(ending.exit == 2)
    #expect(ending.out.contains("\"code\":\"no-mapping\""))
    shop.settings(more: "gateway: {listen: 127.0.0.1:8443}")
    await expect(shop.run(), Self.quiet)
  }

  @Test("the embedded simulator needs nothing but the settings' first lines")
  func embedded() async {
    let shop = Shop()
    shop.folder.write(
      "Mappings/connector.yaml",
      "environment: simulator\nposAccountId: merchant\nstores: [{posStoreId: S-1}]\n"
        + "currency: SGD\ntimeZone: Asia/Singapore\nsettle: 50ms\n")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
    shop.drop(Shop.menu)
    let again = await shop.run("--json")
    #expect(again.out.contains("\"outcome\":\"unchanged\""))
    // What the simulator accepted says nothing about the sandbox.
    shop.settings()
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.effects == 1)
  }
}
