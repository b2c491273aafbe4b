import Dispatch
import Testing

@testable import Flows

/// Who waits is woken by the bell, or by the end of its time.
@Suite struct BellTests {
  @Test("a ring before the wait is heard once, however often it rang")
  func rung() {
    let bell = Bell()
    bell.ring()
    bell.ring()
    #expect(bell.wait(for: .seconds(3600)))
    #expect(!bell.wait(for: .zero))
  }

  @Test("a ring ends the wait")
  func woken() {
    let bell = Bell()
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(50)) { bell.ring() }
    #expect(bell.wait(for: .seconds(3600)))
  }

  @Test(
    "without a ring it waits as long as it was told",
    arguments: [Duration.zero, .milliseconds(1), .milliseconds(1100), .seconds(-1)])
  func unrung(_ duration: Duration) {
    let begun = ContinuousClock.now
    #expect(!Bell().wait(for: duration))
    #expect(ContinuousClock.now - begun >= duration)
  }
}
