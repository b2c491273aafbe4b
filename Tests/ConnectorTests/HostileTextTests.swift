import Foundation
import TestSupport
import Testing

/// Text from outside steers no terminal, forges no line and hides nothing, wherever it is shown.
@Suite(.talksToPrograms) struct HostileTextTests {
  /// What somebody puts into a text, and how it is shown.
  struct Text: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var text: String
    var shown: String

    static let all = [
      Text(testDescription: "ESC", text: "\u{1B}[2J", shown: "<U+001B>[2J"),
      Text(
        testDescription: "OSC", text: "\u{1B}]0;owned\u{7}", shown: "<U+001B>]0;owned<U+0007>"),
      Text(testDescription: "CSI of one byte", text: "\u{9B}31m", shown: "<U+009B>31m"),
      Text(testDescription: "a direction mark", text: "\u{202E}vsc", shown: "<U+202E>vsc"),
      Text(
        testDescription: "a line end", text: "\nInbox/other.csv: sent",
        shown: "<U+000A>Inbox/other.csv: sent"),
      long,
    ]
    static let long = Text(
      testDescription: "1 MB", text: String(repeating: "long ", count: 200_000), shown: "long ")
  }

  /// Every line is one that a terminal shows as it is, and not too long to be read.
  private func expectSafe(
    _ text: String, _ what: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let unseen = text.unicodeScalars.filter { scalar in
      let properties = scalar.properties
      return scalar != "\n"
        && (properties.generalCategory == .control || properties.isDefaultIgnorableCodePoint
          || properties.isBidiControl)
    }
    #expect(unseen.isEmpty, "\(what): \(unseen)", sourceLocation: sourceLocation)
    let longest = text.split(separator: "\n").map(\.unicodeScalars.count).max() ?? 0
    #expect(longest < 5000, "\(what)", sourceLocation: sourceLocation)
  }

  /// Runs a command, and looks at all that it says.
  private func expectSafe(
    _ shop: Shop, _ words: String..., exit: Int32, says shown: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let program = Program([Shop.connector] + words, in: shop.folder.path)
    let ending = await shop.plain(program.end())
    #expect(ending.exit == exit, "\(ending)", sourceLocation: sourceLocation)
    for text in [ending.out, ending.err] {
      expectSafe(text, words.joined(separator: " "), sourceLocation: sourceLocation)
    }
    if let shown {
      #expect(
        (ending.out + ending.err).contains(shown), "\(ending)", sourceLocation: sourceLocation)
    }
  }

  /// The reports beside what was rejected: lines of the text, and the table, whose line ends are
  /// those of its rows and cells.
  private func expectSafeReports(
    _ shop: Shop, _ count: Int, says shown: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let names = shop.folder.files("Inbox/rejected").filter { $0.contains(".problem") }
    #expect(names.count == count, "\(names)", sourceLocation: sourceLocation)
    for name in names {
      let text = shop.folder.text("Inbox/rejected/\(name)")
      if name.hasSuffix(".txt") {
        #expect(text.contains(shown), "\(text)", sourceLocation: sourceLocation)
        expectSafe(text, name, sourceLocation: sourceLocation)
      } else {
        let unseen = text.dropFirst().unicodeScalars.filter { scalar in
          !["\n", "\r"].contains(scalar)
            && (scalar.properties.generalCategory == .control || scalar.properties.isBidiControl)
        }
        #expect(unseen.isEmpty, "\(name): \(unseen)", sourceLocation: sourceLocation)
      }
    }
  }

  @Test("in a file's name", arguments: Text.all.dropLast())
  func fileName(_ text: Text) async throws {
    let shop = Shop()
    // A name's slash is none of ours, and the shell of no test takes part.
    let name = "menu\(text.text.replacing("/", with: "_")).csv"
    shop.drop("Code,Name,Price,Open\nA1,Laksa,free,Y\n", as: name)
    let isTaken = text.text.hasPrefix("\u{202E}")
    let shown = isTaken ? text.shown : nil
    await expectSafe(shop, "run", "--dry-run", exit: 1, says: shown)
    await expectSafe(shop, "preview", "Inbox/products/\(name)", exit: 1, says: shown)
    await expectSafe(shop, "run", exit: 1, says: isTaken ? shown : "control characters")
    await expectSafe(shop, "status", exit: 1, says: shown)
    let told = try #require(json(await shop.command("status", "--json").out))
    guard isTaken else { return #expect(shop.folder.files("Inbox").contains("products/\(name)")) }
    expectSafeReports(shop, 2, says: "menu\(text.shown).csv")
    let file = (told["rejected"] as? [[String: Any]])?.first
    #expect(file?["name"] as? String == "products/\(name)")
  }

  @Test(
    "the command that a report names takes the file up again when it is pasted into a shell",
    arguments: ["menu of a\u{202E}b.csv", "menu it's $(touch pwned).csv", "menu;.csv"])
  func pasted(name: String) async throws {
    let shop = Shop(mapping: Shop.mapping + "tests: []\n")
    shop.folder.write("Mappings/menu.yaml", Shop.mapping.replacing("${price}", with: "${price}x"))
    shop.drop(Shop.menu, as: name)
    #expect(await shop.run().exit == 1)
    let report = try #require(shop.folder.files("Inbox/rejected").first { $0.hasSuffix(".txt") })
    let text = shop.folder.text("Inbox/rejected/\(report)")
    let command = try #require(text.firstMatch(of: /run: (dstore-connector retry .*)\.\n/)).1
    shop.folder.write("Mappings/menu.yaml", Shop.mapping)
    shop.folder.write("paste.sh", "dstore-connector() { $C \"$@\"; }\n\(command)\n")
    await expect(shop.shell("bash paste.sh"), .init(exit: 0, out: "", err: ""))
    #expect(shop.dstore.menu("S-1").count == 4)
    #expect(!shop.folder.has("pwned"))
  }

  @Test("in a header", arguments: Text.all)
  func header(_ text: Text) async {
    let shop = Shop()
    shop.drop("\"Code\(text.text)\",Name,Price,Open\nA1,Laksa,6.50,Y\n")
    await expectSafe(shop, "preview", "Inbox/products/menu.csv", exit: 1)
    await expectSafe(shop, "run", exit: 1)
    await expectSafe(shop, "status", exit: 1)
    expectSafeReports(shop, 1, says: "menu.csv is refused")
  }

  @Test("in a cell", arguments: Text.all)
  func cell(_ text: Text) async {
    let shop = Shop()
    shop.drop("Code,Name,Price,Open\nA1,\"Laksa\(text.text)\",\"six\(text.text)\",Y\n")
    await expectSafe(shop, "preview", "Inbox/products/menu.csv", exit: 1, says: "six")
    await expectSafe(shop, "run", exit: 1, says: "six")
    await expectSafe(shop, "status", exit: 1)
    expectSafeReports(shop, 2, says: "six")
    shop.drop("Code,Name,Price,Open\nA1,\"Laksa\(text.text)\",6.50,Y\n")
    await expectSafe(shop, "preview", "Inbox/products/menu.csv", exit: 0, says: "Laksa")
  }

  @Test("in D-Store's message and its code", arguments: Text.all)
  func answer(_ text: Text) async throws {
    let shop = Shop()
    shop.dstore.say("odd\(text.text)")
    shop.dstore.fail("F:PROCESS_FAIL")
    shop.drop(Shop.menu)
    await expectSafe(shop, "run", exit: 1, says: "odd\(text.shown)")
    await expectSafe(shop, "status", exit: 1, says: "odd\(text.shown)")
    expectSafeReports(shop, 1, says: "odd\(text.shown)")
    let file = try #require(json(await shop.command("status", "--json").out)?["rejected"])
    let summary = (file as? [[String: Any]])?.first?["summary"] as? String ?? ""
    #expect(summary.contains("odd\(text.text.prefix(400))"))
  }

  @Test("in an order's id and in the id of its store", arguments: Text.all)
  func order(_ text: Text) async throws {
    let counter = Counter()
    let shop = counter.shop
    // No mapping can write it, so that it waits and is told.
    shop.folder.write("Mappings/till.yaml", "kind: orders\nfile: orders/${shout}.csv\n")
    let serve = try await counter.serve("exec $C serve")
    for (id, store) in [("R\(text.text)", "S-1"), ("R-2", "S\(text.text)")] {
      let order: [String: Any] = [
        "requestOrderId": id, "posAccountId": "merchant", "posStoreId": store,
        "orderChannel": "DSTORE", "channelOrderId": "D-1", "serviceType": "PICKUP",
        "expectFulfillmentTime": "2026-01-31T12:08:56+08:00", "orderProducts": [],
        "orderAmount": ["totalAmount": ["value": 650, "currency": "SGD"]],
      ]
      shop.folder.write("order.json", try JSONSerialization.data(withJSONObject: order))
      _ = await counter.caller("send", "createOrder", "order.json").end()
    }
    try await until("the order waits") { serve.err.contains("wait for it") }
    let shown = text.text == Text.long.text ? "R\(text.shown)" : "\"R\(text.shown)\""
    await expectSafe(shop, "status", exit: 2, says: shown)
    await expectSafe(shop, "run", exit: 2)
    let ending = await counter.stop(serve)
    #expect(ending.exit == 0)
    #expect(ending.out.contains(shown))
    #expect(ending.err.contains(shown))
    for said in [ending.out, ending.err] { expectSafe(said, "serve") }
    let orders = json(await shop.command("status", "--json").out)?["orders"] as? [String: Any]
    let waiting = (orders?["waiting"] as? [[String: Any]])?.first
    #expect(waiting?["requestOrderId"] as? String == "R\(text.text)")
  }
}
