import LedgerStore
import Records
import Simulator
import Testing

@testable import Flows

/// Requests to a D-Store that cannot be reached, or that fails for some of them.
@Suite struct OutageTests {
  private static let stores = (101...200).map { "S-\($0)" }

  @Test("where nobody listens a run ends after the tries of one request, and the rest is put off")
  func unreachable() async throws {
    let shop = try await ProductShop(stores: Self.stores)
    shop.drop(ProductShop.menu(of: Self.stores))
    shop.move(away: true)
    let report = try await shop.run()
    let reason = "nobody listens at 127.0.0.1:9: connection refused"
    #expect(report.putOff == PutOff(count: 99, reason: reason))
    #expect(
      report.files.map(\.summary) == [
        "1 products for S-101 undecided: \(reason); 99 requests put off"
      ])
    #expect(
      try shop.standing == Self.stores.map { "\($0) open \($0 == "S-101" ? 4 : 0)" })
    await shop.end()
  }

  @Test("the next run begins with what has waited longest, and all goes out once D-Store is there")
  func longestFirst() async throws {
    let shop = try await ProductShop(stores: ["S-1", "S-2", "S-3"])
    shop.drop(ProductShop.menu(of: ["S-1", "S-2", "S-3"]))
    shop.move(away: true)
    for tries in [[4, 0, 0], [4, 4, 0], [4, 4, 4], [8, 4, 4]] {
      let report = try await shop.run()
      #expect(report.putOff?.count == 2)
      #expect(
        try shop.standing == zip(1...3, tries).map { "S-\($0) open \($1)" })
      shop.pass(.seconds(3600))
    }
    shop.move(away: false)
    #expect(try await shop.run().putOff == nil)
    #expect(try shop.standing == ["S-1 accepted 9", "S-2 accepted 5", "S-3 accepted 5"])
    #expect(shop.requests.count == 3)
    await shop.end()
  }

  @Test("a connection that breaks later counts for its own request alone")
  func brokenLater() async throws {
    let stores = ["S-1", "S-2", "S-3"]
    let shop = try await ProductShop(stores: stores)
    shop.drop(ProductShop.menu(of: stores))
    shop.faults.add([.cut, .cut, .answerLost, .cutInAnswer])
    #expect(try await shop.run().putOff == nil)
    #expect(try shop.standing == ["S-1 open 4", "S-2 accepted 1", "S-3 accepted 1"])
    await shop.end()
  }

  @Test("an outage that lasts is a reason to look for run and status alike, and then it is over")
  func overdue() async throws {
    let shop = try await ProductShop(stores: ["S-1", "S-2"], more: "warnAfterTries: 7")
    shop.drop(ProductShop.menu(of: ["S-1", "S-2"]))
    shop.move(away: true)
    for isOverdue in [false, true] {
      #expect(try await shop.run().isOverdue == isOverdue)
      #expect(try shop.status.problems.map(\.code) == (isOverdue ? ["unreachable"] : []))
      shop.pass(.seconds(3600))
    }
    shop.move(away: false)
    #expect(try await !shop.run().isOverdue)
    #expect(try shop.status.problems == [])
    await shop.end()
  }

  @Test("a list without an answer after so many tries is named by status as well")
  func undecided() async throws {
    let shop = try await ProductShop(more: "warnAfterTries: 4")
    shop.drop(ProductShop.menu)
    shop.faults.add(Array(repeating: .unknown, count: 4))
    #expect(try await shop.run().isOverdue)
    let problem = try #require(try shop.status.problems.first)
    #expect(
      problem.message
        == "D-Store has not decided on the list for store S-1 in 4 tries; the last one: "
        + "U UNKNOWN_EXCEPTION (a fault on request)")
    #expect(try await shop.run().isOverdue)
    await shop.end()
  }

  @Test("what waits for its next try goes at once where pauses are ignored")
  func now() async throws {
    let shop = try await ProductShop()
    shop.drop(ProductShop.menu)
    shop.faults.add(Array(repeating: .httpStatus(500), count: 4))
    _ = try await shop.run()
    _ = try await shop.run()
    #expect(try shop.standing == ["S-1 open 4"])
    _ = try await shop.run(ignoresPauses: true)
    #expect(try shop.standing == ["S-1 accepted 5"])
    await shop.end()
  }
}
