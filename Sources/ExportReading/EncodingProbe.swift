import Records

/// Tries which of the usual encodings would read a file, and shows how.
struct EncodingProbe {
  let path: String
  /// What the mapping states, if it does.
  var stated: String?

  /// The encodings that every byte of the file belongs to. Where one of them holds all that is
  /// stated and more, others are not looked at: what was stated is nearly right.
  var readable: [String] {
    let larger = stated.flatMap { Self.larger[$0.lowercased()] } ?? []
    let fitting = larger.filter(reads)
    if !fitting.isEmpty { return fitting }
    return (["utf-8"] + EncodingName.usual).filter { name in
      name == "iso-8859-1" ? isLatin1 : reads(name)
    }
  }

  /// Encodings that hold all that another one does, and more.
  private static let larger = [
    "gbk": ["gb18030"], "cp936": ["gb18030"], "gb2312": ["gbk", "gb18030"],
    "big5": ["big5-hkscs"], "iso-8859-1": ["windows-1252"], "latin-1": ["windows-1252"],
    "latin1": ["windows-1252"], "iso-8859-15": ["windows-1252"], "euc-kr": ["cp949"],
    "us-ascii": ["utf-8"], "ascii": ["utf-8"],
  ]

  /// What to write into the mapping.
  ///
  /// - Parameter type: the format's word there, such as `csv`.
  func remedy(type: String) -> String {
    proposal(type) + (stated == nil && type != "json" && hasOneBrokenByte ? Self.skipping : "")
  }

  private func proposal(_ type: String) -> String {
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
      let word = word(in: first).map { " (\(Problem.shown($0)))" } ?? ""
      return """
        Of the usual encodings \(first) reads the whole file\(word): write \(statement) in the mapping.
        """
    }
    return """
      These encodings would read the whole file, and the first doubtful word in it as shown: \
      \(Self.list(samples(names))). Write the right one in the mapping, such as \(statement), and \
      look at the names in the preview.
      """
  }

  private static let skipping = """
     If only this one byte is wrong, write `encoding: utf-8` there with `onBadRow: skip` and \
    `maxBadRows: 1`, and its row is left out.
    """

  /// `windows-1252 or iso-8859-1 "Brötchen"`.
  private func samples(_ names: [String]) -> [String] {
    var samples: [(names: [String], word: String?)] = []
    for name in names {
      let word = word(in: name)
      if let same = samples.firstIndex(where: { $0.word == word }) {
        samples[same].names.append(name)
      } else {
        samples.append(([name], word))
      }
    }
    return samples.map { sample in
      let names = sample.names.joined(separator: " or ")
      return sample.word.map { "\(names) \(Problem.shown($0))" } ?? names
    }
  }

  private static func list(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// The word in which the doubtful byte stands, as an encoding reads it.
  private func word(in encoding: String) -> String? {
    guard let bytes = doubtfulWord else { return nil }
    let output = ByteOutput()
    do throws(Problem) {
      let source = try DecodingSource(MemorySource(bytes), from: encoding)
      var count = 1
      while count > 0 {
        count = try output.appendSome(of: source)
      }
    } catch {
      return nil
    }
    return output.bytes.trimmed.text
  }

  /// Where the first doubtful byte stands in the file.
  private var offset: Int? {
    guard let stated else {
      var check = UTF8Check()
      var offset = 0
      _ = accepts { source throws(Problem) in
        source
      } look: { block in
        check.take(block, at: offset)
        offset += block.count
        return check.first == nil
      }
      return check.first?.offset
    }
    guard let file = try? FileSource(path: path),
      let source = try? DecodingSource(file, from: stated)
    else { return nil }
    let output = ByteOutput()
    while let count = try? output.appendSome(of: source), count > 0 { output.removeAll() }
    return source.badOffset
  }

  /// The bytes from one separator to the next.
  private var doubtfulWord: [UInt8]? {
    guard let offset, let file = try? FileSource(path: path) else { return nil }
    let from = max(0, offset - 24)
    var skipped = 0
    let output = ByteOutput()
    while skipped + output.count < offset + 24 {
      guard let count = try? output.appendSome(of: file), count > 0 else { break }
      if skipped + output.count <= from {
        skipped += output.count
        output.removeAll()
      }
    }
    let bytes = output.bytes.array
    let place = offset - skipped
    guard bytes.indices.contains(place) else { return nil }
    let isEnd = { (byte: UInt8) in byte < 0x20 || [0x2C, 0x3B, 0x7C, 0x22].contains(byte) }
    let begin = bytes[max(0, place - 24)..<place].lastIndex(where: isEnd).map { $0 + 1 }
    let end = bytes[place...].prefix(24).firstIndex(where: isEnd)
    return Array(bytes[(begin ?? max(0, place - 24))..<(end ?? min(bytes.count, place + 24))])
  }

  private var hasOneBrokenByte: Bool {
    var check = UTF8Check()
    _ = accepts { source throws(Problem) in
      source
    } look: { block in
      check.take(block, at: 0)
      return check.broken < 2
    }
    return check.broken == 1
  }

  /// Characters without a meaning, which no POS writes, begin with it in UTF-8.
  private static let privateUse: UInt8 = 0xEE

  private func reads(_ encoding: String) -> Bool {
    accepts { source throws(Problem) in
      try DecodingSource(source, from: encoding)
    } look: { block in
      !block.buffer.contains(Self.privateUse)
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
    let block = ByteOutput(capacity: ByteOutput.blockSize)
    do throws(Problem) {
      let source = try wrap(try FileSource(path: path))
      while true {
        block.removeAll()
        if try block.appendSome(of: source) == 0 { return true }
        if !look(block.bytes) { return false }
      }
    } catch {
      return false
    }
  }
}

extension ByteOutput {
  fileprivate static let blockSize = 64 << 10

  /// - Returns: how many bytes there were; 0 at the source's end.
  fileprivate func appendSome(of source: any ByteSource) throws(Problem) -> Int {
    let before = count
    try append(room: Self.blockSize) { room throws(Problem) in try source.read(into: room) }
    return count - before
  }
}
