import Foundation
import TestSupport
import Testing

/// The ledger is copied back from a backup, moved, emptied or begun anew, and the program goes on
/// without doing anything twice.
@Suite(.talksToPrograms) struct LedgerLossTests {
  private let counter = Counter()
  private var shop: Shop { counter.shop }

  init() {
    shop.folder.write("Inbox/status/.keep", "")
    shop.folder.write(
      "Mappings/status.yaml",
      """
      kind: order-status
      files: status/*.csv
      currency: SGD
      change:
        order: ${Order}
        matchBy: requestOrderId
        orderStatus: ${State}
        refundAmount: ${Refund}

      """)
  }

  private func order(_ id: String) -> String {
    """
    {"requestOrderId": "\(id)", "posAccountId": "merchant", "posStoreId": "S-1",
     "orderChannel": "DSTORE", "channelOrderId": "D-\(id)", "serviceType": "PICKUP",
     "expectFulfillmentTime": "2026-01-31T12:08:56+08:00",
     "orderProducts": [{"posProductId": "A1", "name": "Laksa", "quantity": 1,
                        "price": {"value": 650, "currency": "SGD"}}],
     "orderAmount": {"value": 650, "currency": "SGD"}}
    """
  }

  /// Sends an order as D-Store does.
  ///
  /// - Returns: the resultStatus.
  private func send(_ id: String, patience: Int = 60) async -> String {
    shop.folder.write("order-\(id).json", order(id))
    let ending = await counter.caller(
      "--patience", "\(patience)", "send", "createOrder", "order-\(id).json"
    ).end()
    let result = json(ending.out)?["result"] as? [String: Any]
    return result?["resultStatus"] as? String ?? "none"
  }

  private func place(_ ids: String...) async throws {
    let serve = try await counter.serve()
    for id in ids { #expect(await send(id) == "S") }
    #expect(await counter.stop(serve).exit == 0)
  }

  private func say(_ lines: String..., as name: String) {
    let text = (["Order,State,Refund"] + lines).joined(separator: "\n") + "\n"
    shop.folder.write("Inbox/status/\(name)", text)
  }

  private func backUp() async {
    #expect(await shop.shell("mkdir backup && cp -a .connector/ledger.sqlite* backup").exit == 0)
  }

  private func copyBack() async {
    let script = "rm .connector/ledger.sqlite* && cp -a backup/ledger.sqlite* .connector"
    #expect(await shop.shell(script).exit == 0)
  }

  /// What D-Store was told of orders.
  private struct Told: Equatable {
    var requestId: String
    var refund: Int?
    var hadEffect: Bool
  }

  private var told: [Told] {
    let log = DStoreDouble.shared.folder.text("\(shop.dstore.name)/log")
    return log.split(separator: "\n").compactMap { line in
      guard let entry = json(String(line)), let told = entry["told"] as? [String: Any] else {
        return nil
      }
      return Told(
        requestId: told["requestId"] as? String ?? "",
        refund: (told["refundAmount"] as? [String: Any])?["value"] as? Int,
        hadEffect: entry["effect"] as? Bool ?? false)
    }
  }

  private var refunds: [Told] { told.filter { $0.refund != nil } }

  /// One order that is accepted, a backup, and a refund after it; then the backup is put back and
  /// the POS writes the same line again.
  private func refundAgain() async throws {
    try await place("R-1")
    say("R-1,ACCEPTED,", as: "a.csv")
    #expect(await shop.run().exit == 0)
    await backUp()
    say("R-1,,1.00", as: "b.csv")
    #expect(await shop.run().exit == 0)
    #expect(refunds.map(\.hadEffect) == [true])
    await copyBack()
    say("R-1,,1.00", as: "b.csv")
    let run = await shop.run()
    #expect(run.exit == 1)
    #expect(run.err.contains("the ledger was copied back from a backup, and does not know"))
    #expect(run.err.contains("so the refund may have been sent before"))
    #expect(refunds.count == 1)
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.hasPrefix("the ledger was copied back from a backup"), "\(status)")
  }

  @Test("a refund that was sent before goes again only when approved, and pays nobody twice")
  func refundApproved() async throws {
    try await refundAgain()
    let approved = await shop.command("approve", "R-1")
    #expect(approved.exit == 0, "\(approved)")
    #expect(refunds.map(\.hadEffect) == [true, false])
    #expect(Set(refunds.map(\.requestId)).count == 1)
    say("R-1,,1.00", "R-1,,1.00", as: "c.csv")
    #expect(await shop.run().exit == 1)
    #expect(await shop.command("approve", "R-1").exit == 0)
    #expect(refunds.map(\.hadEffect) == [true, false, true])
  }

