/// Bytes that come one block after the other: a file, or a file that is decoded on the way.
package protocol ByteSource: AnyObject {
  /// Fills the buffer from its beginning.
  ///
  /// - Returns: how many bytes it wrote, at most `buffer.count`; 0 only at the end.
  /// - Throws: what keeps the bytes from being read.
  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int
}
