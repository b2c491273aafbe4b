import Records

/// Reads values, and the signs between them, from a window.
final class ValueReader {
  /// Holds the value that was read last, until anything else is read.
  let document: JSONDocument
  /// Where that value begins in the window's buffer.
  private(set) var start = 0
  private let window: InputWindow
  private let maxDepth: Int

  init(window: InputWindow, maxDepth: Int) {
    self.window = window
    self.maxDepth = maxDepth
    document = JSONDocument(buffer: window.buffer)
  }

  /// Reads the next value.
  ///
  /// - Parameter limit: how many bytes it may have.
  func value(limit: Int) throws(JSONFault) -> JSONValue {
    _ = try window.peek()
    document.begin(at: window.position, maxDepth: maxDepth)
    while try !isComplete() {
      guard window.available <= limit else { throw tooLarge(limit) }
      document.move(by: try window.fill())
    }
    guard document.consumed <= limit else { throw tooLarge(limit) }
    start = window.position
    window.position += document.consumed
    return document.root
  }

  /// The end of the next line that isn't blank; nothing at the source's end.
  ///
  /// - Parameter limit: how many bytes the line may have.
  func lineEnd(limit: Int) throws(JSONFault) -> Int? {
    guard try window.peek() != nil else { return nil }
    let end = try window.lineEnd(limit: limit)
    guard end - window.position <= limit else { throw tooLarge(limit) }
    return end
  }

  /// Reads the value that must be all of the line up to `end`. The window stands behind the line
  /// then, even where the value is at fault.
  func line(to end: Int) throws(JSONFault) -> JSONValue {
    start = window.position
    window.position = end
    document.begin(at: start, maxDepth: maxDepth)
    do {
      try window.buffer.closed(at: end) { () throws(ParserStop) in
        try document.advanceToEnd(at: end)
      }
    } catch {
      throw window.fault(error, from: start, to: end)
    }
    return document.root
  }

  /// Reads a member's key; ``colon()`` must follow, once the key isn't needed any more.
  func key(limit: Int) throws(JSONFault) -> JSONValue {
    guard try window.peek() == 0x22 else {
      throw missing("a key in double quotes is missing", in: .object)
    }
    return try value(limit: limit)
  }

  /// Reads the colon behind a key.
  func colon() throws(JSONFault) {
    try expect(0x3A, in: .object, "a colon is missing after a key")
  }

  /// Reads the comma before an element or member, if it is not the first one.
  ///
  /// - Returns: whether there is one; if not, the closing bracket was read.
  func hasNext(isFirst: Bool, in container: ContainerKind) throws(JSONFault) -> Bool {
    if try window.peek() == container.closing {
      window.position += 1
      return false
    }
    if isFirst { return true }
    try expect(0x2C, in: container, container.noComma)
    guard try window.peek() == container.closing else { return true }
    throw window.fault(at: window.position, TapeParser.commaTooMany)
  }

  private func expect(
    _ byte: UInt8, in container: ContainerKind, _ message: String
  ) throws(JSONFault) {
    guard try window.peek() == byte else { throw missing(message, in: container) }
    window.position += 1
  }

  /// The fault for what stands at the window's position, or for the end that is there.
  private func missing(_ message: String, in container: ContainerKind) -> JSONFault {
    guard window.available == 0 else { return window.fault(at: window.position, message) }
    let stop = ParserStop.truncated(at: 0, "the text is cut off inside \(container.name)")
    return window.fault(stop, from: window.position, to: window.position)
  }

  /// - Returns: false where more bytes are needed, and there may be some.
  private func isComplete() throws(JSONFault) -> Bool {
    do {
      try document.advance(to: window.buffer.count, isWhole: window.isAtEnd)
      return true
    } catch .needsMore {
      return false
    } catch {
      throw window.fault(error, from: window.position, to: window.buffer.count)
    }
  }

  private func tooLarge(_ limit: Int) -> JSONFault {
    window.fault(
      at: window.position,
      "what begins here is larger than \(inWords(bytes: limit)), the most that is held in memory")
  }
}

/// `16 MiB`, `100 bytes`.
func inWords(bytes: Int) -> String {
  bytes > 0 && bytes % (1 << 20) == 0 ? "\(bytes >> 20) MiB" : "\(bytes) bytes"
}
