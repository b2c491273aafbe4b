import Records
import Testing

@testable import OrderGateway

@Suite struct OrderGatewayTests {
  @Test("it says where it listens, and listens no more once it is stopped")
  func address() async throws {
    let scene = try await Scene()
    #expect(scene.gateway.address == "http://127.0.0.1:\(scene.gateway.port)")
    #expect(try await scene.call("createOrder", OrderText().json) != nil)
    await scene.gateway.stop()
    await scene.gateway.stop()
    await #expect(throws: (any Error).self) { try await scene.connect() }
    #expect(scene.gateway.connections == 0)
  }

  @Test("an address in use is a problem")
  func taken() async throws {
    let scene = try await Scene()
    let port = scene.gateway.port
    let problem = Problem(
      "gateway-start", "the gateway cannot listen on 127.0.0.1:\(port): Address already in use",
      remedy: "Set listen in gateway: to an address of this machine and a port that is free.")
    await #expect(throws: problem) { try await Scene { $0.port = port } }
    await scene.gateway.stop()
  }

  @Test("it listens on IPv6 too")
  func version6() async throws {
    let scene = try await Scene { $0.host = "::1" }
    #expect(scene.gateway.address == "http://[::1]:\(scene.gateway.port)")
    await scene.gateway.stop()
  }

  @Test("a stop finishes what has begun, and takes nothing new")
  func graceful() async throws {
    let scene = try await Scene()
    scene.desk.hold(true)
    let idle = try await scene.connect()
    let waiting = try await scene.connect()
    try await waiting.send(SignedRequest(OrderText().json).text())
    let sending = try await scene.connect()
    var request = SignedRequest(OrderText(id: #""R-2""#).json)
    request.headers.append("Expect: 100-continue")
    try await sending.send(request.head())
    #expect(await sending.answer()?.status == 100)
    await scene.desk.wait(for: 1)
    let stop = Task { await scene.gateway.stop() }
    #expect(await idle.isClosed())
    await #expect(throws: (any Error).self) { try await scene.connect() }
    try await sending.send(request.body)
    scene.desk.hold(false)
    for client in [waiting, sending] {
      let answer = await client.answer()
      #expect(answer?.body.contains(#""S""#) == true)
      #expect(answer?.headers["connection"] == "close")
      #expect(await client.isClosed())
    }
    await stop.value
    #expect(scene.desk.orders.count == 2)
  }

  @Test("a stop waits no longer than its limit")
  func limit() async throws {
    let scene = try await Scene { $0.limits.stop = .milliseconds(200) }
    scene.desk.hold(true)
    let client = try await scene.connect()
    try await client.send(SignedRequest(OrderText().json).text())
    await scene.desk.wait(for: 1)
    // As many waits as a stop has, so that a busy machine delays both.
    async let peer = ContinuousClock().measure {
      for _ in 0..<10 { try? await Task.sleep(for: .milliseconds(20)) }
    }
    let time = await ContinuousClock().measure { await scene.gateway.stop() }
    #expect(await time < peer * 24)
    #expect(await client.isClosed())
    scene.desk.hold(false)
  }

  @Test("it runs until the task that waits for it is cancelled")
  func runs() async throws {
    let scene = try await Scene()
    let running = Task { try await scene.gateway.run() }
    #expect(try await scene.call("createOrder", OrderText().json) != nil)
    running.cancel()
    try await running.value
    await #expect(throws: (any Error).self) { try await scene.connect() }
  }
}
