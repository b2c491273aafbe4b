import Records

/// Bytes that are there already.
package final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let count = min(buffer.count, bytes.count - position)
    _ = buffer.update(fromContentsOf: bytes[position..<position + count])
    position += count
    return count
  }
}
