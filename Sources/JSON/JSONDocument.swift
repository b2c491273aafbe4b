package import Records

/// One JSON text (RFC 8259): a copy of its bytes, and a tape of what stands where in them.
///
/// It may parse one text after the other, and keeps its memory for the next one.
package final class JSONDocument {
  private let buffer: TextBuffer
  private let tape: Tape
  private var parser = TapeParser()
  /// Where the value's text begins in the buffer.
  private var base = 0
  /// Holds the last string that had to be unescaped.
  private let scratch = ByteOutput(capacity: 64)

  package convenience init() { self.init(buffer: TextBuffer()) }

  /// A document over bytes that a reader holds and moves on.
  init(buffer: TextBuffer) {
    self.buffer = buffer
    tape = parser.tape
  }

  /// The whole text's value; null before a text was parsed, and after one that was refused.
  package var root: JSONValue { JSONValue(document: self, index: 0) }

  /// Reads a text, which replaces the one before.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8; a byte order mark at the start is skipped.
  ///   - maxDepth: how many lists and objects may stand in each other.
  ///   - refusesDuplicateKeys: whether two members of one object may have the same name.
  /// - Throws: the first place at which it is not JSON.
  package func parse(
    _ bytes: Bytes, maxDepth: Int = 128, refusesDuplicateKeys: Bool = false
  ) throws(JSONFault) {
    let mark = byteOrderMarkLength(bytes)
    buffer.replace(with: bytes.slice(mark, bytes.count))
    do {
      try parseWhole(maxDepth: maxDepth)
      if refusesDuplicateKeys { try refuseDuplicateKeys() }
    } catch {
      tape.removeAll()
      throw fault(error, after: mark)
    }
  }

  private func parseWhole(maxDepth: Int) throws(ParserStop) {
    guard buffer.count <= Token.maxText else {
      throw .fault(at: 0, "the text is larger than \(Token.maxText >> 20) MiB")
    }
    begin(at: 0, maxDepth: maxDepth)
    try advanceToEnd(at: buffer.count)
  }

  private func fault(_ stop: ParserStop, after mark: Int) -> JSONFault {
    let (offset, message, isTruncated) = stop.description(count: buffer.count)
    var place = LineCounter()
    place.pass(buffer.bytes.slice(0, offset))
    return JSONFault(offset: mark + offset, at: place, message, isTruncated: isTruncated)
  }
}

/// How a reader drives its document.
extension JSONDocument {
  /// Gets ready for the value that begins at an index of the buffer.
  func begin(at index: Int, maxDepth: Int) {
    base = index
    parser.begin(maxDepth: maxDepth)
  }

  /// Parses on, until the value is complete; the buffer may have moved in between.
  func advance(to end: Int, isWhole: Bool) throws(ParserStop) {
    let text = ParserText(start: buffer.start + base, count: end - base, isWhole: isWhole)
    try parser.run(text)
  }

  /// Parses a value behind which there may be nothing but white space up to `end`.
  func advanceToEnd(at end: Int) throws(ParserStop) {
    let text = ParserText(start: buffer.start + base, count: end - base, isWhole: true)
    try parser.run(text)
    let next = text.skippingSpace(parser.position)
    guard next == text.count else {
      throw .fault(at: next, "the JSON is complete, but something follows")
    }
  }

  /// The buffer's first `length` bytes were removed.
  func move(by length: Int) { base -= length }

  /// How many bytes the value takes, white space before it included.
  var consumed: Int { parser.position }
}

/// What the values of a document ask for.
extension JSONDocument {
  /// Never fails: a cursor that outlived its text finds null.
  @inline(__always) func token(at index: Int) -> Token {
    index < tape.count ? tape.tokens[index] : Token(.null, at: 0, next: index + 1)
  }

  @inline(__always) func bytes(of token: Token) -> Bytes {
    Bytes(start: buffer.start + base + Int(token.offset), count: Int(token.length))
  }

  /// The text of a string token; unescaped it is valid until the next one.
  func text(of token: Token) -> Bytes {
    guard token.hasEscapes else { return content(of: token) }
    scratch.removeAll()
    scratch.append(unescaping: content(of: token))
    return scratch.bytes
  }

  func appendText(of token: Token, to output: ByteOutput) {
    if token.hasEscapes {
      output.append(unescaping: content(of: token))
    } else {
      output.append(content(of: token))
    }
  }

  /// Whether a string token stands for `text`.
  func hasText(_ token: Token, _ text: Bytes) -> Bool {
    if !token.hasEscapes, Int(token.length) != text.count + 2 { return false }
    return self.text(of: token) == text
  }

  func line(at offset: Int) -> Int {
    var place = LineCounter()
    place.pass(Bytes(start: buffer.start + base, count: offset))
    return place.line
  }

  var tokenCount: Int { tape.count }

  /// The first text, number or key that has more bytes than that; `nil` if there is none.
  func text(longerThan limit: Int) -> Token? {
    (0..<tokenCount).lazy.map(token).first {
      $0.kind != .object && $0.kind != .array && Int($0.length) > limit
    }
  }

  private func content(of token: Token) -> Bytes {
    let bytes = bytes(of: token)
    return bytes.count >= 2 ? bytes.slice(1, bytes.count - 1) : .empty
  }
}

/// How many bytes the byte order mark at the start takes: 3 or 0.
func byteOrderMarkLength(_ bytes: Bytes) -> Int {
  bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
}
