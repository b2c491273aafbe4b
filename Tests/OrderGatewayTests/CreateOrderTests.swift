import Digests
import Records
import Testing

@testable import OrderGateway

@Suite struct CreateOrderTests {
  /// `printf R-1 | sha256sum`.
  private let posOrderId = "aee554ed8db7f7e6"

  @Test("an order is handed to the desk whole, and answered with our id, signed")
  func stored() async throws {
    let scene = try await Scene()
    let body = OrderText(extra: #", "loyalty" : {"points":7}"#).json
    #expect(try await scene.call("createOrder", body) == Scene.stored(posOrderId))
    let order = try #require(scene.desk.orders.first)
    #expect(order.body == Array(body.utf8))
    #expect(order.flags == [])
    #expect(
      [order.requestOrderId, order.account, order.store, order.channelOrderId, order.posOrderId]
        == ["R-1", "kopi", "east", "GF-77", posOrderId])
    #expect(order.receivedAt == Scene.now)
    await scene.gateway.stop()
  }

  @Test("the same order again, in other white space and order of keys, gets the same answer")
  func repeated() async throws {
    let scene = try await Scene()
    let body = #"{"requestOrderId":"R-1","posStoreId":"east","posAccountId":"kopi"}"#
    let again = #"{ "posAccountId":"kopi","posStoreId":"east", "requestOrderId":"R-1" }"#
    let first = try await scene.call("createOrder", body)
    #expect(first == Scene.stored(posOrderId))
    #expect(try await scene.call("createOrder", again) == first)
    #expect(scene.desk.orders.count == 1)
    #expect(scene.events.map(\.isRepeat) == [false, true])
    await scene.gateway.stop()
  }

  @Test("an order without products is stored, and flagged")
  func withoutProducts() async throws {
    let scene = try await Scene()
    let body = OrderText(products: "").json
    #expect(try await scene.call("createOrder", body) == Scene.stored(posOrderId))
    let flags = try #require(scene.desk.orders.first).flags
    #expect(flags.contains { $0.code == "contract-missing" && $0.field == "orderProducts" })
    await scene.gateway.stop()
  }

  @Test("another body under the same id is refused")
  func conflicting() async throws {
    let scene = try await Scene()
    _ = try await scene.call("createOrder", OrderText().json)
    #expect(
      try await scene.call("createOrder", OrderText(amount: #"{"value":1}"#).json)
        == Scene.result(
          "F", "REPEAT_REQ_INCONSISTENT",
          "this id came before with another body, which was kept") + "}")
    await scene.gateway.stop()
  }

  @Test("our own trouble is U, and what it is stays with us")
  func trouble() async throws {
    let scene = try await Scene()
    let problem = Problem("disk-full", "the disk is full", remedy: "Make room.")
    scene.desk.set(problem)
    #expect(
      try await scene.call("createOrder", OrderText().json)
        == Scene.result(
          "U", "UNKNOWN_EXCEPTION", "this could not be done now; please send it again") + "}")
    #expect(scene.events.first?.problem == problem)
    await scene.gateway.stop()
  }

  @Test(
    "nothing is answered before the desk has answered, and then what it says",
    arguments: [nil, Problem("disk-full", "the disk is full")])
  func signedBefore(trouble: Problem?) async throws {
    let scene = try await Scene()
    scene.desk.hold(true)
    async let answer = scene.call("createOrder", OrderText().json)
    await scene.desk.wait(for: 1)
    try await Task.sleep(for: .milliseconds(50))
    #expect(scene.events.isEmpty)
    scene.desk.set(trouble)
    scene.desk.hold(false)
    let said = try #require(try await answer)
    #expect(said.contains(trouble == nil ? #""S""# : #""U""#))
    #expect(scene.desk.orders.count == (trouble == nil ? 1 : 0))
    await scene.gateway.stop()
  }

