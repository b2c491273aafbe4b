import Records

/// A text in which a sign stands before quotes that belong to a cell, as one in which such quotes are
/// doubled.
final class EscapedSource: ByteSource {
  private let source: any ByteSource
  private let sign: UInt8
  private let quote: UInt8
  /// Whether the last byte was the sign, and it is still to be seen what follows.
  private var isEscaping = false
  /// A byte for which there was no room.
  private var held: UInt8?

  init(_ source: any ByteSource, sign: UInt8, quote: UInt8) {
    self.source = source
    self.sign = sign
    self.quote = quote
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    if let held {
      buffer[0] = held
      self.held = nil
      return 1
    }
    if buffer.count == 1 { return try readOne(into: buffer) }
    // The first place is kept for a sign that the piece before ended with.
    let room = UnsafeMutableBufferPointer(rebasing: buffer.dropFirst())
    while true {
      let count = try source.read(into: room)
      guard count > 0 else { return rest(buffer) }
      let written = convert(room.prefix(count), into: buffer)
      if written > 0 { return written }
    }
  }

  /// One byte may become two; then the second one waits for the next call.
  private func readOne(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    var pair: [UInt8] = [0, 0]
    let count = try pair.withUnsafeMutableBufferPointer { pair throws(Problem) in
      try read(into: pair)
    }
    if count > 0 { buffer[0] = pair[0] }
    if count == 2 { held = pair[1] }
    return min(count, 1)
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
