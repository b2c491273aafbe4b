import InboxFiles
import LedgerStore
import OutboxFiles
import Records
import TestSupport
import Testing

@testable import Flows

/// Customers are forgotten.
@Suite struct RetentionTests {
  private let shop: OrderShop

  init() throws {
    shop = try OrderShop(["a.yaml": Sample.mapping("NAME: '${guest}'", "marker: .done")])
    try shop.take(Sample.order("R-1", ",\"guest\":\"Ann Lim\""))
    try shop.release()
  }

  private func retain() throws -> [String] {
    try Retention(
      ledger: shop.ledger, outbox: shop.outbox, inbox: Inbox(root: shop.folder.file("Inbox")),
      settings: try shop.settings,
      now: { [shop] in shop.now }
    ).run().map(\.description)
  }

  private func pass(days: Int64) { shop.pass(seconds: days * 86_400) }

  private var body: [UInt8]? {
    get throws { try shop.ledger.order(try shop.scope, .requestOrderId, "R-1")?.body }
  }

  @Test("after 30 days the order's data goes, with the file that the POS never took and its marker")
  func removed() throws {
    pass(days: 30)
    #expect(try retain() == [])
    #expect(shop.files == ["orders/R-1.csv", "orders/R-1.csv.done"])
    #expect(try body != nil)
    shop.pass(seconds: 1)
    #expect(try retain() == [])
    #expect(shop.files == [])
    #expect(try body == nil)
    for name in shop.folder.files(".connector") {
      #expect(shop.folder.text(".connector/\(name)")?.contains("Ann Lim") == false)
    }
    #expect(
      try shop.take(Sample.order("R-1", ",\"guest\":\"Ann Lim\"")) == [
        .repeated(posOrderId: "pos-R-1")
      ])
  }

  @Test("the time is connector.yaml's")
  func stated() throws {
    shop.folder.write(
      (shop.folder.text("Mappings/connector.yaml") ?? "") + "retention: 2d\n",
      to: "Mappings/connector.yaml")
    pass(days: 3)
    #expect(try retain() == [])
    #expect(shop.files == [])
  }

  @Test("another file of that name stays, of another size and of the same", arguments: [3, 13])
  func another(size: Int) throws {
    #expect(shop.text("orders/R-1.csv")?.utf8.count == 13)
    shop.folder.write(String(repeating: "x", count: size), to: "Outbox/orders/R-1.csv")
    pass(days: 31)
    #expect(try retain() == [])
    #expect(shop.files == ["orders/R-1.csv", "orders/R-1.csv.done"])
    #expect(try body == nil)
    #expect(try retain() == [])
  }

  @Test("a marker that somebody wrote into stays")
  func marker() throws {
    shop.folder.write("theirs", to: "Outbox/orders/R-1.csv.done")
    pass(days: 31)
    #expect(try retain() == [])
    #expect(shop.files == ["orders/R-1.csv.done"])
  }

  @Test("what the POS took needs no removing")
  func taken() throws {
    for name in shop.files { shop.folder.remove("Outbox/\(name)") }
    pass(days: 31)
    #expect(try retain() == [])
    #expect(try body == nil)
  }

  @Test("files on a disk that is away are told, and removed when it is back")
  func away() throws {
    shop.folder.move("Outbox", to: "away")
    pass(days: 31)
    let missing = """
      Outbox: the folder is missing. Mount the disk or share that it lies on, or make the folder; \
      what waits is written then.
      """
    for _ in 1...2 { #expect(try retain() == [missing]) }
    #expect(try body == nil)
    shop.folder.move("away", to: "Outbox")
    #expect(try retain() == [])
    #expect(shop.files == [])
  }

  @Test("a file is not forgotten while its folder is away, or another is in its place")
  func folderAway() throws {
    shop.folder.move("Outbox/orders", to: "away")
    pass(days: 31)
    #expect(try retain() == [])
    shop.folder.makeFolder("Outbox/orders")
    #expect(try retain() == [])
    #expect(try body == nil)
    shop.folder.remove("Outbox/orders")
    shop.folder.move("away", to: "Outbox/orders")
    #expect(shop.files == ["orders/R-1.csv", "orders/R-1.csv.done"])
    #expect(try retain() == [])
    #expect(shop.files == [])
  }

  @Test("an order that waits is kept until it is with the POS")
  func waiting() throws {
    try shop.take(Sample.order("R-2", ",\"guest\":\"Ben\""))
    shop.folder.move("Outbox", to: "away")
    try shop.release()
    pass(days: 31)
    _ = try retain()
    #expect(try shop.ledger.order(try shop.scope, .requestOrderId, "R-2")?.body != nil)
    shop.folder.move("away", to: "Outbox")
    try shop.release()
    #expect(shop.text("orders/R-2.csv") == "NAME\nBen\n")
    #expect(try retain() == [])
    #expect(shop.files == [])
  }

  @Test("a change is forgotten by its own age")
  func change() throws {
    try shop.take(
      Sample.change("C-1", of: "R-1", "CANCELLED", at: OrderShop.opening + 5 * 86_400_000))
    try shop.release()
    pass(days: 31)
    #expect(try retain() == [])
    #expect(shop.files == ["changes/R-1-C-1.json"])
    pass(days: 5)
    #expect(try retain() == [])
    #expect(shop.files == [])
  }
}
