import NIOCore
import Records

/// A file's content as the blocks in which it goes to the network; memory holds one of them.
struct BodyBlocks: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  let file: BodyFile
  /// Hears of each block.
  var moves: @Sendable () -> Void = {}

  func makeAsyncIterator() -> Iterator { Iterator(file: file, moves: moves) }

  struct Iterator: AsyncIteratorProtocol {
    let file: BodyFile
    let moves: @Sendable () -> Void
    var offset = 0

    mutating func next() async throws -> ByteBuffer? {
      guard offset < file.size else { return nil }
      moves()
      let from = offset
      var block = ByteBuffer()
      offset += try block.writeWithUnsafeMutableBytes(minimumWritableBytes: BodyFile.blockSize) {
        try file.read(at: from, into: $0)
      }
      return block
    }
  }
}
