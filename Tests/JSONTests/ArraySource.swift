import Records

/// Gives the bytes of a text in blocks of at most `block` bytes, then fails if it is told to.
final class ArraySource: ByteSource {
  private var left: ArraySlice<UInt8>
  private let block: Int
  private let failure: Problem?

  init(_ bytes: [UInt8], block: Int = .max, failure: Problem? = nil) {
    left = bytes[...]
    self.block = block
    self.failure = failure
  }

  convenience init(_ text: String, block: Int = .max) {
    self.init(Array(text.utf8), block: block)
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    if left.isEmpty, let failure { throw failure }
    let part = left.prefix(min(block, buffer.count))
    _ = buffer.update(fromContentsOf: part)
    left = left.dropFirst(part.count)
    return part.count
  }
}
