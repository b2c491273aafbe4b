import Foundation
import TestSupport
import Testing

/// D-Store does not answer, answers U, or answers what cannot be believed.
@Suite(.talksToPrograms) struct UndecidedTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  @Test(
    "one failure is repeated within the run: the same bytes, one effect",
    arguments: [
      "U", "500", "unsigned", "wrong-signature", "wrong-time", "cut-before", "cut-after",
    ])
  func repeated(_ fault: String) async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail(fault)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 2)
    #expect(Set(shop.dstore.bodies).count == 1)
    #expect(Set(shop.dstore.requests.map(\.requestId)).count == 1)
    #expect(shop.dstore.effects == 1)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
    #expect(shop.ledger("SELECT state || ' ' || tries FROM request") == ["accepted 2"])
  }

  @Test(
    "what stays undecided is repeated by later runs, the same bytes, when it is due")
  func later() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("U", "U", "U", "U")
    let reason = "4 products for S-1 undecided: U UNKNOWN_EXCEPTION (try again)"
    await expect(
      shop.run(), .init(exit: 75, out: "", err: "Inbox/products/menu.csv: waiting, \(reason).\n"))
    #expect(shop.inbox.map { $0.hasPrefix(".work/") } == [true])
    await expect(
      shop.run(),
      .init(
        exit: 75, out: "",
        err: "An earlier request: 4 products for S-1 wait for the next try, in SECONDS s: "
          + "U UNKNOWN_EXCEPTION (try again).\n"))
    #expect(shop.dstore.requests.count == 4)
    shop.passTime()
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 5)
    #expect(Set(shop.dstore.bodies).count == 1)
    #expect(shop.dstore.effects == 1)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
    #expect(shop.folder.files(".connector/payloads").count == 1)
  }

  @Test(
    "a newer file waits while a store's sync is undecided, and goes when it is decided")
  func newerWaits() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    shop.drop(Shop.menu.replacing("6.50", with: "6.60"))
    let ending = await shop.run()
    #expect(ending.exit == 75)
    #expect(shop.dstore.requests.count == 4)
    #expect(shop.inbox.contains("products/menu.csv"))
    shop.passTime()
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.effects == 2)
    #expect(shop.dstore.menu("S-1").first == "A1: AVAILABLE 660")
    #expect(shop.inbox.filter { !$0.hasPrefix("archive/DAY/") } == [])
  }

  @Test("an F is not repeated; the file is rejected with what a person must do")
  func refused() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("F:PARAM_ILLEGAL")
    let ending = await shop.run()
    let remedy =
      "Look at the field that D-Store's message names, and correct the mapping that fills it, or "
      + "the contract file where D-Store's specification differs from it."
    #expect(
      ending
        == .init(
          exit: 1, out: "",
          err: """
            Inbox/products/menu.csv: rejected, 4 products refused for S-1: PARAM_ILLEGAL (the \
            price is odd).
              \(remedy)

            """))
    #expect(shop.dstore.requests.count == 1)
    #expect(shop.inbox == ["rejected/menu.csv", "rejected/menu.csv.problem.txt"])
    #expect(shop.folder.text("Inbox/rejected/menu.csv.problem.txt").contains(remedy))
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.count == 1)
    #expect(await shop.command("retry", "menu.csv").exit == 0)
    #expect(Set(shop.dstore.requests.map(\.requestId)).count == 2)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
  }

  @Test("a rate limit is left to a later run, whatever the status says")
  func rateLimit() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("limit")
    #expect(await shop.run().exit == 75)
    #expect(shop.dstore.requests.count == 1)
    shop.passTime()
    shop.dstore.fail("429")
    #expect(await shop.run().exit == 75)
    shop.passTime()
    await expect(shop.run(), Self.quiet)
    #expect(Set(shop.dstore.bodies).count == 1)
  }

  @Test("D-Store was away for more than a day and answers again: the menu goes out")
  func backAfterDays() async {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("cut-before", "cut-before", "cut-before", "cut-before")
    #expect(await shop.run().exit == 75)
    shop.change("UPDATE request SET createdAt = createdAt - 2 * 86400000")
    #expect(await shop.command("status").exit == 75)
    shop.passTime()
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.effects == 1)
    #expect(Set(shop.dstore.requests.map(\.requestId)).count == 1)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
    #expect(await shop.command("status").exit == 0)
  }

  @Test(
    "a request that is undecided for too long is given up for a newer list, which is a full one")
  func givenUp() async {
    let shop = Shop(more: "statusUpdates: on\ngiveUpAfter: 1h")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    shop.drop(Shop.menu.replacing("Teh,1.80,Y", with: "Teh,1.80,N"))
    shop.dstore.fail("500", "500", "500", "500")
    #expect(await shop.run().exit == 75)
    shop.change("UPDATE request SET createdAt = createdAt - 3600001 WHERE state = 'open'")
    shop.passTime()
    shop.dstore.fail("500", "500", "500", "500")
    shop.drop(Shop.menu)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.requests.last?.products.count == 4)
    #expect(Set(shop.dstore.requests.map(\.requestId)).count == 3)
    #expect(
      shop.ledger("SELECT state FROM request ORDER BY id") == [
        "accepted", "superseded", "accepted",
      ])
    #expect(shop.inbox.filter { !$0.hasPrefix("archive/DAY/menu") } == [])
    let status = await shop.command("status")
    #expect(status.exit == 0)
    let words =
      "Inbox/products/menu.csv: superseded, the list for store S-1 was given up for a newer one after "
      + "8 tries, the last one: D-Store answered HTTP 500"
    #expect(status.out.contains(words), "\(status.out)")
  }

  @Test("after so many tries a person is asked, by run and by status")
  func warned() async {
    let shop = Shop(more: "warnAfterTries: 4")
    shop.drop(Shop.menu)
    shop.dstore.fail("U", "U", "U", "U", "U", "U", "U", "U")
    #expect(await shop.run().exit == 1)
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.contains("the list for store S-1 in 4 tries"), "\(status.out)")
    #expect(await shop.run().exit == 1)
  }

  @Test("a store whose upload is never answered keeps no other store back")
  func silentStore() async {
    let stores = (1...21).map { "S-\($0)" }
    let shop = Shop(
      mapping: Shop.mapping + "store: ${Shop}\n", stores: stores, more: "requestTimeout: 1s")
    shop.dstore.silence("S-1")
    shop.drop(
      "Code,Name,Price,Open,Shop\n" + stores.map { "A1,Laksa,6.50,Y,\($0)\n" }.joined())
    let ending = await shop.run()
    #expect(ending.exit == 75)
    #expect(ending.err.contains("no answer came from HOST within 1 second"), "\(ending.err)")
    #expect(!ending.err.contains("put off"), "\(ending.err)")
    #expect(shop.dstore.effects == 20)
    #expect(shop.ledger("SELECT store FROM request WHERE state = 'open'") == ["S-1"])
  }

  @Test("requests to an address where nobody listens are put off with one line, and go with --now")
  func putOff() async {
    let stores = ["S-1", "S-2", "S-3"]
    let shop = Shop(mapping: Shop.mapping + "store: ${Shop}\n", stores: stores)
    shop.settings(stores: stores, endpoint: "https://127.0.0.1:9")
    shop.drop(
      "Code,Name,Price,Open,Shop\n" + stores.map { "A1,Laksa,6.50,Y,\($0)\n" }.joined())
    let reason = "nobody listens at 127.0.0.1:9: connection refused"
    await expect(
      shop.run(),
      .init(
        exit: 75, out: "",
        err: """
          Inbox/products/menu.csv: waiting, 1 products for S-1 undecided: \(reason); 2 requests put \
          off.
          2 requests put off until the next run: \(reason).

          """))
    #expect(shop.ledger("SELECT tries FROM request ORDER BY id") == ["4", "0", "0"])
    _ = await shop.run("--now")
    #expect(shop.ledger("SELECT sum(tries) FROM request") == ["8"])
  }

  @Test("an endpoint that was wrong is corrected, and the file goes out")
  func endpointCorrected() async {
    let shop = Shop()
    shop.settings(endpoint: "https://127.0.0.1:9")
    shop.drop(Shop.menu)
    await expect(
      shop.run(),
      .init(
        exit: 75, out: "",
        err: """
          Inbox/products/menu.csv: waiting, 4 products for S-1 undecided: nobody listens at \
          127.0.0.1:9: connection refused.

          """))
    shop.settings()
    _ = await shop.run()
    _ = await shop.run()
    #expect(shop.dstore.effects == 1)
    #expect(shop.inbox == ["archive/DAY/menu.csv"])
  }

  @Test("a certificate that nobody vouches for is a reason to wait, and nothing is sent")
  func untrusted() async {
    let shop = Shop()
    _ = await shop.shell(
      "openssl req -x509 -newkey rsa:2048 -nodes -days 3 -subj /CN=other -keyout x -out other.pem")
    shop.settings(trust: "other.pem")
    shop.drop(Shop.menu)
    let ending = await shop.run()
    #expect(
      ending
        == .init(
          exit: 75, out: "",
          err: """
            Inbox/products/menu.csv: waiting, 4 products for S-1 undecided: the certificate of \
            HOST is not trusted: no authority that this machine or trust: names has issued it; \
            give the authority's PEM file under trust:.

            """))
    #expect(shop.dstore.requests == [])
  }
}
