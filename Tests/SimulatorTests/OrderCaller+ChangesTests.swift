import Records
import TestSupport
import Testing

@testable import Simulator

struct OrderCallerChangesTests {
  @Test("a cancellation reaches the merchant, and the order has its status")
  func cancel() async throws {
    let scene = try OrderScene()
    _ = try await scene.caller.place(try scene.wish())
    let event = try await scene.caller.cancel("SIM-0001")
    await scene.end()
    #expect(event.line == #"pushOrderChange "SIM-0001" (CANCELLED): answered S SUCCESS"#)
    #expect(
      scene.merchant.requests.last
        == Merchant.Request(
          path: "/v2/pos/pushOrderChange", time: "2026-01-31T12:03:00+08:00",
          body: #"{"requestId":"SIM-0001-1","requestOrderId":"SIM-0001","orderStatus":"CANCELLED"}"#
        ))
    let order = try scene.order("SIM-0001")
    #expect(order.status == "CANCELLED")
    #expect(order.changes.map(\.answer) == [.accepted])
  }

  @Test("one without an answer goes again as it was; then there is nothing left to cancel")
  func again() async throws {
    let scene = try OrderScene()
    _ = try await scene.caller.place(try scene.wish())
    scene.merchant.next(.cut, .http(502), .unsigned(Merchant.done))
    #expect(try await scene.caller.cancel("SIM-0001").outcome == .unknown)
    let event = try await scene.caller.cancel("SIM-0001")
    #expect(event.line == #"pushOrderChange "SIM-0001" (CANCELLED), again: answered S SUCCESS"#)
    #expect(Set(scene.merchant.requests.dropFirst().map(\.body)).count == 1)
    let problem = Problem(
      "order-step", value: "CANCELLED",
      "SIM-0001 is CANCELLED, and the channel does not give such an order this status",
      remedy: "With --force it is sent anyway.")
    await #expect(throws: problem) { try await scene.caller.cancel("SIM-0001") }
    let forced = try await scene.caller.push("completed", of: "SIM-0001", isForced: true)
    await scene.end()
    #expect(forced.summary == "COMPLETED")
    #expect(try scene.order("SIM-0001").changes.map(\.requestId) == ["SIM-0001-1", "SIM-0001-2"])
    #expect(scene.merchant.requests.count == 6)
  }

  @Test("a change of the delivery leaves the order's status")
  func delivery() async throws {
    let scene = try OrderScene()
    _ = try await scene.caller.place(try scene.wish())
    let event = try await scene.caller.push(nil, deliveryStatus: "ON_THE_WAY", of: "SIM-0001")
    await scene.end()
    #expect(event.summary == "delivery ON_THE_WAY")
    #expect(
      scene.merchant.requests.last?.body
        == #"{"requestId":"SIM-0001-1","requestOrderId":"SIM-0001","#
        + #""deliveryStatus":"ON_THE_WAY"}"#)
    #expect(try scene.caller.status(of: "SIM-0001") == "ORDER_SUCCESS")
  }

  @Test("an edit takes out the last product once, never the only one, and gives its price back")
  func edit() async throws {
    let scene = try OrderScene()
    for _ in 0..<3 { _ = try await scene.caller.place(try scene.wish()) }
    let event = try await scene.caller.push(nil, isEdit: true, of: "SIM-0001")
    #expect(event.summary == "the last product less")
    #expect(
      scene.merchant.requests.last?.body
        == #"{"requestId":"SIM-0001-1","requestOrderId":"SIM-0001","updatedOrderProducts":["#
        + #"{"posProductId":"SIM-P4","name":"Iced lemon tea","quantity":1,"#
        + #""price":{"value":350,"currency":"SGD"},"modifiers":[{"posProductId":"SIM-M1","#
        + #""name":"Extra chilli","quantity":1,"price":{"value":50,"currency":"SGD"}}],"#
        + #""note":"Less spicy"}],"refundInfo":{"value":1950,"currency":"SGD"}}"#)
    #expect(try scene.order("SIM-0001").refunded == 1950)
    await #expect(throws: Problem.self) {
      try await scene.caller.push(nil, isEdit: true, of: "SIM-0001")
    }
    let problem = Problem(
      "order-edit", value: "SIM-0003", "the order has one product only, or was edited before",
      remedy: "Cancel it, or edit an order with more products.")
    await #expect(throws: problem) {
      try await scene.caller.push(nil, isEdit: true, of: "SIM-0003")
    }
    #expect(try scene.order("SIM-0003").changes == [])
    await scene.end()
  }

  @Test("the words come from the contract")
  func words() async throws {
    let scene = try OrderScene(
      overrides: """
        kind: contract
        messages:
          pushOrderChange:
            fields:
              orderStatus: {enum: [DONE, GONE], rename: state}
              requestId: {rename: id}
        journey:
          new: {next: [OPEN], first: OPEN}
          OPEN: {next: [DONE], basis: confirmed}
          DONE: {byChannel: [GONE], basis: confirmed}
          GONE: {basis: confirmed}
        """)
    _ = try await scene.caller.place(try scene.wish())
    #expect(try scene.caller.status(of: "SIM-0001") == "OPEN")
    _ = try await scene.caller.push("done", of: "SIM-0001")
    _ = try await scene.caller.cancel("SIM-0001")
    await scene.end()
    #expect(
      scene.merchant.requests.last?.body
        == #"{"id":"SIM-0001-2","requestOrderId":"SIM-0001","state":"GONE"}"#)
    let problem = Problem(
      "order-word", value: "CANCELLED", "the contract has no order status of this name",
      remedy: "It has: DONE, GONE.")
    await #expect(throws: problem) { try await scene.caller.push("CANCELLED", of: "SIM-0001") }
  }
}
