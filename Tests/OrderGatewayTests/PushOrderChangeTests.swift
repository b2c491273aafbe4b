import Records
import Testing

@testable import OrderGateway

@Suite struct PushOrderChangeTests {
  private let body =
    #"{"requestId":"C-1","requestOrderId":"R-1","orderStatus":"CANCELLED","refundInfo":{"a":1}}"#

  @Test("a change of an order that is here is handed over and answered S")
  func stored() async throws {
    let scene = try await Scene()
    _ = try await scene.call("createOrder", OrderText().json)
    #expect(
      try await scene.call("pushOrderChange", body)
        == Scene.result("S", "SUCCESS", "success") + "}")
    let change = try #require(scene.desk.changes.first)
    #expect(change.requestId == "C-1" && change.requestOrderId == "R-1")
    #expect(change.orderStatus == "CANCELLED" && change.body == Array(body.utf8))
    #expect(change.flags == [] && change.receivedAt == Scene.now)
    await scene.gateway.stop()
  }

  @Test("a change of an order that is not here is U: the order may still be on its way")
  func notYet() async throws {
    let scene = try await Scene()
    #expect(
      try await scene.call("pushOrderChange", body)
        == Scene.result("U", "UNKNOWN_EXCEPTION", "this order is not here, or not yet") + "}")
    await scene.gateway.stop()
  }

  @Test("the same change again gets the same answer, with another body it is refused")
  func repeated() async throws {
    let scene = try await Scene()
    _ = try await scene.call("createOrder", OrderText().json)
    let first = try await scene.call("pushOrderChange", body)
    #expect(try await scene.call("pushOrderChange", " \(body) ") == first)
    let other = body.replacing("CANCELLED", with: "COMPLETED")
    #expect(
      try await scene.call("pushOrderChange", other)
        == Scene.result(
          "F", "REPEAT_REQ_INCONSISTENT",
          "this id came before with another body, which was kept") + "}")
    #expect(scene.desk.changes.count == 1)
    await scene.gateway.stop()
  }

  @Test("an unknown status is flagged, no status is fine")
  func statuses() async throws {
    let scene = try await Scene()
    _ = try await scene.call("createOrder", OrderText().json)
    for (id, status) in [("C-1", #""LOST""#), ("C-2", "null"), ("C-3", "7")] {
      _ = try await scene.call(
        "pushOrderChange",
        #"{"requestId":"\#(id)","requestOrderId":"R-1","orderStatus":\#(status)}"#)
    }
    #expect(scene.desk.changes.map(\.orderStatus) == ["LOST", nil, "7"])
    #expect(
      scene.desk.changes.map { $0.flags.map(\.code) } == [
        ["contract-enum"], [], ["contract-type"],
      ])
    await scene.gateway.stop()
  }

  @Test("a change without either id is refused", arguments: ["requestId", "requestOrderId"])
  func withoutId(name: String) async throws {
    let scene = try await Scene()
    #expect(
      try await scene.call("pushOrderChange", body.replacing(name + "\"", with: "x\""))
        == Scene.result(
          "F", "PARAM_ILLEGAL", "the body has no \(name), or it is empty or no text") + "}")
    await scene.gateway.stop()
  }
}
