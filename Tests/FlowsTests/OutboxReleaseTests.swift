import LedgerStore
import OutboxFiles
import Records
import Synchronization
import TestSupport
import Testing

@testable import Flows

/// Orders reach the POS, once.
@Suite struct OutboxReleaseTests {
  @Test("what is recorded is written once, oldest first, each change after its order")
  func once() throws {
    let shop = try OrderShop(["a.yaml": Sample.mapping("NO: x", "marker: .done")])
    try shop.take(
      Sample.order("R-1"), Sample.order("R-2"), Sample.change("C-1", of: "R-1"),
      Sample.change("C-2", of: "R-1"))
    let report = try shop.release()
    #expect(
      report.written == [
        "orders/R-1.csv", "orders/R-2.csv", "changes/R-1-C-1.json", "changes/R-1-C-2.json",
      ])
    #expect(report.problems == [])
    #expect(report.waiting == 0)
    #expect(
      shop.files == [
        "changes/R-1-C-1.json", "changes/R-1-C-2.json", "orders/R-1.csv", "orders/R-1.csv.done",
        "orders/R-2.csv", "orders/R-2.csv.done",
      ])
    #expect(shop.waiting == [])
    for name in shop.files { shop.folder.remove("Outbox/\(name)") }
    #expect(try shop.release().isEmpty)
    #expect(shop.files == [])
  }

  @Test("more than one batch goes in one pass")
  func batches() throws {
    let shop = try OrderShop()
    for number in 1...150 { try shop.take(Sample.order("R-\(number)")) }
    let report = try shop.release()
    #expect(report.written == (1...150).map { "orders/R-\($0).json" })
    #expect(shop.files.count == 150)
  }

  @Test("an order that cannot be written holds up no other, but its own changes")
  func stuck() throws {
    let shop = try OrderShop([
      "a.yaml": Sample.mapping("A: '${t | lookup(t)}'", "tables: {t: {x: y}}")
    ])
    try shop.take(
      Sample.order("R-1", ",\"t\":\"Ann\""), Sample.change("C-1", of: "R-1"),
      Sample.order("R-2", ",\"t\":\"x\""))
    let report = try shop.release()
    #expect(report.written == ["orders/R-2.csv"])
    #expect(report.problems.map(\.code) == ["lookup"])
    #expect(report.waiting == 2)
    #expect(
      report.words(report.problems[0]) == report.problems[0].description
        + " 1 file(s) wait for it: order \"R-1\".")
    #expect(report.otherwiseWaiting == 1)
    #expect(report.waits.map(\.reason) == Array(report.reasons))
    #expect(report.waits.map(\.names) == [["order \"R-1\""]])
    let waiting = try shop.summary.waiting
    #expect(waiting.map(\.subject.requestId) == [nil, "C-1"])
    #expect(
      waiting[0].reason
        == "Mappings/a.yaml, line 3, position 25, \"t\": the table \"t\" has no such word")
    #expect(report.reasons == [waiting[0].reason ?? ""])
    #expect(shop.files == ["orders/R-2.csv"])
    #expect(shop.waiting == [])
  }

  @Test("what is put off is tried again after a pause that grows, or when a person asks for it")
  func pauses() throws {
    let shop = try OrderShop(hasOutbox: false)
    try shop.take(Sample.order("R-1"))
    let release = try shop.release() as OutboxRelease
    var pauses: [Int64] = []
    for _ in 1...6 {
      var (first, second) = (OutboxReport(), OutboxReport())
      try release.pass(into: &first)
      try release.pass(into: &second)
      #expect(first.problems.count == 1)
      #expect(second.problems.isEmpty)
      #expect(second.reasons == first.reasons)
      let waiting = try #require(try shop.summary.waiting.first)
      pauses.append((waiting.nextTryAt ?? 0) - shop.now)
      shop.clock.withLock { $0 = waiting.nextTryAt ?? 0 }
    }
    #expect(pauses == [1000, 2000, 4000, 8000, 16_000, 16_000])
    for _ in 1...2 {
      var report = OutboxReport()
      try release.pass(into: &report, isInsistent: true)
    }
    #expect(try shop.summary.waiting.first?.tries == 8)
    #expect(shop.folder.names() == [".connector", "Mappings"])
  }

  @Test("when one of them could go after all, or mappings are new, the others are tried at once")
  func hurried() throws {
    let shop = try OrderShop()
    let release = try shop.release() as OutboxRelease
    func written() throws -> [String] {
      var report = OutboxReport()
      try release.pass(into: &report)
      return report.written
    }
    shop.folder.move("Outbox", to: "away")
    try shop.take(Sample.order("R-1"))
    #expect(try written() == [])
    shop.pass(seconds: 1)
    try shop.take(Sample.order("R-2"))
    #expect(try written() == [])
    shop.folder.move("away", to: "Outbox")
    shop.pass(seconds: 1)
    #expect(try written() == ["orders/R-2.json"])
    #expect(try written() == ["orders/R-1.json"])
    shop.folder.move("Outbox/orders", to: "away")
    try shop.take(Sample.order("R-3"))
    #expect(try written() == [])
    shop.folder.move("away", to: "Outbox/orders")
    #expect(try written() == [])
    shop.write(["a.yaml": Sample.mapping()])
    #expect(try written() == ["orders/R-3.csv"])
  }

  @Test("what a customer wrote is told to nobody but for the word that a table lacks")
  func discreet() throws {
    let shop = try OrderShop([
      "a.yaml": Sample.mapping("A: '${guest | date}'", "where: {x: empty}"),
      "b.yaml": Sample.mapping("A: '${guest | lookup(t)}'", "tables: {t: {x: y}}"),
    ])
    try shop.take(
      Sample.order("R-1", ",\"guest\":\"Ann Lim\""),
      Sample.order("R-2", ",\"guest\":\"VIP\",\"x\":1"))
    let report = try shop.release()
    #expect(report.problems.map(\.value) == [nil, "VIP"])
    #expect(!report.problems.contains { $0.description.contains("Ann") })
    #expect(
      try shop.summary.waiting.map(\.reason) == [
        "Mappings/a.yaml, line 3, position 25, \"guest\": this is no time of ISO 8601",
        "Mappings/b.yaml, line 3, position 25, \"guest\": the table \"t\" has no such word",
      ])
  }

  @Test("nothing is ever written in another client's name")
  func scope() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    shop.folder.write(
      (shop.folder.text("Mappings/connector.yaml") ?? "") + "clientId: OTHER\n",
      to: "Mappings/connector.yaml")
    #expect(try shop.release().isEmpty)
    #expect(shop.files == [])
  }

  @Test("characters that were replaced are flagged once, however often the file is made")
  func replaced() throws {
    let shop = try OrderShop(
      ["a.yaml": Sample.mapping("A: '${note}'", "format: {encoding: windows-1252}")],
      hasOutbox: false)
    try shop.take(Sample.order("R-1", ",\"note\":\"猫\""))
    for _ in 1...2 { try shop.release() }
    shop.folder.makeFolder("Outbox")
    try shop.release()
    #expect(shop.text("orders/R-1.csv") == "A\n?\n")
    #expect(
      try shop.summary.flagged.map(\.flag) == [
        OrderFlag(
          "characters-replaced",
          "1 character that windows-1252 cannot hold was replaced in the file")
      ])
  }
}

