import Records

/// One pass over a whole text file: encoding, lines, whatever else looks at it.
final class TextPass {
  /// How much of the text's beginning is kept to look for the header in.
  static let headSize = 256 << 10

  /// The beginning of the text.
  let head: [UInt8]
  /// Whether the head is the whole text.
  let headIsWhole: Bool
  /// Where the pass begins to cut chunks; what stands before is checked but not shown.
  private(set) var begin = 0
  /// How many lines stand before that.
  private(set) var skippedLines = 0

  private let path: String
  private let name: String
  private let stated: String?
  private let file: FileSource
  /// The file, where it is decoded.
  private let watched: WatchedSource?
  private let text: TextSource
  private let block: TextBlock
  private let checksUTF8: Bool
  private var utf8 = UTF8Check()
  private var brokenLine: Int?
  private var lines = LineCount()
  private var lastByte: UInt8 = 0x0A
  private var tail: TextTail?

  /// Opens the file and reads its head.
  init(
    path: String, name: String, stated: String?, escape: UInt8? = nil, quote: UInt8? = nil,
    keepsTail: Bool = false
  ) throws(Problem) {
    self.path = path
    self.name = name
    self.stated = stated
    file = try FileSource(path: path, name: name)
    let decodes = stated.map { TextEncoding(stated: $0) != .utf8 } ?? false
    watched = decodes ? WatchedSource(file) : nil
    text = try TextSource(watched ?? file, name: name, stated: stated)
    checksUTF8 = text.encoding == .utf8
    let quote = quote ?? CSVDialect.quotationMark
    let source: any ByteSource =
      if let escape { EscapedSource(text, sign: escape, quote: quote) } else { text }
    block = TextBlock(source, size: Self.headSize)
    _ = try block.readOn()
    head = Bytes(start: block.bytes, count: block.end).array
    headIsWhole = block.end < Self.headSize
    if head.isEmpty { throw Self.empty(name) }
    if keepsTail { tail = TextTail() }
    tail?.take(block.slice(0, block.end))
  }

  /// Leaves out lines at the beginning.
  ///
  /// - Throws: a problem where nothing near the beginning is left.
  func skip(lines count: Int) throws(Problem) {
    guard count > 0 else { return }
    var skipped = LineCount()
    var index = 0
    while index < head.count, skipped.ended < count {
      let isPair = head[index] == 0x0D && index + 1 < head.count && head[index + 1] == 0x0A
      let length = isPair ? 2 : 1
      skipped.take(block.slice(index, index + length))
      index += length
    }
    guard index < head.count else {
      throw Problem(
        "nothing-left", at: Place(file: name), value: String(count),
        "the lines that `skipLines` leaves out are the whole file or its first 256 KiB",
        remedy: "State fewer of them, or leave `skipLines` out: the header is found without it.")
    }
    if checksUTF8 { check(block.slice(0, index), at: 0, chunk: nil) }
    begin = index
    skippedLines = count
    block.start = index
    lines = skipped
  }

  /// Goes over the text and shows it chunk by chunk. The last chunk ends with a line feed and is
  /// filled up with spaces.
  ///
  /// - Parameter headOnly: whether it stops within the last chunk of the head.
  func run(
    headOnly: Bool = false, _ look: (SurveyChunk) throws(Problem) -> Void
  ) throws(Problem) {
    while true {
      while block.end - block.start >= ByteChunk.size {
        try take(ByteChunk.size, look)
      }
      if headOnly { return }
      if block.isAtEnd { break }
      if block.end > 0 { lastByte = block.bytes[block.end - 1] }
      let rest = block.end - block.start
      _ = try block.readOn()
      tail?.take(block.slice(rest, block.end))
    }
    try takeRest(look)
    utf8.finish()
    if brokenLine == nil, utf8.first != nil { brokenLine = lines.ended }
  }

  private func takeRest(_ look: (SurveyChunk) throws(Problem) -> Void) throws(Problem) {
    if block.end > 0 { lastByte = block.bytes[block.end - 1] }
    let rest = block.end - block.start
    let isEnded = lastByte == 0x0A || lastByte == 0x0D
    if rest == 0, isEnded { return }
    let padding = block.bytes + block.end
    padding.update(repeating: 0x20, count: ByteChunk.size)
    if !isEnded { padding[0] = 0x0A }
    try take(rest, look)
  }

  @inline(__always) private func take(
    _ count: Int, _ look: (SurveyChunk) throws(Problem) -> Void
  ) throws(Problem) {
    let bytes = ByteChunk(at: block.bytes + block.start)
    let (lineFeeds, returns) = (bytes.marks(0x0A), bytes.marks(0x0D))
    let linesBefore = lines.ended
    let chunk = SurveyChunk(
      bytes: bytes, offset: block.offset + block.start, breaks: lineFeeds | returns,
      lineEnds: lines.take(lineFeeds: lineFeeds, returns: returns), linesBefore: linesBefore)
    if bytes.contains(0) { throw zero(in: chunk) }
    if checksUTF8, !(utf8.isBetweenCharacters && bytes.isASCII) {
      check(block.slice(block.start, block.start + count), at: chunk.offset, chunk: chunk)
    }
    block.start += count
    try look(chunk)
  }

