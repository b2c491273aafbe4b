import Records

/// Gives bytes in blocks of at most a certain size.
final class BlockSource: ByteSource {
  private var left: ArraySlice<UInt8>
  private let block: Int

  init(_ bytes: [UInt8], block: Int) {
    left = bytes[...]
    self.block = block
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    let part = left.prefix(min(block, buffer.count))
    _ = buffer.update(fromContentsOf: part)
    left = left.dropFirst(part.count)
    return part.count
  }
}
