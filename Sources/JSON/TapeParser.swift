/// Turns one JSON value into tokens; strict as RFC 8259 is.
///
/// It moves on by whole tokens, so that it can stop at the end of what has been read and go on
/// from there with more. Open containers are chained on the tape itself: depth costs no stack.
struct TapeParser {
  /// What must come next.
  private enum Expected { case value, valueOrEnd, key, keyOrEnd, colon, commaOrEnd, nothing }

  let tape = Tape()
  /// The next byte to look at; behind the value once it is complete.
  private(set) var position = 0
  private var expected = Expected.value
  private(set) var depth = 0
  private var maxDepth = 0
  /// The innermost open container.
  private var container = 0
  private(set) var isInObject = false

  /// Gets ready for a value.
  mutating func begin(maxDepth: Int) {
    tape.removeAll()
    position = 0
    expected = .value
    depth = 0
    self.maxDepth = maxDepth
  }

  /// Goes on until the value is complete.
  ///
  /// - Parameter text: begins where the value begins, white space before it allowed.
  /// - Throws: ``ParserStop/needsMore``, after which it may be called again with a longer text;
  ///   any other stop is final.
  mutating func run(_ text: ParserText) throws(ParserStop) {
    while expected != .nothing {
      position = text.skippingSpace(position)
      switch expected {
      case .value, .valueOrEnd: try value(text)
      case .key, .keyOrEnd: try key(text)
      case .colon: try colon(text)
      case .commaOrEnd: try commaOrEnd(text)
      case .nothing: break
      }
    }
  }

  @inline(__always) private mutating func value(_ text: ParserText) throws(ParserStop) {
    let byte = text[position]
    switch byte {
    case 0x22:
      try string(text)
      endValue()
    case 0x7B: try open(.object, .keyOrEnd)
    case 0x5B: try open(.array, .valueOrEnd)
    case 0x2D, 0x30...0x39: try scalar(.number, text.numberEnd(from: position))
    case 0x74: try scalar(.bool, text.literalEnd("true", from: position))
    case 0x66: try scalar(.bool, text.literalEnd("false", from: position))
    case 0x6E: try scalar(.null, text.literalEnd("null", from: position))
    case 0x5D where expected == .valueOrEnd: close()
    default: throw noValue(text)
    }
  }

  @inline(__always) private mutating func key(_ text: ParserText) throws(ParserStop) {
    let byte = text[position]
    if byte == 0x7D, expected == .keyOrEnd { return close() }
    guard byte == 0x22 else {
      throw unexpected(text, byte == 0x7D ? Self.commaTooMany : "a key in double quotes is missing")
    }
    try string(text)
    tape.tokens[container].countItem()
    expected = .colon
    if text[position] == 0x3A { try colon(text) }
  }

  @inline(__always) private mutating func colon(_ text: ParserText) throws(ParserStop) {
    guard text[position] == 0x3A else { throw unexpected(text, "a colon is missing after a key") }
    position += 1
    expected = .value
  }

  @inline(__always) private mutating func commaOrEnd(_ text: ParserText) throws(ParserStop) {
    switch text[position] {
    case 0x2C:
      position += 1
      expected = isInObject ? .key : .value
    case 0x7D where isInObject, 0x5D where !isInObject: close()
    default:
      throw unexpected(text, isInObject ? "a comma or } is missing" : "a comma or ] is missing")
    }
  }

  /// Appends the string at the position, which is a quote.
  @inline(__always) private mutating func string(_ text: ParserText) throws(ParserStop) {
    let scan = try text.scanString(from: position)
    var token = Token(.string, at: position, length: scan.end - position, next: tape.count + 1)
    if scan.hasEscapes { token.hasEscapes = true }
    tape.append(token)
    position = scan.end
  }

  @inline(__always) private mutating func scalar(_ kind: JSONValue.Kind, _ end: Int) {
    tape.append(Token(kind, at: position, length: end - position, next: tape.count + 1))
    position = end
    endValue()
  }

  @inline(__always) private mutating func endValue() {
    if depth == 0 {
      expected = .nothing
    } else {
      if !isInObject { tape.tokens[container].countItem() }
      expected = .commaOrEnd
    }
  }

  @inline(__always) private mutating func open(
    _ kind: JSONValue.Kind, _ next: Expected
  ) throws(ParserStop) {
    guard depth < maxDepth else {
      throw .fault(at: position, "more than \(maxDepth) lists and objects stand in each other")
    }
    depth += 1
    tape.append(Token(kind, at: position, next: container))
    container = tape.count - 1
    isInObject = kind == .object
    position += 1
    expected = next
  }

  @inline(__always) private mutating func close() {
    position += 1
    let closed = tape.tokens + container
    container = Int(closed.pointee.next)
    closed.pointee.length = UInt32(position) - closed.pointee.offset
    closed.pointee.next = UInt32(tape.count)
    depth -= 1
    isInObject = depth > 0 && tape.tokens[container].kind == .object
    endValue()
  }
}
