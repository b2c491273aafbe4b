import Contract
import JSON
import Records
import TestSupport
import Testing

@testable import Simulator

struct OrderCallerTests {
  private let kopi =
    #"{"posProductId":"1","type":"SINGLE","status":"AVAILABLE","name":"Kopi","#
    + #""price":{"value":180,"currency":"SGD"}}"#
  private let oat =
    #"{"posProductId":"m","type":"MODIFIER","status":"AVAILABLE","name":"Oat milk","#
    + #""price":{"value":60,"currency":"SGD"}}"#

  @Test("an order is made of the store's menu, signed, and told in one line")
  func place() async throws {
    let scene = try OrderScene()
    try await scene.sync("\(kopi),\(oat)")
    let event = try await scene.caller.place(try scene.wish())
    await scene.end()
    #expect(
      event.line
        == #"createOrder "SIM-0001" (DINEIN, DSTORE, east, 1 product, 2.40 SGD): "#
        + #"answered S SUCCESS, posOrderId "P-1""#)
    let body =
      #"{"requestOrderId":"SIM-0001","posAccountId":"kopi","posStoreId":"east","#
      + #""orderChannel":"DSTORE","channelOrderId":"DSTORE-SIM-0001","serviceType":"DINEIN","#
      + #""expectFulfillmentTime":"2026-01-31T12:40:00+08:00","#
      + #""customer":{"name":"Arif Rahman","phone":"+65 8000 0102"},"orderProducts":["#
      + #"{"posProductId":"1","name":"Kopi","quantity":1,"price":{"value":180,"currency":"SGD"},"#
      + #""modifiers":[{"posProductId":"m","name":"Oat milk","quantity":1,"#
      + #""price":{"value":60,"currency":"SGD"}}],"note":"Less spicy"}],"#
      + #""orderAmount":{"value":240,"currency":"SGD"}}"#
    #expect(
      scene.merchant.requests == [
        Merchant.Request(
          path: "/v2/pos/createOrder", time: "2026-01-31T12:01:00+08:00", body: body)
      ])
    let order = try scene.order("SIM-0001")
    #expect(order.body == Array(body.utf8))
    #expect(order.answer == .accepted)
    #expect(order.posOrderId == "P-1")
    #expect(order.status == "ORDER_SUCCESS")
  }

  @Test("services and channels take turns, and every order keeps the contract")
  func turns() async throws {
    let scene = try OrderScene()
    try await scene.sync("\(kopi),\(oat)")
    var summaries: [String] = []
    for number in 1...4 {
      let store = number == 4 ? "never-synced" : "east"
      summaries.append(try await scene.caller.place(try scene.wish(store: store)).summary)
    }
    await scene.end()
    #expect(
      summaries == [
        "DINEIN, DSTORE, east, 1 product, 2.40 SGD",
        "PICKUP, GRABFOOD, east, 1 product, 2.40 SGD",
        "DELIVERY, FOODPANDA, east, 1 product, 2.40 SGD",
        "DINEIN, DSTORE, never-synced, 2 products, 28.60 SGD",
      ])
    let hasAddress = try scene.merchant.requests.map { request in
      let document = JSONDocument()
      try Bytes.withBytes(of: request.body) { (view) throws(JSONFault) in
        try document.parse(view)
      }
      #expect(scene.bench.contract.check(document.root, as: "createOrder") == [])
      return document.root["deliveryAddress"] != nil
    }
    #expect(hasAddress == [false, false, true, false])
  }

  @Test("what is wished is taken, whatever the words' spelling")
  func wished() async throws {
    let scene = try OrderScene()
    var wish = try scene.wish("Dine-In", "foodpanda")
    wish.note = "=1+1 \"please\""
    wish.hasWrongTotal = true
    let event = try await scene.caller.place(wish)
    await scene.end()
    #expect(event.summary == "DINEIN, FOODPANDA, east, 2 products, 24.50 SGD")
    let body = scene.merchant.requests[0].body
    #expect(body.contains(#""note":"=1+1 \"please\"""#))
    #expect(body.contains(#""orderAmount":{"value":2450,"currency":"SGD"}"#))
  }

  @Test("a word that the contract has not is a problem, and uses up no number")
  func unknownWord() async throws {
    let scene = try OrderScene()
    let problem = Problem(
      "order-word", value: "drive-in", "the contract has no service of this name",
      remedy: "It has: DINEIN, PICKUP, DELIVERY.")
    await #expect(throws: problem) { try await scene.caller.place(try scene.wish("drive-in")) }
    #expect(try await scene.caller.place(try scene.wish()).requestOrderId == "SIM-0001")
    await scene.end()
    #expect(scene.merchant.requests.count == 1)
  }

  static let nothings: [(Merchant.Act, String)] = [
    (
      .answer(Merchant.result("U", "UNKNOWN_EXCEPTION", "disk full")),
      #"U UNKNOWN_EXCEPTION ("disk full")"#
    ),
    (.answer("{}"), "the answer holds no result"),
    (.answer("hello"), "the answer is no JSON"),
    (.http(500), "HTTP 500"),
    (.unsigned(Merchant.done), "the answer proves nothing: the message carries no signature"),
    (
      .misplaced(Merchant.done),
      "the answer proves nothing: the signature (key version 1) does not match the message under "
        + "the known public key"
    ),
    (.cut, "http://127.0.0.1:PORT did not answer: "),
  ]

  @Test("what proves nothing is sent again: the same bytes, another time", arguments: nothings)
  func again(_ act: Merchant.Act, _ words: String) async throws {
    let scene = try OrderScene()
    scene.merchant.next(act, act, act, act)
    let first = try await scene.caller.place(try scene.wish())
    #expect(first.outcome == .unknown)
    #expect(first.words.replacing(":\(scene.merchant.port)", with: ":PORT").hasPrefix(words))
    #expect(first.line.hasSuffix("[3 tries]"))
    #expect(try scene.order("SIM-0001").answer == .awaited)
    let second = try await scene.caller.placeAgain("SIM-0001")
    await scene.end()
    #expect(second.outcome == .accepted)
    #expect(
      second.line
        == #"createOrder "SIM-0001" (DINEIN, DSTORE, east, 2 products, 23.50 SGD), again: "#
        + #"answered S SUCCESS, posOrderId "P-1" [2 tries]"#)
    let requests = scene.merchant.requests
    #expect(requests.count == 5)
    #expect(Set(requests.map(\.body)).count == 1)
    #expect(Set(requests.map(\.time)).count == 5)
    #expect(requests.allSatisfy { $0.fault == nil })
    #expect(try scene.order("SIM-0001").answer == .accepted)
  }

  @Test("a refusal is sent once, and a later one takes nothing back")
  func refused() async throws {
    let scene = try OrderScene()
    let refusal = Merchant.Act.answer(Merchant.result("F", "PARAM_ILLEGAL", #"no\nname"#))
    scene.merchant.next(refusal, .answer(Merchant.done), refusal)
    let event = try await scene.caller.place(try scene.wish())
    #expect(event.outcome == .refused)
    #expect(event.line.hasSuffix(#": answered F PARAM_ILLEGAL ("no<U+000A>name")"#))
    #expect(try scene.order("SIM-0001").answer == .refused)
    #expect(try await scene.caller.place(try scene.wish()).requestOrderId == "SIM-0002")
    #expect(try await scene.caller.placeAgain("SIM-0002").outcome == .refused)
    #expect(try scene.order("SIM-0002").answer == .accepted)
    await scene.end()
  }

  @Test("an order that gets another posOrderId than before is odd")
  func otherId() async throws {
    let scene = try OrderScene()
    _ = try await scene.caller.place(try scene.wish())
    scene.merchant.next(.answer(Merchant.done.replacing("P-1", with: "P-2")))
    let event = try await scene.caller.placeAgain("SIM-0001")
    await scene.end()
    #expect(event.line.hasSuffix(#"posOrderId "P-2" [it was "P-1" before]"#))
    #expect(try scene.order("SIM-0001").posOrderId == "P-1")
  }

  @Test("the path in front of the calls' own is signed with them")
  func prefix() async throws {
    let scene = try OrderScene(prefix: "/shop")
    let event = try await scene.caller.place(try scene.wish())
    await scene.end()
    #expect(event.outcome == .accepted)
    #expect(scene.merchant.requests.map(\.path) == ["/shop/v2/pos/createOrder"])
    #expect(scene.merchant.requests.map(\.fault) == [nil])
  }

  @Test("an inquiry shows the merchant's status, and when D-Store's side has another")
  func inquire() async throws {
    let scene = try OrderScene()
    _ = try await scene.caller.place(try scene.wish())
    let same = try await scene.caller.inquire("SIM-0001")
    #expect(
      same.line
        == #"inquireOrderDetail "SIM-0001": answered S SUCCESS, posOrderId "P-1", "#
        + #"orderStatus "ORDER_SUCCESS""#)
    #expect(scene.merchant.requests.last?.body == #"{"requestOrderId":"SIM-0001"}"#)
    scene.merchant.next(
      .answer(Merchant.done.replacing("ORDER_SUCCESS", with: "READY")),
      .answer(Merchant.result("S", "SUCCESS")))
    #expect(
      try await scene.caller.inquire("SIM-0001").oddity == "D-Store's side has ORDER_SUCCESS")
    #expect(
      try await scene.caller.inquire("SIM-0001").oddity
        == #""posOrderId": inquireOrderDetail needs this field, and it is missing."#)
    await scene.end()
  }

  @Test("an order that was never placed is a problem")
  func unknown() async throws {
    let scene = try OrderScene()
    let problem = Problem(
      "simulator-unknown-order", value: "../x", "the simulator has placed no order of this id",
      remedy: "dstore-connector simulator order places one, and says its id.")
    await #expect(throws: problem) { try await scene.caller.inquire("../x") }
    await #expect(throws: problem) { try await scene.caller.placeAgain("../x") }
    await #expect(throws: problem) { try await scene.caller.cancel("../x") }
    #expect(try scene.caller.status(of: "../x") == nil)
    await scene.end()
  }

  @Test("where nobody listens the order is kept anyway")
  func nobody() async throws {
    let scene = try OrderScene()
    await scene.end()
    let closed = try OrderScene(folder: scene.bench.folder)
    await closed.end()
    let event = try await closed.caller.place(try closed.wish())
    await closed.caller.close()
    #expect(event.words == "nobody listens at http://127.0.0.1:\(closed.merchant.port)")
    #expect(try closed.caller.status(of: "SIM-0001") == "ORDER_SUCCESS")
  }

  @Test("a trust file without certificates is a problem")
  func trust() async throws {
    let folder = TemporaryFolder()
    let file = folder.write("hello", to: "ca.pem")
    var configuration = CallingConfiguration(
      folder: folder.path, endpoint: try Endpoint("https://127.0.0.1:1"), clientId: "CLIENT1",
      now: { 0 })
    configuration.trust = [file]
    let caller = try OrderCaller(configuration, contract: try Contract.load())
    let problem = Problem(
      "simulator-trust", at: Place(file: file),
      "the file is missing, or holds no certificate in PEM",
      remedy: "Name a file that holds -----BEGIN CERTIFICATE-----.")
    let currency = try #require(Currency(code: "SGD"))
    await #expect(throws: problem) {
      try await caller.place(OrderWish(account: "a", store: "s", currency: currency))
    }
  }
}