  @Test("a refund that is dismissed counts as sent, and the next equal one is another")
  func refundDismissed() async throws {
    try await refundAgain()
    #expect(
      await shop.command("dismiss", "R-1")
        == Program.Ending(exit: 0, out: "R-1: 1 item(s) settled.\n", err: ""))
    say("R-1,,1.00", "R-1,,1.00", as: "c.csv")
    #expect(await shop.run().exit == 1)
    #expect(await shop.command("approve", "R-1").exit == 0)
    #expect(refunds.map(\.hadEffect) == [true, true])
    #expect(Set(refunds.map(\.requestId)).count == 2)
  }

  @Test("orders that were written before wait for approval when they come again; new ones do not")
  func orders() async throws {
    try await place("R-1")
    await backUp()
    try await place("R-2", "R-3")
    #expect(counter.orders == ["R-1.json", "R-2.json", "R-3.json"])
    for id in 1...3 { shop.folder.remove("Outbox/orders/R-\(id).json") }
    await copyBack()
    try await place("R-1", "R-2", "R-3", "R-4")
    #expect(counter.orders == ["R-4.json"])
    let run = await shop.run()
    #expect(run.exit == 1)
    #expect(run.err.contains("2 file(s) for the POS wait for approval"), "\(run)")
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(
      status.out.contains(
        """
          order "R-2", received TIME: `dstore-connector approve R-2` writes its file, \
        `dstore-connector dismiss R-2` where the POS has had it.
        """), "\(status)")
    let all = await shop.command("status", "--json")
    let held = json(all.out)?["heldOrders"] as? [[String: Any]]
    #expect(held?.compactMap { $0["requestOrderId"] as? String } == ["R-2", "R-3"])
    #expect(await shop.command("dismiss", "R-2").exit == 0)
    #expect(await shop.command("approve", "R-3").exit == 0)
    #expect(counter.orders == ["R-3.json", "R-4.json"])
    #expect(await shop.run() == Program.Ending(exit: 0, out: "", err: ""))
    #expect(await shop.command("status").exit == 0)
  }

  /// What happens to the ledger under a running gateway, and how it is undone.
  struct Loss: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var script: String

    static let all = [
      Loss(testDescription: "moved away", script: "mkdir away; mv .connector/ledger.sqlite* away"),
      Loss(
        testDescription: "moved with its folder", script: "mv .connector away"),
      Loss(
        testDescription: "replaced by a copy",
        script: """
          mkdir away copy; cp -a .connector/ledger.sqlite copy
          mv .connector/ledger.sqlite* away; mv copy/ledger.sqlite .connector
          """),
    ]

    var undone: String {
      """
      if [ -f away/run.lock ] || [ -f away/opening.lock ]; then mv away .connector
      else rm -f .connector/ledger.sqlite*; mv away/ledger.sqlite* .connector; fi
      """
    }
  }

  @Test(
    "a gateway whose ledger is not in its place acknowledges nothing until it is back",
    arguments: Loss.all)
  func underServe(loss: Loss) async throws {
    let serve = try await counter.serve()
    #expect(await send("R-1") == "S")
    try await until("it is written") { counter.orders.count == 1 }
    #expect(await shop.shell(loss.script).err == "")
    #expect(await send("R-2", patience: 1) == "U")
    #expect(await counter.health().hasPrefix("503 "))
    #expect(await counter.health().contains("ledger-moved"))
    try await until("it says so") {
      serve.err.contains("the ledger was moved, deleted or replaced while it was in use")
    }
    #expect(serve.err.contains("stop serve first"))
    if loss.testDescription != "replaced by a copy" {
      let run = await shop.run()
      #expect(run.exit == 2, "\(run)")
      #expect(run.err.contains("the ledger is gone or empty, and there was one"))
    }
    #expect(counter.orders.count == 1)
    #expect(await shop.shell(loss.undone).err == "")
    #expect(await send("R-2") == "S")
    try await until("it is written") { counter.orders.count == 2 }
    try await until("it is well") { await counter.health() == "200 {\"status\":\"ok\"}" }
    #expect(await counter.stop(serve).exit == 0)
    #expect(await shop.run() == Program.Ending(exit: 0, out: "", err: ""))
  }

  @Test(
    "without its ledger nothing is done or touched, and every command says the same",
    arguments: ["rm .connector/ledger.sqlite*", ": > .connector/ledger.sqlite", "rm -r .connector"])
  func gone(script: String) async throws {
    try await place("R-1")
    #expect(await shop.shell(script).exit == 0)
    say("R-1,ACCEPTED,", as: "a.csv")
    let before = shop.folder.tree()
    let words = """
      .connector/ledger.sqlite: the ledger is gone or empty, and there was one (found: "
      """
    for command in ["run", "status", "serve", "check", "approve R-1", "dismiss R-1", "resync S-1"] {
      let ending = await shop.command(command)
      let parts = command.split(separator: " ").map(String.init)
      let one =
        parts.count == 1 ? ending : await shop.plain(shop.start(parts[0], parts[1]).end())
      #expect(one.exit == 2, "\(command): \(one)")
      #expect(one.err.contains(words), "\(command): \(one)")
      #expect(one.err.contains("dstore-connector run --new-ledger"))
    }
    #expect(shop.folder.tree() == before)
    let new = await shop.run("--new-ledger")
    #expect(new.exit == 1)
    #expect(new.err.contains("the ledger was begun anew"))
    try await place("R-1", "R-2")
    #expect(counter.orders == ["R-1.json", "R-2.json"])
    #expect(shop.ledger("SELECT state FROM orderRelease ORDER BY id") == ["held", "released"])
    #expect(await shop.run("--new-ledger").exit == 2)
  }
}
