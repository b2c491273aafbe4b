import Records
import TestSupport
import Testing

@testable import Simulator

struct OrderCallerDemoTests {
  private let kopi =
    #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","name":"Kopi","#
    + #""price":{"value":180,"currency":"SGD"}}"#
  private let stores = ["none", "east", "../west"].map { (account: "kopi", store: $0) }

  private func demo(_ scene: OrderScene) async throws -> [String] {
    let currency = try #require(Currency(code: "SGD"))
    let events = try await scene.caller.placeDemoOrders(in: stores, currency: currency)
    return events.map { "\($0.requestOrderId) \($0.summary) \($0.outcome) \($0.isRepeat)" }
  }

  @Test("one order of each service, through three channels, for stores with a menu, once")
  func once() async throws {
    let scene = try OrderScene()
    try await scene.sync(kopi)
    try await scene.sync(kopi, store: "../west")
    #expect(
      try await demo(scene) == [
        "DEMO-0001 DINEIN, DSTORE, east, 1 product, 1.80 SGD accepted false",
        "DEMO-0002 PICKUP, GRABFOOD, ../west, 1 product, 1.80 SGD accepted false",
        "DEMO-0003 DELIVERY, FOODPANDA, east, 1 product, 1.80 SGD accepted false",
      ])
    #expect(try await demo(scene) == [])
    await scene.end()
    let later = try OrderScene(folder: scene.bench.folder)
    #expect(try await demo(later) == [])
    #expect(try await later.caller.place(try later.wish()).requestOrderId == "SIM-0001")
    await later.end()
  }

  @Test("without a menu nothing is placed, until there is one")
  func noMenu() async throws {
    let scene = try OrderScene()
    #expect(try await demo(scene) == [])
    try await scene.sync(kopi)
    #expect(try await demo(scene).count == 3)
    await scene.end()
  }

  @Test("what was not answered goes again; what was answered, even with F, does not")
  func unanswered() async throws {
    let scene = try OrderScene()
    try await scene.sync(kopi)
    let refusal = Merchant.Act.answer(Merchant.result("F", "PROCESS_FAIL"))
    scene.merchant.next(.cut, .cut, .cut, refusal)
    #expect(
      try await demo(scene).map { $0.split(separator: " ").suffix(2).joined(separator: " ") }
        == ["unknown false", "refused false", "accepted false"])
    #expect(
      try await demo(scene) == [
        "DEMO-0001 DINEIN, DSTORE, east, 1 product, 1.80 SGD accepted true"
      ])
    #expect(Set(scene.merchant.requests.prefix(3).map(\.body)).count == 1)
    #expect(scene.merchant.requests.last?.body == scene.merchant.requests.first?.body)
    await scene.end()
  }

  @Test("a demonstration order is cancelled once, when it can be")
  func cancelled() async throws {
    let scene = try OrderScene()
    try await scene.sync(kopi)
    #expect(try await scene.caller.cancelDemoOrder(3) == nil)
    _ = try await demo(scene)
    scene.merchant.next(.cut, .cut, .cut)
    #expect(try await scene.caller.cancelDemoOrder(3)?.outcome == .unknown)
    #expect(try await scene.caller.cancelDemoOrder(3)?.outcome == .accepted)
    #expect(try await scene.caller.cancelDemoOrder(3) == nil)
    _ = try await scene.notify("n-1", "DEMO-0002", #""orderStatus":"REJECTED""#)
    #expect(try await scene.caller.cancelDemoOrder(2) == nil)
    await scene.end()
  }
}
