import LedgerStore
import Records
import TestSupport
import Testing

@testable import Flows

@Suite struct RequestIdTests {
  private let shop: OrderShop
  private let order: HeldOrder

  init() throws {
    shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    order = try #require(try shop.ledger.order(try shop.scope, .requestOrderId, "R-1"))
  }

  private func id(
    _ content: String = "{}", ordinal: Int = 1, api: String = "notifyOrderChange",
    scope: Scope? = nil
  ) throws -> String {
    RequestId.of(
      api, Array(content.utf8), ordinal: ordinal, of: order, try scope ?? shop.scope)
  }

  @Test("the same change has the same id, whenever it is read")
  func same() throws {
    #expect(try id() == id())
    #expect(try id().count == 32)
    #expect(RequestId.make() != RequestId.make())
  }

  @Test("another content, number, call, environment or try has another id")
  func different() throws {
    var scope = try shop.scope
    scope.environment = "production"
    let ids = [
      try id(), try id("{\"a\":1}"), try id(ordinal: 2), try id(api: "syncProduct"),
      try id(scope: scope), RequestId.next(after: try id(), []),
      RequestId.next(after: RequestId.next(after: try id(), []), []),
    ]
    #expect(Set(ids).count == ids.count)
  }

  @Test("equal contents are counted whatever id their bodies carry")
  func counted() {
    var told = ToldContents([
      .init(requestId: "aa", body: Array(#"{"requestId":"aa","x":1}"#.utf8)),
      .init(requestId: "bb", body: Array(#"{"requestId":"bb","x":1}"#.utf8)),
      .init(requestId: "cc", body: Array(#"{"requestId":"cc","x":2}"#.utf8)),
    ])
    func next(_ text: String) -> Int { told.next(Array(text.utf8)) }
    #expect(next(#"{"requestId":"","x":1}"#) == 3)
    #expect(next(#"{"requestId":"","x":1}"#) == 4)
    #expect(next(#"{"requestId":"","x":2}"#) == 2)
    #expect(next(#"{"requestId":"","x":3}"#) == 1)
  }
}
