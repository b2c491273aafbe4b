import Records
import Signing
import Testing

@testable import OrderGateway

@Suite struct BadRequestTests {
  @Test(
    "other paths and methods are answered F, signed, with the status that HTTP has for it",
    arguments: [
      ("POST", "/", 404, "there is no call of this path"),
      ("POST", "/v2/pos/syncProduct", 404, "there is no call of this path"),
      ("POST", "/v2/pos/createOrder/", 404, "there is no call of this path"),
      ("POST", "/v2/pos/%63reateOrder", 404, "there is no call of this path"),
      ("POST", "//v2/pos/createOrder", 404, "there is no call of this path"),
      ("POST", "/../v2/pos/createOrder", 404, "there is no call of this path"),
      ("GET", "/v2/pos/createOrder", 405, "this path is not called by this method"),
      ("PUT", "/v2/pos/createOrder", 405, "this path is not called by this method"),
      ("DELETE", "/v2/pos/pushOrderChange", 405, "this path is not called by this method"),
      ("POST", "/health", 405, "this path is not called by this method"),
    ])
  func others(method: String, path: String, status: Int, message: String) async throws {
    let scene = try await Scene()
    var request = SignedRequest(OrderText().json, path: path)
    request.method = method
    let answer = try #require(try await scene.answer(to: request.text()))
    #expect(answer.status == status)
    #expect(answer.body == Scene.result("F", "INVALID_API", message) + "}")
    let isCall = path.hasPrefix("/v2") && status == 405
    #expect(try answer.isSigned(path: isCall ? path : "/", method: method))
    let allowed = status == 405 ? (path == "/health" ? "GET, HEAD" : "POST") : nil
    #expect(answer.headers["allow"] == allowed)
    #expect(scene.desk.orders.isEmpty)
    await scene.gateway.stop()
  }

  @Test("nobody gets a request of ours signed by putting it into the headers of his own")
  func oracle() async throws {
    let scene = try await Scene()
    let body = #"{"requestId":"evil","requestOrderId":"R-1","orderStatus":"REJECTED"}"#
    let path = "/v2/pos/notifyOrderChange"
    var request = SignedRequest("", path: path)
    request.clientId = "CLIENT1.\(Scene.time).\(body)"
    let answer = try #require(try await scene.answer(to: request.text()))
    let signed = "\(body).\(Scene.time).\(answer.body)"
    let forged = try? Verifier(key: Scene.ours().publicKey).verify(
      Exchange(path: path, clientId: "CLIENT1", time: Scene.time, method: "POST"),
      body: Array(signed.utf8), signature: answer.headers["signature"])
    #expect(forged == nil)
    #expect(answer.headers["client-id"] == "CLIENT1")
    #expect(answer.headers["response-time"] == Scene.time)
    #expect(try answer.isSigned(path: "/"))
    await scene.gateway.stop()
  }

  @Test("HEAD gets no body, and the connection goes on")
  func head() async throws {
    let scene = try await Scene()
    let client = try await scene.connect()
    try await client.send("HEAD /health HTTP/1.1\r\n\r\nGET /health HTTP/1.1\r\n\r\n")
    let heard = await client.heard(until: #"{"status":"ok"}"#)
    let answers = heard.split(separator: "HTTP/1.1 200 OK\r\n")
    #expect(answers.count == 2)
    #expect(answers.first?.contains("Content-Length: 15\r\n") == true)
    #expect(answers.first?.hasSuffix("\r\n\r\n") == true)
    await scene.gateway.stop()
  }

  @Test(
    "what does not call itself JSON is answered F with 415",
    arguments: [
      ["Content-Type: text/plain"], ["Content-Type: application/x-www-form-urlencoded"],
      ["Content-Type: application/jsonx"], ["Content-Type:"],
      ["Content-Type: application/json", "Content-Type: text/xml"],
    ])
  func otherType(headers: [String]) async throws {
    let scene = try await Scene()
    var request = SignedRequest(OrderText().json)
    request.headers = headers
    let answer = try await scene.answer(to: request.text())
    #expect(answer?.status == 415)
    #expect(
      answer?.body
        == Scene.result("F", "PARAM_ILLEGAL", "the body is not called application/json") + "}")
    #expect(try answer?.isSigned() == true)
    #expect(scene.desk.orders.isEmpty)
    await scene.gateway.stop()
  }

