import Records
import Testing

@testable import OrderGateway

@Suite struct InquireOrderDetailTests {
  private let body = #"{"requestOrderId":"R-1"}"#

  @Test("an order that is here is answered with our id and its status")
  func known() async throws {
    let scene = try await Scene()
    _ = try await scene.call("createOrder", OrderText().json)
    #expect(
      try await scene.call("inquireOrderDetail", body)
        == Scene.result("S", "SUCCESS", "success")
        + #","posOrderId":"aee554ed8db7f7e6","orderStatus":"ACCEPTED"}"#)
    await scene.gateway.stop()
  }

  @Test("an order that is not here is refused, our own trouble is U")
  func others() async throws {
    let scene = try await Scene()
    #expect(
      try await scene.call("inquireOrderDetail", body)
        == Scene.result("F", "ORDER_NOT_EXIST", "this order is not here") + "}")
    scene.desk.set(Problem("ledger", "the ledger is locked"))
    #expect(
      try await scene.call("inquireOrderDetail", body)
        == Scene.result(
          "U", "UNKNOWN_EXCEPTION", "this could not be done now; please send it again") + "}")
    #expect(
      try await scene.call("inquireOrderDetail", "{}")
        == Scene.result(
          "F", "PARAM_ILLEGAL", "the body has no requestOrderId, or it is empty or no text") + "}")
    await scene.gateway.stop()
  }
}