/// Folders that are not there.
@Suite struct OutboxFolderTests {
  private func missing(_ folder: String) -> String {
    "\(folder): the folder is missing. Mount the disk or share that it lies on, or make the folder; "
      + "what waits is written then."
  }

  @Test("the folders of the first order are made, and each that an order names")
  func made() throws {
    let shop = try OrderShop([
      "a.yaml": Sample.mapping(file: "pos/in/${channelOrderId}/${requestOrderId}.csv")
    ])
    try shop.take(Sample.order("R-1"), Sample.order("R-2", channelOrderId: "GF-2"))
    #expect(try shop.release().problems == [])
    #expect(shop.files == ["pos/in/GF-1/R-1.csv", "pos/in/GF-2/R-2.csv"])
  }

  @Test("a folder that vanished is not made; what waits is written when it is back")
  func vanished() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    try shop.release()
    shop.folder.move("Outbox/orders", to: "away")
    try shop.take(Sample.order("R-2"))
    let report = try shop.release()
    #expect(report.problems.map(\.description) == [missing("Outbox/orders")])
    #expect(report.waiting == 1)
    #expect(try shop.summary.waiting.map(\.reason) == ["Outbox/orders: the folder is missing"])
    #expect(shop.folder.names(in: "Outbox") == [])
    shop.folder.move("away", to: "Outbox/orders")
    #expect(try shop.release().written == ["orders/R-2.json"])
    #expect(shop.files == ["orders/R-1.json", "orders/R-2.json"])
  }

  @Test("a folder that was cleared, and made anew, is as good as the old one")
  func cleared() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    try shop.release()
    shop.folder.remove("Outbox/orders")
    shop.folder.makeFolder("Outbox/orders")
    try shop.take(Sample.order("R-2"))
    #expect(try shop.release().written == ["orders/R-2.json"])
    #expect(shop.files == ["orders/R-2.json"])
  }

  @Test("what waits for one reason is counted, and the first ones are named")
  func names() throws {
    let shop = try OrderShop(hasOutbox: false)
    for number in 1...7 { try shop.take(Sample.order("R-\(number)")) }
    let report = try shop.release()
    #expect(
      report.problems.map(report.words) == [
        missing("Outbox/orders") + " 7 file(s) wait for it: order \"R-1\", order \"R-2\", "
          + "order \"R-3\", order \"R-4\", order \"R-5\" and 2 more."
      ])
    #expect(report.otherwiseWaiting == 0)
  }

  @Test("the outbox itself is never made")
  func root() throws {
    let shop = try OrderShop(hasOutbox: false)
    try shop.take(Sample.order("R-1"))
    #expect(try shop.release().problems.map(\.description) == [missing("Outbox/orders")])
    #expect(shop.folder.names() == [".connector", "Mappings"])
    shop.folder.makeFolder("Outbox")
    #expect(try shop.release().written == ["orders/R-1.json"])
  }

  @Test("another kind's folder may be new while the orders' is old")
  func kinds() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    try shop.release()
    try shop.take(Sample.change("C-1", of: "R-1"))
    #expect(try shop.release().written == ["changes/R-1-C-1.json"])
  }
}
