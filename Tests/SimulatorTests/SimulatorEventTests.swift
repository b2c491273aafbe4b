import Testing

@testable import Simulator

struct SimulatorEventTests {
  @Test(
    "an event is one line",
    arguments: [
      (
        SimulatorEvent.Effect.menuReplaced(store: "east", products: 3), GatewayResult.success,
        Fault?.none,
        #"/p "r-1" 70 bytes: menu of "east" replaced by 3 products; answered S SUCCESS"#
      ),
      (
        .statusesChanged(store: "east", products: 1), .success, .slow(seconds: 1),
        #"/p "r-1" 70 bytes: 1 statuses of "east" changed; answered S SUCCESS [fault slow:1.0]"#
      ),
      (
        .nothing, .refusal("PARAM_ILLEGAL", "no\nname"), nil,
        #"/p "r-1" 70 bytes: nothing changed; answered F PARAM_ILLEGAL ("no<U+000A>name")"#
      ),
      (
        .repeated, .success, nil,
        #"/p "r-1" 70 bytes: a repeat, nothing changed; answered S SUCCESS"#
      ),
      (
        .orderChanged(order: "o-1", to: ["READY", "number 7"]), .success, nil,
        #"/p "r-1" 70 bytes: order o-1: READY, number 7; answered S SUCCESS"#
      ),
      (.noted, .success, nil, #"/p "r-1" 70 bytes: noted; answered S SUCCESS"#),
    ])
  func line(
    _ effect: SimulatorEvent.Effect, _ result: GatewayResult, _ fault: Fault?, _ line: String
  ) {
    let event = SimulatorEvent(
      path: "/p", requestId: "r-1", size: 70, fault: fault, httpStatus: 200, result: result,
      effect: effect)
    #expect(event.line == line)
  }

  @Test("a request that was not answered says so")
  func unanswered() {
    let event = SimulatorEvent(path: "/p", size: 2, fault: .cut, effect: .nothing)
    #expect(event.line == "/p no id 2 bytes: nothing changed; not answered [fault cut]")
  }
}
