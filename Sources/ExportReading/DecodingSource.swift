import Glibc
package import Records

/// Text in any encoding that iconv knows, read as UTF-8.
package final class DecodingSource: ByteSource {
  /// A code for the one problem whose remedy is another encoding.
  static let badByte = "bad-byte"

  private static let blockSize = 64 << 10

  private let source: any ByteSource
  private let encoding: TextEncoding
  private let name: String
  private let converter: iconv_t

  private let input = UnsafeMutablePointer<UInt8>.allocate(capacity: blockSize)
  private var inputCount = 0
  private var isAtEnd = false
  private var isFlushed = false
  /// How many bytes of the source stand before the block in `input`.
  private var inputOffset: Int
  private let output = ByteOutput(capacity: blockSize)
  private var handedOut = 0
  /// Where the byte stands at which reading ended.
  private(set) var badOffset: Int?
  private var lines = LineCount()

  /// - Parameters:
  ///   - encoding: as people name it, or any name that iconv knows (`iconv -l` lists them).
  ///   - name: the file as the user knows it, for messages.
  ///   - offset: how many bytes of the file stand before the source's first one, for messages.
  /// - Throws: a problem where the encoding is unknown.
  package init(
    _ source: any ByteSource, from encoding: String, name: String? = nil, offset: Int = 0
  ) throws(Problem) {
    let stated = TextEncoding(stated: encoding)
    let converter = iconv_open("UTF-8", stated.iconvName ?? "UTF-8")
    guard converter != iconv_t(bitPattern: -1), let converter else {
      throw EncodingName.unknown(encoding, at: Place(file: name))
    }
    self.source = source
    self.encoding = stated
    self.name = name ?? ""
    self.converter = converter
    inputOffset = offset
  }

  deinit {
    iconv_close(converter)
    input.deallocate()
  }

  /// - Throws: a problem of the source; a byte that does not belong to the encoding, with its
  ///   offset, line and value.
  package func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    while handedOut == output.count {
      if try fill() {
        try convert()
      } else if isFlushed {
        return 0
      } else {
        flush()
      }
    }
    let given = output.bytes.slice(handedOut, min(output.count, handedOut + buffer.count))
    _ = buffer.update(from: given.buffer)
    handedOut += given.count
    return given.count
  }

  /// Reads behind what the last conversion left.
  ///
  /// - Returns: whether there is anything to convert.
  private func fill() throws(Problem) -> Bool {
    let room = UnsafeMutableBufferPointer(
      start: input + inputCount, count: Self.blockSize - inputCount)
    let count = isAtEnd || room.isEmpty ? 0 : try source.read(into: room)
    isAtEnd = isAtEnd || (count == 0 && !room.isEmpty)
    inputCount += count
    return inputCount > 0
  }

  private func convert() throws(Problem) {
    var failure: Int32 = 0
    // Control characters that no export holds: the file is in another encoding.
    let control =
      encoding.isLatin ? (0..<inputCount).first { (0x80...0x9F).contains(input[$0]) } : nil
    if control == 0 { throw badByte(input[0], at: inputOffset, .control) }
    let rest = control.map { inputCount - $0 } ?? 0
    var left = inputCount - rest
    output.removeAll()
    handedOut = 0
    output.append(room: Self.blockSize) { room in
      input.withMemoryRebound(to: CChar.self, capacity: Self.blockSize) { start in
        room.withMemoryRebound(to: CChar.self) { room in
          var from: UnsafeMutablePointer<CChar>? = start
          var to = room.baseAddress
          var space = room.count
          if iconv(converter, &from, &left, &to, &space) == -1 { failure = errno }
          return room.count - space
        }
      }
    }
    lines.take(output.bytes)
    let used = inputCount - rest - left
    // EINVAL is a character that the block cuts, E2BIG a full output: both go on with the rest.
    left += rest
    if failure == EILSEQ || (failure == EINVAL && isAtEnd) {
      throw badByte(input[used], at: inputOffset + used, failure == EINVAL ? .cut : .foreign)
    }
    memmove(input, input + used, left)
    inputCount = left
    inputOffset += used
  }

  /// Some encodings hold a character back until it is known that no accent follows.
  private func flush() {
    isFlushed = true
    output.removeAll()
    handedOut = 0
    output.append(room: 64) { room in
      room.withMemoryRebound(to: CChar.self) { room in
        var to = room.baseAddress
        var space = room.count
        iconv(converter, nil, nil, &to, &space)
        return room.count - space
      }
    }
  }

  private enum Fault { case foreign, control, cut }

  private func badByte(_ byte: UInt8, at offset: Int, _ fault: Fault) -> Problem {
    badOffset = offset
    let place = Place(file: name, line: lines.line)
    switch fault {
    case .foreign:
      return Problem(
        Self.badByte, at: place, value: byte.hex,
        "the byte at offset \(offset) does not belong to \(encoding.name)")
    case .control:
      return Problem(
        Self.badByte, at: place, value: byte.hex,
        "the byte at offset \(offset) is a control character in \(encoding.name)")
    case .cut: return TextPass.cut(at: offset, place, byte)
    }
  }
}

extension UInt8 {
  /// `0xE9`.
  var hex: String {
    let digits = String(self, radix: 16, uppercase: true)
    return "0x\(digits.count < 2 ? "0" : "")\(digits)"
  }
}
