import Digests
import Records
import Testing

@testable import OrderGateway

@Suite struct ConversationTests {
  private func order(_ number: Int) throws -> String {
    try SignedRequest(OrderText(id: "\"R-\(number)\"").json).text()
  }

  private func isStored(_ answer: HTTPAnswer?, _ number: Int) -> Bool {
    answer?.body == Scene.stored(PosOrderId.of("R-\(number)"))
  }

  @Test("many requests may follow each other on one connection")
  func keepAlive() async throws {
    let scene = try await Scene()
    let client = try await scene.connect()
    for number in 0..<20 {
      try await client.send(order(number))
      let answer = await client.answer()
      #expect(isStored(answer, number))
      #expect(answer?.headers["connection"] == nil)
      #expect(answer?.headers["content-type"] == "application/json; charset=UTF-8")
      #expect(answer?.headers["response-time"] == "2026-01-31T12:08:56+08:00")
      #expect(answer?.headers["date"] == "Sat, 31 Jan 2026 04:08:56 GMT")
    }
    await scene.gateway.stop()
  }

  @Test("requests that are sent without waiting are answered one after the other, in order")
  func pipelined() async throws {
    let scene = try await Scene()
    let client = try await scene.connect()
    try await client.send((0..<10).map { try order($0) }.joined())
    for number in 0..<10 { #expect(isStored(await client.answer(), number)) }
    await scene.gateway.stop()
  }

  @Test("who sends far ahead and does not read loses the connection, and fills no memory")
  func flood() async throws {
    let scene = try await Scene { $0.limits.partsAhead = 8 }
    scene.desk.hold(true)
    let client = try await scene.connect()
    try await client.send(order(0) + String(repeating: "GET / HTTP/1.1\r\n\r\n", count: 100))
    await scene.desk.wait(for: 1)
    scene.desk.hold(false)
    let answer = await client.answer()
    #expect(isStored(answer, 0))
    #expect(answer?.headers["connection"] == "close")
    #expect(await client.isClosed())
    await scene.gateway.stop()
  }

  @Test("a request in two pieces, cut anywhere, is one request", arguments: [1, 17, 300, 700])
  func pieces(at place: Int) async throws {
    let scene = try await Scene()
    let client = try await scene.connect()
    let text = try order(1)
    try await client.send(String(text.prefix(place)))
    try await Task.sleep(for: .milliseconds(30))
    try await client.send(String(text.dropFirst(place)))
    #expect(isStored(await client.answer(), 1))
    await scene.gateway.stop()
  }

  @Test("a body in chunks is taken, its signature is over what the chunks hold")
  func chunked() async throws {
    let scene = try await Scene()
    var request = SignedRequest(OrderText(id: #""R-1""#).json)
    request.isChunked = true
    let half = request.body.prefix(100), rest = request.body.dropFirst(100)
    let text =
      try request.head() + "64\r\n\(half)\r\n\(String(rest.utf8.count, radix: 16));x=y\r\n\(rest)"
      + "\r\n0\r\nTrailer: z\r\n\r\n"
    #expect(isStored(try await scene.answer(to: text), 1))
    await scene.gateway.stop()
  }

  @Test("who asks before sending the body is told to go on, or why not")
  func expectation() async throws {
    let scene = try await Scene { $0.limits.farewell = .milliseconds(50) }
    let client = try await scene.connect()
    var request = SignedRequest(OrderText(id: #""R-1""#).json)
    request.headers.append("Expect: 100-continue")
    try await client.send(request.head())
    #expect(await client.answer()?.status == 100)
    try await client.send(request.body)
    #expect(isStored(await client.answer(), 1))
    request.path = "/elsewhere"
    try await client.send(request.head())
    let refusal = await client.answer()
    #expect(refusal?.status == 404)
    #expect(refusal?.headers["connection"] == "close")
    #expect(await client.isClosed())
    await scene.gateway.stop()
  }

  @Test("a refused request with a small body leaves the connection as it is")
  func refusedAndOn() async throws {
    let scene = try await Scene()
    let client = try await scene.connect()
    try await client.send(SignedRequest(OrderText().json, path: "/elsewhere").text())
    #expect(await client.answer()?.status == 404)
    try await client.send(order(1))
    #expect(isStored(await client.answer(), 1))
    await scene.gateway.stop()
  }

  @Test(
    "the connection ends after the answer where the caller says so",
    arguments: [
      ("Connection: close", "HTTP/1.1"), ("X: y", "HTTP/1.0"),
      ("Connection: Upgrade\r\nUpgrade: h2c", "HTTP/1.1"),
    ])
  func close(header: String, version: String) async throws {
    let scene = try await Scene()
    let client = try await scene.connect()
    var request = SignedRequest(OrderText(id: #""R-1""#).json)
    request.headers.append(header)
    try await client.send(request.text().replacing("HTTP/1.1", with: version))
    let answer = await client.answer()
    #expect(isStored(answer, 1))
    #expect(answer?.headers["connection"] == "close")
    #expect(await client.isClosed())
    await scene.gateway.stop()
  }

  @Test("who hangs up half after the request still gets the answer")
  func halfClosed() async throws {
    let scene = try await Scene()
    scene.desk.hold(true)
    let client = try await scene.connect()
    try await client.send(order(1))
    try await client.hangUpHalf()
    await scene.desk.wait(for: 1)
    scene.desk.hold(false)
    #expect(isStored(await client.answer(), 1))
    #expect(await client.isClosed())
    await scene.gateway.stop()
  }

  @Test("who hangs up in the body has sent nothing; who hangs up later has sent an order")
  func hungUp() async throws {
    let scene = try await Scene()
    let text = try order(1)
    let first = try await scene.connect()
    var request = SignedRequest(OrderText(id: #""R-1""#).json)
    request.headers.append("Expect: 100-continue")
    try await first.send(request.text().dropLast().description)
    #expect(await first.answer()?.status == 100)
    await first.hangUp()
    #expect(
      await scene.event()?.line
        == "createOrder from 127.0.0.1 closed, the caller hung up before the body was complete")
    #expect(scene.desk.orders.isEmpty)
    scene.desk.hold(true)
    let second = try await scene.connect()
    try await second.send(text)
    await scene.desk.wait(for: 1)
    await second.hangUp()
    scene.desk.hold(false)
    let event = await scene.event(after: 1)
    #expect(event?.requestOrderId == "R-1")
    #expect(scene.desk.orders.count == 1)
    #expect(isStored(try await scene.answer(to: text), 1))
    await scene.gateway.stop()
  }
}
