/// The tokens of a text, in the order in which they stand in it.
final class Tape {
  private(set) var tokens: UnsafeMutablePointer<Token>
  private(set) var count = 0
  private var capacity = 64

  init() { tokens = .allocate(capacity: capacity) }

  deinit { tokens.deallocate() }

  @inline(__always) func append(_ token: Token) {
    if count == capacity { grow() }
    (tokens + count).initialize(to: token)
    count += 1
  }

  func removeAll() { count = 0 }

  @inline(never) private func grow() {
    let larger = UnsafeMutablePointer<Token>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: tokens, count: count)
    tokens.deallocate()
    tokens = larger
    capacity *= 2
  }
}
