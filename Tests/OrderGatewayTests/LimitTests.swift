import Records
import Testing

@testable import OrderGateway

@Suite struct LimitTests {
  private func isStored(_ answer: HTTPAnswer?) -> Bool { answer?.body.contains(#""S""#) == true }

  @Test("a body that says it has 100 MB is refused before any of it came")
  func declared() async throws {
    let scene = try await Scene { $0.limits.farewell = .milliseconds(50) }
    var request = SignedRequest("")
    request.body = String(repeating: "x", count: 100_000_000)
    let client = try await scene.connect()
    try await client.send(request.head())
    let answer = await client.answer()
    #expect(answer?.status == 413)
    #expect(
      answer?.body
        == Scene.result("F", "PARAM_ILLEGAL", "the body has more than 1048576 bytes") + "}")
    #expect(try answer?.isSigned() == true)
    #expect(await client.isClosed())
    await scene.gateway.stop()
  }

  @Test("of 100 MB in chunks no more is read than the limit", .timeLimit(.minutes(1)))
  func chunks() async throws {
    let scene = try await Scene { $0.limits.farewell = .milliseconds(200) }
    var request = SignedRequest("")
    request.isChunked = true
    let client = try await scene.connect()
    let head = try request.head()
    try await client.send(head)
    let chunk = "10000\r\n" + String(repeating: "x", count: 0x10000) + "\r\n"
    let sent = try await client.flood(chunk, most: 100_000_000)
    #expect(sent < 20_000_000)
    let answer = await client.answer(within: 1)
    #expect(answer == nil || answer?.status == 413)
    let event = await scene.event()
    #expect(event?.outcome == .answered(status: "F", code: "PARAM_ILLEGAL", httpStatus: 413))
    #expect((event?.size ?? 0) <= 1 << 20)
    await scene.gateway.stop()
  }

  @Test("a body of exactly the limit is taken, one byte more is not")
  func exact() async throws {
    let scene = try await Scene { $0.limits.body = 2000 }
    for (size, isTaken) in [(2000, true), (2001, false)] {
      var order = OrderText()
      order.extra = #","x":""#
      order.extra += String(repeating: "x", count: size - order.json.utf8.count - 1) + "\""
      #expect(order.json.utf8.count == size)
      for isChunked in [false, true] {
        var request = SignedRequest(order.json)
        request.isChunked = isChunked
        #expect(isStored(try await scene.answer(to: request.text())) == isTaken)
      }
    }
    await scene.gateway.stop()
  }

  @Test("only so many large bodies are on their way at once; small ones always find room")
  func largeBodies() async throws {
    let scene = try await Scene {
      $0.limits.largeBodies = 1
      $0.limits.smallBody = 1000
    }
    var large = OrderText()
    large.extra = #","x":"\#(String(repeating: "x", count: 2000))""#
    let first = try await scene.connect()
    let text = try SignedRequest(large.json).text()
    try await first.send(String(text.dropLast()))
    while scene.gateway.largeBodies == 0 { try await Task.sleep(for: .milliseconds(5)) }
    let second = try await scene.answer(to: text)
    #expect(
      second?.body
        == Scene.result("U", "UNKNOWN_EXCEPTION", "too many large requests are on their way")
        + "}")
    #expect(isStored(try await scene.answer(to: SignedRequest(OrderText().json).text())))
    try await first.send(String(text.suffix(1)))
    #expect(await first.answer()?.body.contains("REPEAT_REQ_INCONSISTENT") == true)
    #expect(scene.gateway.largeBodies == 0)
    await scene.gateway.stop()
  }

  @Test("headers that are too long end the connection")
  func longHeaders() async throws {
    let scene = try await Scene { $0.limits.farewell = .milliseconds(50) }
    for header in [
      "X: " + String(repeating: "x", count: 20_000),
      (0..<200).map { "X\($0): x" }.joined(separator: "\r\n"),
    ] {
      let client = try await scene.connect()
      try await client.send("POST /v2/pos/createOrder HTTP/1.1\r\n\(header)\r\n\r\n")
      let answer = await client.answer()
      #expect(answer == nil || answer?.status == 400)
      #expect(await client.isClosed())
    }
    await scene.gateway.stop()
  }

  @Test("who sends a byte at a time runs out of time in the headers")
  func slowHeaders() async throws {
    let scene = try await Scene { $0.limits.headerTime = .seconds(1) }
    let client = try await scene.connect()
    #expect(await trickle(try SignedRequest(OrderText().json).text(), from: 0, to: client) < 200)
    #expect(await client.isClosed())
    #expect(scene.desk.orders.isEmpty)
    await scene.gateway.stop()
  }

