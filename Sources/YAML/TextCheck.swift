import Records

/// Looks through a file for bytes that are not UTF-8 and characters that cannot be meant.
struct TextCheck {
  let source: SourceText

  func run() throws(Problem) {
    let bytes = source.bytes
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte >= 0x20 && byte < 0x7F || byte == 0x0A || byte == 0x0D || byte == 0x09 {
        offset += 1
        continue
      }
      guard let scalar = scalar(at: offset) else { throw notUTF8(at: offset) }
      if Self.isForbidden(scalar) { throw forbidden(scalar, at: offset) }
      offset += UTF8.width(scalar)
    }
  }

  /// The character at an offset; nothing where the bytes there are not UTF-8.
  private func scalar(at offset: Int) -> Unicode.Scalar? {
    var parser = Unicode.UTF8.ForwardParser()
    var bytes = source.bytes[offset..<min(offset + 4, source.bytes.count)].makeIterator()
    guard case .valid(let encoded) = parser.parseScalar(from: &bytes) else { return nil }
    return Unicode.UTF8.decode(encoded)
  }

  /// Control characters, and those that break or mark text without being seen: YAML readers
  /// count U+0085, U+2028 and U+2029 as line ends, editors don't.
  private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private func notUTF8(at offset: Int) -> Problem {
    Problem(
      "yaml-encoding", at: source.place(ofByte: offset),
      "the byte 0x\(Self.hex(UInt32(source.bytes[offset]), digits: 2)) is not UTF-8",
      remedy: "Save the file as UTF-8.")
  }

  private func forbidden(_ scalar: Unicode.Scalar, at offset: Int) -> Problem {
    let place = source.place(ofByte: offset)
    guard scalar != "\0" else {
      return Problem(
        "yaml-character", at: place, "a NUL byte stands in the file",
        remedy: "Save it as plain text in UTF-8; it may have been saved as UTF-16.")
    }
    return Problem(
      "yaml-character", at: place,
      "the invisible character U+\(Self.hex(scalar.value, digits: 4)) stands in the file",
      remedy: "Remove it; typing the line anew is the surest way.")
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }
}