  /// In small letters.
  var encoding: String { text.encoding.name }

  /// Whether some of what was gone over is not UTF-8.
  var holdsBrokenCharacters: Bool { utf8.broken > 0 }

  /// The last line that is not blank, and where it begins; kept only where it was asked for.
  var lastLine: (text: String, offset: Int)? { tail?.lastLine }

  private func check(_ bytes: Bytes, at offset: Int, chunk: SurveyChunk?) {
    utf8.take(bytes, at: offset)
    guard brokenLine == nil, let first = utf8.first else { return }
    brokenLine =
      chunk?.line(at: max(0, first.offset - offset))
      ?? 1 + lineEnds(in: bytes.slice(0, first.offset))
  }

  private func lineEnds(in bytes: Bytes) -> Int {
    var count = LineCount()
    count.take(bytes)
    return count.ended
  }

  /// What the pass found out.
  ///
  /// - Parameter isStrict: whether a single broken character is too many.
  /// - Throws: a problem where a file of which nothing is stated is not UTF-8 (where right
  ///   characters outnumber the broken ones it is UTF-8 with mistakes), and where one is UTF-8
  ///   although something else is stated.
  func finish(isStrict: Bool = false) throws(Problem) -> TextSurvey {
    let isUTF8 = text.hasMark || stated != nil || utf8.wide > utf8.broken
    if let first = utf8.first, isStrict || !isUTF8 {
      if utf8.isCut {
        throw Self.cut(at: first.offset, Place(file: name, line: brokenLine), first.byte)
      }
      throw Problem(
        DecodingSource.badByte, at: Place(file: name, line: brokenLine), value: first.byte.hex,
        "the file is not UTF-8: the byte at offset \(first.offset) begins no character")
    }
    if isPlainlyUTF8, let stated,
      let problem = try MistakenEncoding.problem(path: path, name: name, stated: stated)
    {
      throw problem
    }
    return TextSurvey(
      encoding: encoding, hasMark: text.hasMark, size: file.bytesRead, lines: lines.ended,
      firstLine: firstLine, brokenCharacters: utf8.broken, notes: notes)
  }

  private var isPlainlyUTF8: Bool {
    text.encoding != .utf8 && watched.map(\.isPlainlyUTF8) ?? false
  }

  private var firstLine: Int? {
    head.firstIndex { !$0.isSpace }.map { index in
      Bytes.withBytes(of: head) { lineEnds(in: $0.slice(0, index)) } + 1
    }
  }

  private var notes: [String] {
    var notes: [String] = []
    let encoding = text.encoding
    if text.hasMark, let stated, TextEncoding(stated: stated) != encoding {
      notes.append(
        "The file's byte order mark says \(encoding.name); the stated \(stated) is not used.")
    }
    if !text.hasMark, stated == nil, encoding != .utf8 {
      notes.append("The file is taken for \(encoding.name), although it has no byte order mark.")
    }
    if isPlainlyUTF8 {
      notes.append(
        "The file is UTF-8, although \(encoding.name) is stated: look at the names in it.")
    }
    if utf8.broken > 0, let brokenLine {
      let count = utf8.broken == 1 ? "One character is" : "\(utf8.broken) characters are"
      notes.append("\(count) not UTF-8, the first on line \(brokenLine).")
    }
    return notes
  }

  private func zero(in chunk: SurveyChunk) -> Problem {
    let index = chunk.bytes.marks(0).trailingZeroBitCount
    return Problem(
      "no-text", at: Place(file: name, line: chunk.line(at: index)), value: UInt8(0).hex,
      "this is not a text file: it holds a zero byte at offset \(chunk.offset + index)",
      remedy: """
        Export it from the POS again, as text. If it is UTF-16 without a byte order mark, write \
        `encoding: utf-16le` in the mapping's `format`.
        """)
  }

  /// That the file ends inside a character.
  static func cut(at offset: Int, _ place: Place, _ byte: UInt8) -> Problem {
    Problem(
      "cut-off", at: place, value: byte.hex,
      "the file ends inside a character, at offset \(offset): it was cut off",
      remedy: "Export it again.")
  }

  static func empty(_ name: String, isBlank: Bool = false) -> Problem {
    Problem(
      "empty-file", at: Place(file: name),
      isBlank ? "the file holds nothing but blank lines" : "the file is empty",
      remedy: "Export it again; the disk may have been full.")
  }
}
