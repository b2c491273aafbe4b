import Records
import TestSupport
import Testing

@testable import Simulator

struct NotifyOrderChangeCallTests {
  /// A scene with one order of 23.50 SGD that the merchant has taken.
  private func placed(_ folder: TemporaryFolder = TemporaryFolder()) async throws -> OrderScene {
    let scene = try OrderScene(folder: folder)
    _ = try await scene.caller.place(try scene.wish())
    #expect(try scene.order("SIM-0001").total.value == 2350)
    await scene.end()
    return scene
  }

  @Test("the POS leads an order through its journey")
  func journey() async throws {
    let scene = try await placed()
    for status in ["ACCEPTED", "PREPARING", "READY", "COMPLETED"] {
      let event = try await scene.notify(status, "SIM-0001", #""orderStatus":"\#(status)""#)
      #expect(event.result == .success)
      #expect(event.effect == .orderChanged(order: "SIM-0001", to: [status]))
      #expect(event.line.contains(" bytes: order SIM-0001: \(status); answered S SUCCESS"))
      #expect(try scene.order("SIM-0001").status == status)
    }
  }

  @Test(
    "a step that is not allowed is refused, and changes nothing",
    arguments: [
      ([], "COMPLETED", "COMPLETED cannot follow ORDER_SUCCESS"),
      (["ACCEPTED"], "ACCEPTED", "ACCEPTED cannot follow ACCEPTED"),
      (["ACCEPTED"], "REJECTED", "REJECTED cannot follow ACCEPTED"),
      (["REJECTED"], "ACCEPTED", "ACCEPTED cannot follow REJECTED"),
      (["ACCEPTED", "COMPLETED"], "CANCELLED", "CANCELLED cannot follow COMPLETED"),
    ])
  func wrongStep(_ steps: [String], _ status: String, _ message: String) async throws {
    let scene = try await placed()
    for step in steps {
      #expect(
        try await scene.notify(step, "SIM-0001", #""orderStatus":"\#(step)""#).result == .success)
    }
    let before = try scene.order("SIM-0001")
    let event = try await scene.notify(
      "wrong", "SIM-0001",
      #""orderStatus":"\#(status)","refundAmount":{"value":1,"currency":"SGD"}"#)
    #expect(event.result == .refusal("PROCESS_FAIL", message))
    #expect(event.effect == .nothing)
    #expect(try scene.order("SIM-0001") == before)
  }

  @Test("an order that was never placed is refused")
  func unknown() async throws {
    let scene = try OrderScene()
    let event = try await scene.notify("n-1", "o-1", #""orderStatus":"ACCEPTED""#)
    #expect(event.result == .refusal("PROCESS_FAIL", #"the order "o-1" is unknown"#))
    await scene.end()
  }

  @Test("an order that the POS has refused has no journey")
  func refusedOrder() async throws {
    let scene = try OrderScene()
    scene.merchant.next(.answer(Merchant.result("F", "PARAM_ILLEGAL")))
    _ = try await scene.caller.place(try scene.wish())
    await scene.end()
    let event = try await scene.notify("n-1", "SIM-0001", #""orderStatus":"ACCEPTED""#)
    #expect(
      event.result
        == .refusal("PROCESS_FAIL", "the POS has refused this order, so it has no journey"))
  }

  @Test("an order whose answer was lost has one: the POS may have it")
  func lostAnswer() async throws {
    let scene = try OrderScene()
    scene.merchant.next(.cut, .cut, .cut)
    _ = try await scene.caller.place(try scene.wish())
    await scene.end()
    let event = try await scene.notify("n-1", "SIM-0001", #""orderStatus":"ACCEPTED""#)
    #expect(event.result == .success)
  }

  @Test("what the channel has cancelled, the POS cannot accept")
  func cancelled() async throws {
    let scene = try OrderScene()
    _ = try await scene.caller.place(try scene.wish())
    _ = try await scene.caller.cancel("SIM-0001")
    await scene.end()
    let event = try await scene.notify("n-1", "SIM-0001", #""orderStatus":"ACCEPTED""#)
    #expect(event.result == .refusal("PROCESS_FAIL", "ACCEPTED cannot follow CANCELLED"))
  }

  @Test("refunds are added up, and end at what was paid")
  func refunds() async throws {
    let scene = try await placed()
    func refund(_ id: String, _ value: Int64, _ currency: String = "SGD") async throws
      -> SimulatorEvent
    {
      try await scene.notify(
        id, "SIM-0001", #""refundAmount":{"value":\#(value),"currency":"\#(currency)"}"#)
    }
    let first = try await refund("r-1", 200)
    #expect(first.effect == .orderChanged(order: "SIM-0001", to: ["refund 2.00 SGD"]))
    #expect(
      try await refund("r-2", 2151).result
        == .refusal("PROCESS_FAIL", "refunds of 200 and 2151 are more than the 2350 that were paid")
    )
    #expect(
      try await refund("r-3", 1, "EUR").result
        == .refusal("PROCESS_FAIL", "the order was paid in SGD"))
    #expect(try await refund("r-4", 2150).result == .success)
    #expect(try await refund("r-5", 1).result?.status == "F")
    #expect(try scene.order("SIM-0001").refunded == 2350)
  }

  @Test("everything that a change says is told")
  func told() async throws {
    let scene = try await placed()
    let all = try await scene.notify(
      "n-1", "SIM-0001",
      #""orderStatus":"ACCEPTED","shortOrderNumber":"A7","deliveryStatus":"WAITING","#
        + #""readyTime":"2026-01-31T12:30:00+08:00","refundAmount":{"value":5,"currency":"SGD"}"#)
    #expect(
      all.effect
        == .orderChanged(
          order: "SIM-0001",
          to: [
            "ACCEPTED", "number A7", "delivery WAITING", "ready at 2026-01-31T12:30:00+08:00",
            "refund 0.05 SGD",
          ]))
    let none = try await scene.notify("n-2", "SIM-0001", "")
    #expect(none.line.contains(" order SIM-0001: nothing new; answered S SUCCESS"))
  }

  @Test("the same key gets the same result, and a refund has one effect, after a restart too")
  func idempotency() async throws {
    let scene = try await placed()
    let body = #""refundAmount":{"value":200,"currency":"SGD"}"#
    _ = try await scene.notify("r-1", "SIM-0001", body)
    let later = try OrderScene(folder: scene.bench.folder)
    await later.end()
    let repeated = try await later.notify("r-1", "SIM-0001", body)
    #expect(repeated.result == .success)
    #expect(repeated.effect == .repeated)
    let other = try await later.notify("r-1", "SIM-0001", body.replacing("200", with: "300"))
    #expect(other.result == Refusal.inconsistent.result)
    #expect(try later.order("SIM-0001").refunded == 200)
  }

  @Test("a change whose result was lost on the way is not made twice")
  func lostResult() async throws {
    let scene = try await placed()
    let body = #""orderStatus":"ACCEPTED","refundAmount":{"value":200,"currency":"SGD"}"#
    _ = try await scene.notify("r-1", "SIM-0001", body)
    scene.bench.folder.remove("results")
    let later = try OrderScene(folder: scene.bench.folder)
    await later.end()
    let other = try await later.notify("r-1", "SIM-0001", body.replacing("200", with: "300"))
    #expect(other.result == Refusal.inconsistent.result)
    scene.bench.folder.remove("results")
    let last = try OrderScene(folder: scene.bench.folder)
    await last.end()
    #expect(try await last.notify("r-1", "SIM-0001", body).effect == .repeated)
    #expect(try last.order("SIM-0001").refunded == 200)
  }
}
