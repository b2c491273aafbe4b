/// Walks from one separator to the next, 64 bytes at a time: a delimiter or quote, or a line break.
///
/// The bytes have a record end behind the last of them, and 64 more that can be read.
struct SeparatorScan {
  private let separator: UInt8
  private var chunk = 0
  /// The separators of the chunk that have not been given yet.
  private var marks: UInt64 = 0

  init(_ separator: UInt8) { self.separator = separator }

  /// Goes on at an index.
  @inline(__always) mutating func restart(_ bytes: UnsafePointer<UInt8>, at index: Int) {
    chunk = index
    marks = ByteChunk(at: bytes + index).marks(separator, 0x0A, 0x0D)
  }

  /// Leaves out everything before an index, which lies behind what ``next(_:)`` gave last.
  @inline(__always) mutating func skip(_ bytes: UnsafePointer<UInt8>, to index: Int) {
    let distance = index &- chunk
    if distance < ByteChunk.size {
      marks = marks.from(distance)
    } else {
      restart(bytes, at: index)
    }
  }

  /// The index of the next separator. There has to be one.
  @inline(__always) mutating func next(_ bytes: UnsafePointer<UInt8>) -> Int {
    while marks == 0 { restart(bytes, at: chunk &+ ByteChunk.size) }
    let index = chunk &+ marks.trailingZeroBitCount
    marks &= marks &- 1
    return index
  }
}
