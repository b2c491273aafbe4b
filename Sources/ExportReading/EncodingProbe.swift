import Records

/// Tries which of the usual encodings would read a file.
struct EncodingProbe {
  let path: String

  /// The encodings that every byte of the file belongs to.
  var readable: [String] {
    (["utf-8"] + EncodingName.usual).filter { name in
      name == "iso-8859-1" ? isLatin1 : reads(name)
    }
  }

  /// What to write into the mapping.
  ///
  /// - Parameter type: the format's word there, such as `csv`.
  func remedy(type: String) -> String {
    let names = readable
    guard let first = names.first else {
      return """
        None of the usual encodings reads the whole file (\(Self.list(EncodingName.usual)) were \
        tried). Ask who makes the POS which one it writes, and write it in the mapping: \
        `format: {type: \(type), encoding: …}`.
        """
    }
    let statement = "`format: {type: \(type), encoding: \(first)}`"
    if names.count == 1 {
      return """
        Of the usual encodings \(first) reads the whole file: write \(statement) in the mapping.
        """
    }
    return """
      The encodings \(Self.list(names)) would read the whole file: write one of them in the \
      mapping, such as \(statement), and look at the names in the preview.
      """
  }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  private func reads(_ encoding: String) -> Bool {
    accepts { source throws(Problem) in
      try DecodingSource(source, from: encoding)
    } look: { _ in
      true
    }
  }

  /// Every byte belongs to ISO-8859-1, but 0x80 to 0x9F are control characters in it that no
  /// export holds.
  private var isLatin1: Bool {
    accepts { source throws(Problem) in
      source
    } look: { block in
      !block.buffer.contains { (0x80...0x9F).contains($0) }
    }
  }

  /// Whether the whole file can be read and `look` accepts every block of it.
  private func accepts(
    _ wrap: (any ByteSource) throws(Problem) -> any ByteSource, look: (Bytes) -> Bool
  ) -> Bool {
    let size = 64 << 10
    let block = ByteOutput(capacity: size)
    do throws(Problem) {
      let source = try wrap(try FileSource(path: path))
      repeat {
        block.removeAll()
        try block.append(room: size) { room throws(Problem) in try source.read(into: room) }
        if !look(block.bytes) { return false }
      } while !block.bytes.isEmpty
      return true
    } catch {
      return false
    }
  }
}
