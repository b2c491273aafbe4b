import Digests
import InboxFiles
import LedgerStore
import OutboxFiles
import Records
import Settings
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

  /// Lets people be told of what is old, and then the time pass for which they are.
  private func retainWithNotice() throws -> [String] {
    let told = try retain()
    pass(days: 1)
    let left = try retain()
    #expect(told.count == 1)
    #expect(told.first?.contains("the POS has not taken what is older than retention:") == true)
    return left
  }

  private func pass(days: Int64) { shop.pass(seconds: days * 86_400) }

  /// What `status` says.
  private func words() throws -> [String] {
    var files = UntakenFiles(outbox: shop.outbox, now: shop.now)
    try files.look(shop.ledger, try shop.scope)
    return [files.problem(in: try shop.settings.timeZone)].compactMap { $0?.description }
  }

  private var body: [UInt8]? {
    get throws { try shop.ledger.order(try shop.scope, .requestOrderId, "R-1")?.body }
  }

  @Test(
    "after 30 days the order's data goes; the file that the POS never took, a day after it was told"
  )
  func removed() throws {
    pass(days: 30)
    #expect(try retain() == [])
    #expect(shop.files == ["orders/R-1.csv", "orders/R-1.csv.done"])
    #expect(try body != nil)
    shop.pass(seconds: 1)
    let told = """
      Outbox: the POS has not taken what is older than retention: (orders/R-1.csv); it is removed \
      from 2026-04-14T11:00:01+08:00 on. Have the POS take it, or see to these orders and delete \
      the files; retention: in connector.yaml says how long later ones are kept.
      """
    #expect(try retain() == [told])
    #expect(try body == nil)
    shop.pass(seconds: 86_399)
    #expect(try retain() == [told])
    #expect(shop.files == ["orders/R-1.csv", "orders/R-1.csv.done"])
    #expect(try words() == [told])
    shop.pass(seconds: 1)
    #expect(try retain() == [])
    #expect(try words() == [])
    #expect(shop.files == [])
    for name in shop.folder.files(".connector") {
      #expect(shop.folder.text(".connector/\(name)")?.contains("Ann Lim") == false)
    }
    #expect(
      try shop.take(Sample.order("R-1", ",\"guest\":\"Ann Lim\"")) == [
        .repeated(posOrderId: PosOrderId.of("R-1"))
      ])
  }

  @Test("the time is connector.yaml's")
  func stated() throws {
    shop.folder.write(
      (shop.folder.text("Mappings/connector.yaml") ?? "") + "retention: 2d\n",
      to: "Mappings/connector.yaml")
    pass(days: 3)
    #expect(try retainWithNotice() == [])
    #expect(shop.files == [])
  }

  @Test("what the POS takes while people are told of it is over, and many are counted")
  func takenLater() throws {
    for number in 2...8 { try shop.take(Sample.order("R-\(number)")) }
    try shop.release()
    pass(days: 31)
    let all = (1...5).map { "orders/R-\($0).csv" }.joined(separator: ", ")
    #expect(try retain().first?.contains("(\(all) and 3 more)") == true)
    for name in shop.files where !name.contains("R-3") { shop.folder.remove("Outbox/\(name)") }
    #expect(try words().first?.contains("(orders/R-3.csv)") == true)
    #expect(try retain().first?.contains("(orders/R-3.csv)") == true)
    shop.folder.remove("Outbox/orders/R-3.csv")
    #expect(try words() == [])
    #expect(try retain() == [])
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
    #expect(try retainWithNotice() == [])
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
    #expect(try retainWithNotice() == [])
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
    #expect(try retainWithNotice() == [])
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
    _ = try retain()
    pass(days: 1)
    #expect(try retain() == [])
    #expect(shop.files == [])
  }

  @Test("a change is forgotten by its own age")
  func change() throws {
    try shop.take(
      Sample.change("C-1", of: "R-1", "CANCELLED", at: OrderShop.opening + 5 * 86_400_000))
    try shop.release()
    pass(days: 31)
    #expect(try retainWithNotice() == [])
    #expect(shop.files == ["changes/R-1-C-1.json"])
    pass(days: 4)
    #expect(try retainWithNotice() == [])
    #expect(shop.files == [])
  }
}