  @Test(
    "what is odd is stored, answered S and flagged",
    arguments: [
      (
        OrderText(channel: #""SHOPEE""#),
        ["orderChannel: this word is not one of DSTORE, GRABFOOD, FOODPANDA"]
      ),
      (
        OrderText(amount: #"{"value":1350,"currency":"SGD"}"#),
        ["orderAmount: the products add up to 13.00 SGD, and the order says 13.50 SGD"]
      ),
      (OrderText(amount: "null"), ["orderAmount: createOrder needs this field, and it is missing"]),
      (
        OrderText(products: ""),
        ["orderProducts: the order has no products: the list is empty"]
      ),
      (
        OrderText(products: #"{"posProductId":"P","quantity":"many"}"#),
        ["orderProducts[0].quantity: createOrder takes a whole number here"]
      ),
    ])
  func odd(order: OrderText, expected: [String]) async throws {
    let scene = try await Scene()
    #expect(try await scene.call("createOrder", order.json) == Scene.stored(posOrderId))
    #expect(scene.desk.orders.first?.flags.map(\.words) == expected)
    await scene.gateway.stop()
  }

  @Test("a note that is cut inside a character loses no order")
  func broken() async throws {
    let scene = try await Scene()
    let body = OrderText(extra: #","note":"with ice \ud83d""#).json
    #expect(try await scene.call("createOrder", body) == Scene.stored(posOrderId))
    let order = try #require(scene.desk.orders.first)
    #expect(order.body == Array(body.utf8))
    #expect(
      order.flags.map(\.words) == [
        "a text is cut in the middle of a character, which is replaced by \u{FFFD}"
      ])
    #expect(try await scene.call("createOrder", body) == Scene.stored(posOrderId))
    #expect(scene.events.map(\.isRepeat) == [false, true])
    await scene.gateway.stop()
  }

  @Test(
    "an order that cannot be ours is refused, and a person hears of it",
    arguments: [
      (
        OrderText(account: #""milo""#), #"(account "milo", store "east")"#,
        "the account is none of ours, or is missing"
      ),
      (
        OrderText(account: "null"), #"(store "east")"#,
        "the account is none of ours, or is missing"
      ),
      (
        OrderText(store: #""north""#), #"(account "kopi", store "north")"#,
        "the store is none of this account's, or is missing"
      ),
      (
        OrderText(store: "{}"), #"(account "kopi")"#,
        "the store is none of this account's, or is missing"
      ),
    ])
  func foreign(order: OrderText, place: String, expected: String) async throws {
    let scene = try await Scene()
    #expect(
      try await scene.call("createOrder", order.json)
        == Scene.result("F", "ACCESS_DENIED", expected) + "}")
    #expect(scene.desk.orders.isEmpty)
    let event = try #require(scene.events.first)
    #expect(scene.desk.refused.map(\.problem) == [event.problem])
    #expect(event.isProven && event.needsAttention)
    #expect(
      event.problem?.description == """
        createOrder of order "R-1" \(place) was refused although D-Store signed it: \(expected). \
        The order is paid. If the shop is yours, add it to stores in connector.yaml, start serve \
        again, and ask D-Store to send the order again.
        """)
    await scene.gateway.stop()
  }

  @Test(
    "an order without an id of its own is refused",
    arguments: ["null", #""""#, "{}", "true", "[1]"])
  func withoutId(id: String) async throws {
    let scene = try await Scene()
    #expect(
      try await scene.call("createOrder", OrderText(id: id).json)
        == Scene.result(
          "F", "PARAM_ILLEGAL", "the body has no requestOrderId, or it is empty or no text") + "}")
    #expect(scene.desk.orders.isEmpty)
    await scene.gateway.stop()
  }

  @Test("an order that was taken before its store left the settings gets the same answer again")
  func storeHasLeft() async throws {
    let scene = try await Scene()
    let foreign = OrderText(store: #""north""#).json
    let ours = OrderText(store: #""east""#).json
    #expect(try await scene.call("createOrder", ours) == Scene.stored(posOrderId))
    await scene.gateway.stop()
    let later = try await Scene(desk: scene.desk) { $0.stores = ["kopi": ["north"]] }
    #expect(try await later.call("createOrder", ours) == Scene.stored(posOrderId))
    #expect(later.events.map(\.isRepeat) == [true])
    #expect(later.events.map(\.needsAttention) == [false])
    #expect(
      try await later.call("createOrder", foreign)
        == Scene.result(
          "F", "REPEAT_REQ_INCONSISTENT",
          "this id came before with another body, which was kept") + "}")
    #expect(later.desk.refused.isEmpty)
    await later.gateway.stop()
  }

  @Test("an order that cannot be ours is not refused before that is recorded")
  func foreignInTrouble() async throws {
    let scene = try await Scene()
    scene.desk.set(Problem("disk-full", "the disk is full"))
    #expect(
      try await scene.call("createOrder", OrderText(store: #""north""#).json)
        == Scene.result(
          "U", "UNKNOWN_EXCEPTION", "this could not be done now; please send it again") + "}")
    await scene.gateway.stop()
  }

  @Test("an id that holds a NUL is refused, one of 255 emoji or with dots and slashes is an id")
  func oddIds() async throws {
    let scene = try await Scene()
    #expect(
      try await scene.call("createOrder", OrderText(id: #""a\u0000b""#).json)
        == Scene.result("F", "PARAM_ILLEGAL", "requestOrderId holds a NUL character") + "}")
    let ids = [String(repeating: "🥤", count: 255), "../../etc/cron.d/x", "4711"]
    for id in ids {
      let answer = try await scene.call("createOrder", OrderText(id: "\"\(id)\"").json)
      #expect(answer == Scene.stored(PosOrderId.of(id)))
    }
    #expect(scene.desk.orders.map(\.requestOrderId) == ids)
    #expect(scene.desk.orders.flatMap(\.flags) == [])
    await scene.gateway.stop()
  }

  @Test("fields are found under the names that the contract gives them")
  func renamed() async throws {
    let scene = try await Scene(
      overrides: """
        answers: {done: {code: OK}}
        messages:
          createOrder:
            path: /pos/orders
            fields:
              requestOrderId: {rename: orderId}
              shop: {type: object, basis: confirmed}
              shop.id: {type: string, basis: confirmed, role: storeId}
              posStoreId: {remove: true}
            answer: {posOrderId: {rename: ourId}}
        """)
    let body = #"{"orderId":"R-1","posAccountId":"kopi","shop":{"id":"west"}}"#
    let answer = try await scene.answer(to: SignedRequest(body, path: "/pos/orders").text())
    #expect(
      answer?.body == Scene.result("S", "OK", "success") + #","ourId":"\#(posOrderId)"}"#)
    #expect(scene.desk.orders.first?.store == "west")
    await scene.gateway.stop()
  }
}
