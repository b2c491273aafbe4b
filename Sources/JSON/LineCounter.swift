import Records

/// A place in a text, moved forward over the bytes that come by.
struct LineCounter: Hashable, Sendable {
  /// From 1; lines end with a line feed.
  private(set) var line = 1
  /// From 1, in Unicode scalars.
  private(set) var column = 1

  mutating func pass(_ bytes: Bytes) {
    let lineFeeds = count(in: bytes) { $0.lineFeeds }
    line += lineFeeds
    var from = 0
    if lineFeeds > 0 {
      from = bytes.count
      while bytes.start[from - 1] != 0x0A { from -= 1 }
      column = 1
    }
    let rest = bytes.slice(from, bytes.count)
    column += rest.count - count(in: rest) { $0.continuations }
  }
}

/// How many bytes `marks` marks.
@inline(__always) private func count(in bytes: Bytes, _ marks: (EightBytes) -> UInt64) -> Int {
  var total = 0
  var start = bytes.start
  var left = bytes.count / 8
  while left > 0 {
    // A lane of the sum is a byte, and holds up to 255.
    let words = min(left, 255)
    var sum: UInt64 = 0
    for word in 0..<words { sum &+= marks(EightBytes(at: start + word * 8)) >> 7 }
    total += EightBytes.sum(sum)
    start += words * 8
    left -= words
  }
  var last: UInt64 = 0
  for index in 0..<bytes.count % 8 { last = last << 8 | UInt64(start[index]) }
  return total + marks(EightBytes(word: last)).nonzeroBitCount
}
