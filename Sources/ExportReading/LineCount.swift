package import Records

/// Counts the lines of a text that comes in pieces. A line ends with a line feed, a carriage
/// return, or both.
package struct LineCount: Sendable {
  /// How many lines have ended.
  package private(set) var ended = 0
  private var endedInReturn = false

  package init(ended: Int = 0) { self.ended = ended }

  /// The line, from 1, in which the text goes on.
  package var line: Int { ended + 1 }

  package mutating func take(_ bytes: Bytes) {
    var index = 0
    while index + ByteChunk.size <= bytes.count {
      let chunk = ByteChunk(at: bytes.start + index)
      _ = take(lineFeeds: chunk.marks(0x0A), returns: chunk.marks(0x0D))
      index += ByteChunk.size
    }
    for byte in bytes.slice(index, bytes.count).buffer { take(byte) }
  }

  /// Counts the lines of 64 bytes by their marks.
  ///
  /// - Returns: the marks of the bytes after which a new line begins; of a pair of both, it is
  ///   the carriage return, so that no pair is cut between two chunks.
  @inline(__always) mutating func take(lineFeeds: UInt64, returns: UInt64) -> UInt64 {
    let afterReturns = returns << 1 | (endedInReturn ? 1 : 0)
    endedInReturn = returns >> 63 == 1
    let ends = returns | (lineFeeds & ~afterReturns)
    ended += ends.nonzeroBitCount
    return ends
  }

  private mutating func take(_ byte: UInt8) {
    if byte == 0x0D || (byte == 0x0A && !endedInReturn) { ended += 1 }
    endedInReturn = byte == 0x0D
  }
}
