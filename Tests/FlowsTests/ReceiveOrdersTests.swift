import Contract
import Digests
import LedgerStore
import OrderGateway
import Records
import Synchronization
import TestSupport
import Testing

@testable import Flows

/// What D-Store is answered.
@Suite struct ReceiveOrdersTests {
  private let shop: OrderShop
  private let news = News()

  private final class News: Sendable {
    let count = Mutex(0)
  }

  init() throws { shop = try OrderShop() }

  private func desk(_ ledger: Ledger? = nil) throws -> ReceiveOrders {
    let (ledger, scope) = (ledger ?? shop.ledger, try shop.scope)
    let journey = try shop.shelf.contract.journey
    return ReceiveOrders(
      scope: scope,
      queue: IntakeQueue(
        ledger: ledger, scope: scope, initialStatus: journey.first,
        isAllowed: { journey.allows($0, after: $1, by: .channel) }),
      stored: { [news] in news.count.withLock { $0 += 1 } })
  }

  /// An answer in a word.
  private func word(_ answer: DeskAnswer) -> String {
    switch answer {
    case .done(let posOrderId, let isRepeat): "\(isRepeat ? "again" : "done") \(posOrderId)"
    case .conflicting: "conflicting"
    case .unknownOrder: "unknown order"
    case .refused: "refused"
    case .trouble(let problem): "trouble \(problem.code)"
    }
  }

  private func take(_ intake: Intake, at desk: ReceiveOrders) async -> String {
    switch intake {
    case .order(let order): word(await desk.take(order))
    case .change(let change): word(await desk.take(change))
    case .refused(let call): word(await desk.take(call))
    case .unverified: "counted"
    }
  }

  private func state(of id: String, at desk: ReceiveOrders) async -> String {
    switch await desk.state(of: id) {
    case .known(let posOrderId, let orderStatus): "\(posOrderId) \(orderStatus)"
    case .unknownOrder: "unknown order"
    case .trouble(let problem): "trouble \(problem.code)"
    }
  }

  @Test("each receipt has its answer, and only what is new is told on")
  func answers() async throws {
    let desk = try desk()
    let steps: [(Intake, String, Int)] = [
      (Sample.change("C-0", of: "R-1"), "unknown order", 0),
      (Sample.order("R-1"), "done \(PosOrderId.of("R-1"))", 1),
      (Sample.order("R-1"), "again \(PosOrderId.of("R-1"))", 1),
      (Sample.order("R-1", ",\"x\":1"), "conflicting", 1),
      (Sample.change("C-1", of: "R-1", "CANCELLED"), "done \(PosOrderId.of("R-1"))", 2),
      (Sample.change("C-1", of: "R-1", "CANCELLED"), "again \(PosOrderId.of("R-1"))", 2),
      (Sample.change("C-1", of: "R-1", "COMPLETED"), "conflicting", 2),
      (Sample.refused("R-2"), "refused", 2),
    ]
    for (intake, answer, count) in steps {
      #expect(await take(intake, at: desk) == answer)
      #expect(news.count.withLock { $0 } == count)
    }
    #expect(await desk.trouble() == nil)
    #expect(try shop.release().written == ["orders/R-1.json", "changes/R-1-C-1.json"])
  }

  @Test("the state of an order is what channel and POS made of it")
  func states() async throws {
    let desk = try desk()
    #expect(await state(of: "R-1", at: desk) == "unknown order")
    _ = await take(Sample.order("R-1"), at: desk)
    #expect(await state(of: "R-1", at: desk) == "\(PosOrderId.of("R-1")) ORDER_SUCCESS")
    _ = await take(Sample.change("C-1", of: "R-1", "CANCELLED"), at: desk)
    #expect(await state(of: "R-1", at: desk) == "\(PosOrderId.of("R-1")) CANCELLED")
    #expect(
      await take(Sample.change("C-2", of: "R-1", "COMPLETED"), at: desk)
        == "done \(PosOrderId.of("R-1"))")
    #expect(await state(of: "R-1", at: desk) == "\(PosOrderId.of("R-1")) CANCELLED")
    #expect(try shop.summary.flagged.map(\.flag.code) == ["journey"])
  }

  @Test("many at once are all recorded, each with its own answer")
  func together() async throws {
    let desk = try desk()
    let answers = await withTaskGroup(of: (Int, String).self) { group in
      for number in 0..<400 {
        let intake = Sample.order("R-\(number % 200)")
        group.addTask { (number % 200, await take(intake, at: desk)) }
      }
      return await group.reduce(into: [Int: [String]]()) { $0[$1.0, default: []].append($1.1) }
    }
    #expect(answers.count == 200)
    for (number, words) in answers {
      let id = PosOrderId.of("R-\(number)")
      #expect(words.sorted() == ["again \(id)", "done \(id)"])
    }
    #expect(news.count.withLock { $0 } == 200)
    #expect(try shop.summary.counts == ["ORDER_SUCCESS": 200])
  }

  @Test("our own trouble is told as such, and nothing is told on")
  func trouble() async throws {
    try shop.take(Sample.order("R-1"))
    let ledger = try #require(
      try Ledger.openIfThere(folder: shop.folder.file(".connector"), patience: 50))
    let desk = try desk(ledger)
    let problem = try #require(await desk.trouble())
    #expect(await take(Sample.order("R-2"), at: desk) == "trouble \(problem.code)")
    #expect(await take(Sample.change("C-1", of: "R-1"), at: desk) == "trouble \(problem.code)")
    #expect(await state(of: "R-1", at: desk) == "\(PosOrderId.of("R-1")) ORDER_SUCCESS")
    #expect(news.count.withLock { $0 } == 0)
  }

  @Test("orders are the same wherever D-Store is reached, and belong to environment and client")
  func scope() throws {
    let scope = try shop.scope
    #expect(
      scope
        == Scope(
          environment: "simulator", endpoint: "gateway", clientId: scope.clientId, account: ""))
  }
}
