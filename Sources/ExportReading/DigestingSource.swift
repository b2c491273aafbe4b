import Digests
import Records

/// A source whose bytes are digested as they are read, and looked at for whether they are UTF-8.
final class DigestingSource: ByteSource {
  private let source: any ByteSource
  private let digest = DigestStream()

  private let checksUTF8: Bool
  private var utf8 = UTF8Check()

  init(_ source: any ByteSource, checksUTF8: Bool) {
    self.source = source
    self.checksUTF8 = checksUTF8
  }

  /// Whether there are characters of more than one byte, and all of them are UTF-8.
  var isPlainlyUTF8: Bool { utf8.wide > 0 && utf8.broken == 0 }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    let count = try source.read(into: buffer)
    let bytes = Bytes(UnsafeBufferPointer(rebasing: buffer.prefix(count)))
    digest.update(bytes)
    if checksUTF8 { utf8.take(bytes, at: 0) }
    return count
  }

  /// The SHA-256 of everything read.
  func finish() -> Digest { digest.finish() }
}
