import LedgerStore
import OutboxFiles
import Records
import Testing

@testable import Flows

/// The names that an order's file asks for, one after the other.
@Suite struct OutboxNameTests {
  /// The first names of an order, or of its repeat.
  private func names(_ id: String, _ file: String, isRepeat: Bool = false) throws -> [String] {
    let shop = try OrderShop()
    try shop.take(Sample.order(id))
    if isRepeat {
      try shop.release()
      let order = try #require(try shop.ledger.order(try shop.scope, .requestOrderId, id))
      _ = try shop.ledger.releaseAgain(order: order.id)
    }
    let release = try #require(try shop.open.first)
    var names = [release.name(OutboxFile(name: file, fixedFolder: "", bytes: []))]
    for _ in 1...3 { names.append(release.nextName(after: names[names.count - 1])) }
    return names
  }

  @Test("another order's name is evaded with the digest of the own id, then with numbers")
  func taken() throws {
    #expect(
      try names("R-1", "orders/x/R-1.csv") == [
        "orders/x/R-1.csv", "orders/x/R-1-aee554ed8db7f7e6.csv",
        "orders/x/R-1-aee554ed8db7f7e6-2.csv", "orders/x/R-1-aee554ed8db7f7e6-3.csv",
      ])
  }

  @Test(
    "a repeat is numbered from 2 on, whatever number the order's own name ends with",
    arguments: [
      ("R-1.csv", ["R-1-2.csv", "R-1-3.csv", "R-1-4.csv", "R-1-5.csv"]),
      ("R-5.csv", ["R-5-2.csv", "R-5-3.csv", "R-5-4.csv", "R-5-5.csv"]),
      ("a/7", ["a/7-2", "a/7-3", "a/7-4", "a/7-5"]),
      ("a.b/7.tar.gz", ["a.b/7.tar-2.gz", "a.b/7.tar-3.gz", "a.b/7.tar-4.gz", "a.b/7.tar-5.gz"]),
    ])
  func repeats(file: String, expected: [String]) throws {
    #expect(try names("R-1", file, isRepeat: true) == expected)
  }
}