  @Test("a compressed body is answered F with 415")
  func compressed() async throws {
    let scene = try await Scene()
    var request = SignedRequest(OrderText().json)
    request.headers.append("Content-Encoding: gzip")
    let answer = try await scene.answer(to: request.text())
    #expect(answer?.status == 415)
    #expect(
      answer?.body
        == Scene.result("F", "PARAM_ILLEGAL", "the body is encoded or compressed") + "}")
    await scene.gateway.stop()
  }

  @Test(
    "JSON by any spelling of its type, or without one, is taken",
    arguments: [
      [], ["Content-Type: application/json"], ["Content-Type: Application/JSON;charset=utf-8"],
      ["content-type: application/json ; charset=UTF-8; x=y"],
      ["Content-Type: application/json", "Content-Encoding: identity"],
    ])
  func rightType(headers: [String]) async throws {
    let scene = try await Scene()
    var request = SignedRequest(OrderText().json)
    request.headers = headers
    #expect(try await scene.answer(to: request.text())?.body.contains(#""S""#) == true)
    await scene.gateway.stop()
  }

  static let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)

  @Test(
    "a proven body that cannot be read in one way only is answered F",
    arguments: [
      ("", "the body is not JSON at line 1, position 1: the text ends where a value is missing"),
      ("{", ""), ("[1]", "the body is not a JSON object"),
      ("\"x\"", "the body is not a JSON object"),
      ("{} {}", ""), ("{'a':1}", ""), (#"{"a":1,}"#, ""), ("{\"a\":\u{0}}", ""),
      (
        #"{"requestOrderId":"R-1","request\u004frderId":"R-2"}"#,
        "the body has more than one requestOrderId"
      ),
      (
        #"{"requestOrderId":"R-1","posAccountId":"kopi","posAccountId":"teh"}"#,
        "the body has more than one posAccountId"
      ),
      (
        #"{"posStoreId":"east","requestOrderId":"R-1","posStoreId":"west"}"#,
        "the body has more than one posStoreId"
      ),
      (String(repeating: "{\"a\":", count: 100_000), ""),
    ])
  func unreadable(body: String, message: String) async throws {
    let scene = try await Scene()
    let answer = try await scene.call("createOrder", body)
    if message.isEmpty {
      let start = #"{"result":{"resultStatus":"F","resultCode":"PARAM_ILLEGAL","#
      #expect(
        answer?.hasPrefix(start + #""resultMessage":"the body is not JSON at line 1, "#) == true)
    } else {
      #expect(answer == Scene.result("F", "PARAM_ILLEGAL", escaped(message)) + "}")
    }
    let refused = try #require(scene.desk.refused.first)
    #expect(refused.cause == .body)
    #expect(
      scene.events.first?.problem?.description == """
        createOrder was refused although D-Store signed it: \(refused.reason). What it is about is \
        paid. Ask your D-Store solution architect which order it was, and tell the kitchen.
        """)
    #expect(scene.desk.orders.isEmpty)
    await scene.gateway.stop()
  }

  @Test(
    "what is odd about the JSON of an order is flagged; the order is stored as it came, and S",
    arguments: [
      (#","a":{"c":1,"c":2}"#, #"the key "c" stands twice in one object, and the last one counts"#),
      (
        #","requestOrderId":"R-1","posAccountId":"kopi""#,
        #"the key "requestOrderId" stands twice in one object, and the last one counts"#
      ),
      (",\"a\":\(deep)", "what lies deeper than 64 lists and objects is kept, and not read"),
      (
        ",\"a\":" + String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000),
        "what lies deeper than 64 lists and objects is kept, and not read"
      ),
    ])
  func odd(extra: String, flag: String) async throws {
    let scene = try await Scene()
    var order = OrderText()
    order.extra = extra
    for _ in 1...2 {
      #expect(try await scene.call("createOrder", order.json)?.contains(#""S""#) == true)
    }
    let stored = try #require(scene.desk.orders.first)
    #expect(scene.desk.orders.count == 1)
    #expect(stored.flags.map(\.words).contains(flag), "\(stored.flags)")
    #expect(stored.body == Array(order.json.utf8))
    await scene.gateway.stop()
  }

  @Test("of an order's two amounts the last one counts")
  func lastCounts() async throws {
    let scene = try await Scene()
    var order = OrderText()
    order.extra = #","orderAmount":{"value":1,"currency":"SGD"}"#
    _ = try await scene.call("createOrder", order.json)
    let codes = scene.desk.orders.first?.flags.map(\.code) ?? []
    #expect(codes.contains("duplicate-key") && codes.contains("amounts-differ"), "\(codes)")
    await scene.gateway.stop()
  }

  private func escaped(_ text: String) -> String { text.replacing("\"", with: "\\\"") }

  @Test(
    "what is no HTTP ends the connection",
    arguments: [
      "hello\r\n\r\n", "POST /v2/pos/createOrder HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}",
      "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
      "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST / HTTP/1.1\r\nA b: c\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ])
  func malformed(text: String) async throws {
    let scene = try await Scene { $0.limits.farewell = .milliseconds(50) }
    let client = try await scene.connect()
    try await client.send(text)
    let answer = await client.answer()
    #expect(answer == nil || answer?.status == 400)
    #expect(await client.isClosed())
    #expect(scene.desk.orders.isEmpty)
    await scene.gateway.stop()
  }
}
