import Glibc
import Records

/// A piece of a text in memory that moves forward over it.
///
/// What a reader has not used yet is carried to the front when the next piece is read; where that
/// fills the whole block, the block grows.
final class TextBlock {
  /// A line feed stands behind the last byte, and 64 more bytes can be read.
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  /// The index of the first byte that is not used yet.
  var start = 0
  /// The index behind the last byte.
  private(set) var end = 0
  /// Where the block begins in the text.
  private(set) var offset = 0
  /// Whether nothing of the text comes after the block.
  private(set) var isAtEnd = false

  private let source: any ByteSource
  private var capacity: Int

  init(_ source: any ByteSource, size: Int) {
    self.source = source
    capacity = max(size, 1)
    bytes = Self.allocate(capacity)
    bytes[0] = 0x0A
  }

  deinit { bytes.deallocate() }

  /// A view of a part of the block, valid until ``readOn()``.
  func slice(_ from: Int, _ to: Int) -> Bytes { Bytes(start: bytes + from, count: to - from) }

  /// Carries what is not used to the front and fills the rest of the block.
  ///
  /// - Returns: false where the unused bytes are as many as a record may have.
  func readOn() throws(Problem) -> Bool {
    let kept = end - start
    if start > 0 {
      memmove(bytes, bytes + start, kept)
      offset += start
      start = 0
      end = kept
    } else if kept == capacity {
      guard capacity < CSVDialect.longestRecord else { return false }
      grow()
    }
    while end < capacity, !isAtEnd {
      let room = UnsafeMutableBufferPointer(start: bytes + end, count: capacity - end)
      let count = try source.read(into: room)
      isAtEnd = count == 0
      end += count
    }
    bytes[end] = 0x0A
    return true
  }

  private func grow() {
    let larger = min(max(capacity * 2, 64), CSVDialect.longestRecord)
    let copy = Self.allocate(larger)
    memcpy(copy, bytes, end)
    bytes.deallocate()
    bytes = copy
    capacity = larger
  }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + 1 + 2 * ByteChunk.size)
    (bytes + capacity).update(repeating: 0, count: 1 + 2 * ByteChunk.size)
    return bytes
  }
}
