import Testing

@testable import Simulator

struct FaultsTests {
  @Test("a list is used up in its order")
  func list() {
    let faults = Faults([.cut, nil])
    faults.add([.unknown])
    #expect((0..<4).map { _ in faults.next() } == [.cut, nil, .unknown, nil])
  }

  @Test("a list is read from text")
  func text() {
    #expect(Faults.list("U, ok,429:2") == [.unknown, nil, .rateLimited(retryAfter: 2)])
    #expect(Faults.list("") == [])
    #expect(Faults.list("U,sometimes") == nil)
  }

  @Test("equal seeds give equal faults, and about as many as asked for")
  func chance() {
    func drawn(_ seed: UInt64) -> [Fault?] {
      let faults = Faults(probability: 0.25, seed: seed)
      return (0..<1000).map { _ in faults.next() }
    }
    let first = drawn(7)
    #expect(first == drawn(7))
    #expect(first != drawn(8))
    #expect((200...300).contains(first.count { $0 != nil }))
    #expect(Set(first.compactMap(\.self)) == Set(Faults.usual))
  }

  @Test("probabilities 0 and 1 leave nothing to chance", arguments: [(0.0, 0), (1.0, 50)])
  func certain(_ probability: Double, _ count: Int) {
    let faults = Faults(probability: probability)
    #expect((0..<50).count { _ in faults.next() != nil } == count)
  }
}
