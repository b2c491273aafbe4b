import Records
import Signing
import Testing

@testable import OrderGateway

@Suite struct GatewayEventTests {
  @Test("one line tells what came and what was answered")
  func lines() {
    var event = GatewayEvent(.answered(status: "S", code: "SUCCESS", httpStatus: 200), reason: "x")
    event.call = "createOrder"
    event.requestOrderId = "R\n1"
    event.posOrderId = "aee554ed8db7f7e6"
    event.size = 730
    event.milliseconds = 3
    #expect(
      event.line
        == "createOrder \"R<U+000A>1\" answered S SUCCESS as aee554ed8db7f7e6 (730 bytes, 3 ms)")
    event.isRepeat = true
    event.flags = [OrderFlag("clock-skew", "late"), OrderFlag("amounts-differ", "x")]
    event.peer = "10.0.0.7"
    #expect(
      event.line
        == "createOrder \"R<U+000A>1\" from 10.0.0.7 answered S SUCCESS as aee554ed8db7f7e6, "
        + "a repeat [flags: clock-skew, amounts-differ] (730 bytes, 3 ms)")
  }

  @Test("what was refused tells why, and our own trouble what to do")
  func others() {
    var event = GatewayEvent(
      .answered(status: "F", code: "INVALID_API", httpStatus: 404), reason: "there is no call")
    event.call = "request"
    #expect(
      event.line
        == "request answered F INVALID_API HTTP 404, \"there is no call\" (0 bytes, 0 ms)")
    event = GatewayEvent(.trouble)
    event.call = "certificate"
    event.problem = Problem("x", "the key is gone", remedy: "Put it back.")
    #expect(event.line == "certificate trouble: the key is gone. Put it back.")
    #expect(GatewayEvent(.certificateRenewed).line == "connection certificate renewed")
    #expect(GatewayEvent(.closed, reason: "it ended").line == "connection closed, it ended")
  }

  @Test("a person looks at trouble, and at whatever of D-Store's was not stored")
  func attention() {
    var event = GatewayEvent(.answered(status: "F", code: "INVALID_SIGNATURE", httpStatus: 200))
    #expect(!event.needsAttention)
    event.isProven = true
    #expect(event.needsAttention)
    event.outcome = .answered(status: "S", code: "SUCCESS", httpStatus: 200)
    #expect(!event.needsAttention)
    event.problem = Problem("x", "the disk is full")
    #expect(event.needsAttention)
    #expect(!GatewayEvent(.closed).needsAttention)
  }

  @Test("nothing of a customer, nor of what is not proven, is told")
  func nothingPrivate() async throws {
    let scene = try await Scene()
    var order = OrderText()
    order.extra = #","customer":{"name":"Tan Ah Kow","phone":12345678},"note":"Tan"}"#
    order.extra.removeLast()
    order.channel = #""Tan Ah Kow""#
    _ = try await scene.call("createOrder", order.json)
    var foreign = SignedRequest(order.json)
    foreign.signedBody = "x"
    _ = try await scene.answer(to: foreign.text())
    let events = scene.events
    #expect(events.count == 2)
    #expect(events[0].flags.map(\.field) == ["orderChannel", "customer.phone"])
    #expect(events[1].requestOrderId == nil)
    #expect(events.map(\.isProven) == [true, false])
    for event in events {
      #expect(!"\(event) \(event.line)".contains("Tan"))
      #expect(!"\(event) \(event.line)".contains("12345678"))
    }
    await scene.gateway.stop()
  }

  @Test("an answer that cannot be signed is told, and is a 500 that says nothing")
  func unsigned() async throws {
    let scene = try await Scene {
      $0.signer = Signer(key: try! Scene.ours(), clientId: "no client id")
    }
    let answer = try #require(try await scene.answer(to: SignedRequest(OrderText().json).text()))
    #expect(answer.status == 500)
    #expect(answer.body == "")
    #expect(answer.headers["signature"] == nil)
    let event = try #require(await scene.event())
    #expect(event.outcome == .unsigned)
    #expect(event.problem?.code == "answer-unsigned")
    #expect(event.needsAttention)
    await scene.gateway.stop()
  }
}
