import LedgerStore
import Records
import TestSupport
import Testing

@testable import Flows

/// Names that somebody else has.
@Suite struct OutboxNameTakenTests {
  /// The 16 digits that stand for R-1, and for R-2.
  private let hashes = ["aee554ed8db7f7e6", "c32c37143e71a9cf"]

  @Test("a file that is not ours is never overwritten, and the order has another name")
  func foreign() throws {
    let shop = try OrderShop(["a.yaml": Sample.mapping("NO: x", "marker: .done")])
    shop.folder.makeFolder("Outbox/orders")
    shop.folder.write("theirs", to: "Outbox/orders/R-1.csv")
    shop.folder.write("theirs", to: "Outbox/orders/R-1-\(hashes[0]).csv.done")
    try shop.take(Sample.order("R-1"))
    #expect(try shop.release().written == ["orders/R-1-\(hashes[0])-2.csv"])
    #expect(shop.text("orders/R-1.csv") == "theirs")
    #expect(shop.text("orders/R-1-\(hashes[0])-2.csv") == "NO\nx\n")
    #expect(
      shop.files == [
        "orders/R-1-\(hashes[0])-2.csv", "orders/R-1-\(hashes[0])-2.csv.done",
        "orders/R-1-\(hashes[0]).csv.done", "orders/R-1.csv",
      ])
    #expect(shop.waiting == [])
    #expect(try shop.release().isEmpty)
  }

  @Test("two orders that a mapping gives one name have two, also where case is the difference")
  func rivals() throws {
    let shop = try OrderShop(["a.yaml": Sample.mapping(file: "${channelOrderId}.csv")])
    try shop.take(
      Sample.order("R-1", channelOrderId: "gf"), Sample.order("R-2", channelOrderId: "GF"))
    #expect(try shop.release().written == ["gf.csv", "GF-\(hashes[1]).csv"])
    #expect(shop.text("gf.csv") == "NO\ngf\n")
    #expect(shop.text("GF-\(hashes[1]).csv") == "NO\nGF\n")
  }

  @Test("a repeat has a name of its own, and so has the next one")
  func repeats() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-5"), Sample.order("R-6"))
    try shop.release()
    let order = try #require(try shop.ledger.order(try shop.scope, .requestOrderId, "R-5"))
    for number in 2...3 {
      #expect(try shop.ledger.releaseAgain(order: order.id) == .willGo)
      #expect(try shop.release().written == ["orders/R-5-\(number).json"])
    }
    #expect(
      shop.files == [
        "orders/R-5-2.json", "orders/R-5-3.json", "orders/R-5.json", "orders/R-6.json",
      ])
    #expect(Set(["R-5", "R-5-2", "R-5-3"].map { shop.text("orders/\($0).json") }).count == 1)
  }

  @Test("a repeat evades a file that is not ours with the next number")
  func foreignRepeat() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    try shop.release()
    shop.folder.write("theirs", to: "Outbox/orders/R-1-2.json")
    let order = try #require(try shop.ledger.order(try shop.scope, .requestOrderId, "R-1"))
    _ = try shop.ledger.releaseAgain(order: order.id)
    #expect(try shop.release().written == ["orders/R-1-3.json"])
    #expect(shop.text("orders/R-1-2.json") == "theirs")
  }
}
