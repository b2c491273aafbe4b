import Records

/// A YAML file as the person wrote it: checked UTF-8 whose lines can be looked at again.
struct SourceText {
  let file: String
  /// Without a byte order mark.
  let bytes: [UInt8]
  private let lineStarts: [Int]

  /// - Throws: where the bytes are not UTF-8 or hold characters that no text file should hold.
  init(_ bytes: [UInt8], file: String) throws(Problem) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw Problem(
        "yaml-encoding", at: Place(file: file), "the file is written in UTF-16",
        remedy: "Save it as UTF-8.")
    }
    self.file = file
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    lineStarts = Self.lineStarts(in: self.bytes)
    try TextCheck(source: self).run()
  }

  /// The characters of a line, counted from 1, without its line break; nothing for one that is
  /// not there.
  func line(_ number: Int?) -> [Unicode.Scalar] {
    guard let number, number >= 1, number <= lineStarts.count else { return [] }
    var end = number < lineStarts.count ? lineStarts[number] : bytes.count
    let start = lineStarts[number - 1]
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return Array(String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars)
  }

  /// The characters of a line from a place on; none where the place is behind its end.
  func rest(from place: Place) -> [Unicode.Scalar] {
    Array(line(place.line).dropFirst((place.column ?? 1) - 1))
  }

  /// The place of a byte.
  func place(ofByte offset: Int) -> Place {
    let line = lineStarts.lastIndex { $0 <= offset } ?? 0
    let before = String(decoding: bytes[lineStarts[line]..<offset], as: UTF8.self)
    return Place(file: file, line: line + 1, column: before.unicodeScalars.count + 1)
  }

  /// Lines end with LF, CR LF or CR (YAML 1.2, 5.4).
  private static func lineStarts(in bytes: [UInt8]) -> [Int] {
    var starts = [0]
    for (offset, byte) in bytes.enumerated() {
      let isLoneCarriageReturn =
        byte == 0x0D && !(offset + 1 < bytes.count && bytes[offset + 1] == 0x0A)
      if byte == 0x0A || isLoneCarriageReturn { starts.append(offset + 1) }
    }
    return starts
  }
}
