import Synchronization

/// Which fault meets the next request: first those of a list, one each, then by chance.
package final class Faults: Sendable {
  private let state: Mutex<State>

  /// - Parameters:
  ///   - list: for the next requests in turn; nothing lets one pass.
  ///   - probability: of a fault once the list is used up, from 0 to 1.
  ///   - kinds: what chance chooses from.
  ///   - seed: equal seeds give equal faults.
  package init(
    _ list: [Fault?] = [], probability: Double = 0, kinds: [Fault] = Faults.usual,
    seed: UInt64 = 1
  ) {
    state = Mutex(State(list: list, probability: probability, kinds: kinds, random: seed))
  }

  /// The faults that pass by themselves.
  package static let usual: [Fault] = [
    .unknown, .httpStatus(500), .rateLimited(retryAfter: 1), .unsigned, .cut, .cutInAnswer,
    .answerLost,
  ]

  /// Reads a list such as `U,ok,F:PARAM_ILLEGAL`, where `ok` lets a request pass.
  /// - Returns: nothing where a word is none of ``Fault/init(text:)``'s.
  package static func list(_ text: String) -> [Fault?]? {
    var list: [Fault?] = []
    for word in text.split(separator: ",") {
      let word = word.filter { $0 != " " }
      if word == "ok" {
        list.append(nil)
      } else {
        guard let fault = Fault(text: word) else { return nil }
        list.append(fault)
      }
    }
    return list
  }

  /// Puts `faults` behind what is still on the list.
  package func add(_ faults: [Fault?]) { state.withLock { $0.list += faults } }

  /// The fault of the next request, or nothing.
  func next() -> Fault? { state.withLock { $0.next() } }

  private struct State {
    var list: [Fault?]
    let probability: Double
    let kinds: [Fault]
    var random: UInt64

    mutating func next() -> Fault? {
      guard list.isEmpty else { return list.removeFirst() }
      guard probability > 0, !kinds.isEmpty else { return nil }
      guard Double(draw() >> 11) / Double(1 << 53) < probability else { return nil }
      return kinds[Int(draw() % UInt64(kinds.count))]
    }

    /// SplitMix64 (Steele, Lea, Flood 2014).
    private mutating func draw() -> UInt64 {
      random &+= 0x9E37_79B9_7F4A_7C15
      var value = random
      value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
      return value ^ (value >> 31)
    }
  }
}
