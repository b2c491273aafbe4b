import Testing

@testable import Simulator

struct FaultTests {
  @Test(
    "every fault is read back from its text",
    arguments: [
      (Fault.unknown, "U"), (.refused(code: "PARAM_ILLEGAL"), "F:PARAM_ILLEGAL"),
      (.httpStatus(503), "http:503"), (.rateLimited(retryAfter: nil), "429"),
      (.rateLimited(retryAfter: 30), "429:30"), (.unsigned, "unsigned"),
      (.wrongSignature, "wrong-signature"), (.cut, "cut"), (.cutInAnswer, "cut-answer"),
      (.answerLost, "lost"), (.silence, "silence"), (.slow(seconds: 2.5), "slow:2.5"),
    ])
  func text(_ fault: Fault, _ text: String) {
    #expect(fault.text == text)
    #expect(Fault(text: text) == fault)
  }

  @Test("F without a code is a PROCESS_FAIL")
  func plainRefusal() {
    #expect(Fault(text: "f") == .refused(code: "PROCESS_FAIL"))
  }

  @Test(
    "what is no fault is refused",
    arguments: [
      "", ":", "X", "U:1", "http", "http:200", "http:99", "http:x", "429:-1", "429:x", "slow",
      "slow:-1", "slow:9999", "cut:1",
    ])
  func refused(_ text: String) { #expect(Fault(text: text) == nil) }
}
