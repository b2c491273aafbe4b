import NIOCore
import Records
import Synchronization

/// A body as the blocks in which it goes to the network; of a file memory holds one of them.
struct BodyBlocks: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  enum Content: Sendable {
    case bytes([UInt8])
    case file(BodyFile)
  }

  /// Whether the network has asked for the first block, which it does once a connection stands.
  final class Departure: Sendable {
    private let begun = Atomic(false)
    var hasBegun: Bool { begun.load(ordering: .acquiring) }
    fileprivate func begin() { begun.store(true, ordering: .releasing) }
  }

  let content: Content
  let departure: Departure
  /// Hears of each block.
  let moves: @Sendable () -> Void

  func makeAsyncIterator() -> Iterator {
    Iterator(content: content, departure: departure, moves: moves)
  }

  struct Iterator: AsyncIteratorProtocol {
    let content: Content
    let departure: Departure
    let moves: @Sendable () -> Void
    var offset = 0

    mutating func next() async throws -> ByteBuffer? {
      departure.begin()
      switch content {
      case .bytes(let bytes):
        guard offset == 0, !bytes.isEmpty else { return nil }
        moves()
        offset = bytes.count
        return ByteBuffer(bytes: bytes)
      case .file(let file):
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
}
