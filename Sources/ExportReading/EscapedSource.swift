import Records

/// A text in which a sign stands before quotes that belong to a cell, as one in which such quotes are
/// doubled.
final class EscapedSource: ByteSource {
  private let source: any ByteSource
  private let sign: UInt8
  private let quote: UInt8
  /// Whether the last byte was the sign, and it is still to be seen what follows.
  private var isEscaping = false

  init(_ source: any ByteSource, sign: UInt8, quote: UInt8) {
    self.source = source
    self.sign = sign
    self.quote = quote
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    // The first place is kept for a sign that the piece before ended with.
    let room = UnsafeMutableBufferPointer(rebasing: buffer.dropFirst())
    while true {
      let count = try source.read(into: room)
      guard count > 0 else { return rest(buffer) }
      let written = convert(room.prefix(count), into: buffer)
      if written > 0 { return written }
    }
  }

  /// A sign at the very end stands for itself.
  private func rest(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> Int {
    guard isEscaping else { return 0 }
    isEscaping = false
    buffer[0] = sign
    return 1
  }

  private func convert(
    _ bytes: Slice<UnsafeMutableBufferPointer<UInt8>>,
    into buffer: UnsafeMutableBufferPointer<UInt8>
  ) -> Int {
    var end = 0
    for byte in bytes {
      if isEscaping {
        isEscaping = false
        if byte != sign {
          buffer[end] = byte == quote ? quote : sign
          end += 1
        }
      } else if byte == sign {
        isEscaping = true
        continue
      }
      buffer[end] = byte
      end += 1
    }
    return end
  }
}
