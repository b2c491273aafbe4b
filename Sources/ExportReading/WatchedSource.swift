import Records

/// A source whose bytes are looked at for whether they are UTF-8, while they are read as something
/// else.
final class WatchedSource: ByteSource {
  private let source: any ByteSource
  private var utf8 = UTF8Check()

  init(_ source: any ByteSource) { self.source = source }

  /// Whether there are characters of more than one byte, and all of them are UTF-8.
  var isPlainlyUTF8: Bool { utf8.wide > 0 && utf8.broken == 0 }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    let count = try source.read(into: buffer)
    utf8.take(Bytes(UnsafeBufferPointer(rebasing: buffer.prefix(count))), at: 0)
    return count
  }
}