  @Test("who sends a byte at a time runs out of time in the body")
  func slowBody() async throws {
    let scene = try await Scene { $0.limits.bodyTime = .seconds(1) }
    let (head, text) = try (
      SignedRequest(OrderText().json).head(), SignedRequest(OrderText().json).text()
    )
    let client = try await scene.connect()
    try await client.send(head)
    #expect(await trickle(text, from: head.utf8.count, to: client) < 200)
    #expect(await client.isClosed())
    #expect(scene.desk.orders.isEmpty)
    let event = await scene.event()
    #expect(event?.line == "createOrder from 127.0.0.1 closed, the body was not complete in time")
    await scene.gateway.stop()
  }

  /// Sends all but the last byte of a request, one at a time, until the other side closes.
  ///
  /// - Returns: how many it sent.
  private func trickle(_ text: String, from start: Int, to client: RawClient) async -> Int {
    var sent = start
    while await !client.isClosed(within: 0), sent < text.utf8.count - 1 {
      try? await client.send(String(text.dropFirst(sent).prefix(1)))
      sent += 1
      try? await Task.sleep(for: .milliseconds(50))
    }
    return sent - start
  }

  @Test("an idle connection is closed after its time, and each answer gives it a new one")
  func idle() async throws {
    let idleTime = Duration.seconds(1)
    let scene = try await Scene { $0.limits.idleTime = idleTime }
    var client = try await scene.connect()
    var tries = 0
    while try await !holds(client, longerThan: idleTime) {
      tries += 1
      try #require(tries < 50, "a pause of 300 ms never was shorter than a second")
      client = try await scene.connect()
    }
    #expect(await client.isClosed())
    await scene.gateway.stop()
  }

  /// Sends orders with pauses that are shorter than the idle time, and together longer.
  ///
  /// - Returns: whether that came about: a machine that sleeps longer than it is told to, or is
  ///   busy otherwise for so long, proves nothing.
  private func holds(_ client: RawClient, longerThan idleTime: Duration) async throws -> Bool {
    let begin = ContinuousClock.now
    var rest = begin
    while begin.duration(to: rest) <= idleTime {
      // The gateway's clock begins after this moment, so that it can't be early.
      let asked = ContinuousClock.now
      try? await client.send(SignedRequest(OrderText().json).text())
      guard isStored(await client.answer()) else {
        #expect(rest.duration(to: .now) > idleTime, "it was closed before its time")
        return false
      }
      rest = asked
      try await Task.sleep(for: .milliseconds(300))
    }
    return true
  }

  @Test("an order gets through at once while 1,000 connections are held open")
  func manyIdle() async throws {
    let scene = try await Scene { $0.limits.connections = 200 }
    var idle: [RawClient] = []
    for _ in 0..<1000 { idle.append(try await scene.connect()) }
    let start = ContinuousClock.now
    let answer = try await scene.answer(to: SignedRequest(OrderText().json).text())
    #expect(isStored(answer))
    #expect(start.duration(to: .now) < .seconds(1))
    #expect(scene.gateway.connections <= 220)
    #expect(await idle[0].isClosed())
    #expect(await idle[999].isClosed(within: 0) == false)
    await scene.gateway.stop()
  }

  @Test("strangers make room before D-Store does, and nobody does who waits for an answer")
  func room() async throws {
    let scene = try await Scene { $0.limits.connections = 3 }
    let known = try await scene.connect()
    try await known.send(SignedRequest(OrderText().json).text())
    #expect(isStored(await known.answer()))
    scene.desk.hold(true)
    let waiting = try await scene.connect()
    try await waiting.send(SignedRequest(OrderText(id: #""R-2""#).json).text())
    await scene.desk.wait(for: 2)
    let stranger = try await scene.connect()
    let next = try await scene.connect()
    #expect(await stranger.isClosed())
    let last = try await scene.connect()
    #expect(await next.isClosed())
    #expect(await known.isClosed(within: 0) == false)
    scene.desk.hold(false)
    #expect(isStored(await waiting.answer()))
    _ = last
    await scene.gateway.stop()
  }

  @Test("where every connection waits for an answer, a new one is told that there is no room")
  func full() async throws {
    let scene = try await Scene { $0.limits.connections = 1 }
    scene.desk.hold(true)
    let waiting = try await scene.connect()
    try await waiting.send(SignedRequest(OrderText().json).text())
    await scene.desk.wait(for: 1)
    let next = try await scene.connect()
    #expect(await next.isClosed())
    #expect(await scene.event()?.reason == "no more requests can be answered at once")
    scene.desk.hold(false)
    #expect(isStored(await waiting.answer()))
    await scene.gateway.stop()
  }
}
