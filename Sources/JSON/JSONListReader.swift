package import Records

/// Streams the elements of one list of a JSON text of any size; memory is bounded by the largest
/// element.
///
/// What stands outside the list is kept, and can be read from ``rest`` afterwards: in a file, the
/// fields of the list's parents may stand behind the list.
package final class JSONListReader {
  package enum Mode: Sendable {
    /// One JSON text.
    case json
    /// One value a line, blank lines skipped; there is no path and no rest.
    case lines
  }

  /// The last element's number, from 1; 0 before the first one.
  package private(set) var record = 0
  /// Whether the path was met; where not, the text has no such list.
  package private(set) var found = false
  /// What is wrong with the last element although it is JSON: a key that stands twice in one object.
  package private(set) var elementFault: JSONFault?
  /// Whether a fault concerns one line or element only, so that the next call goes on behind it.
  package private(set) var canGoOn = false
  /// The root with null in the list's place; there once ``next()`` gave nothing.
  package private(set) var rest: JSONDocument?

  private let mode: Mode
  /// Whether the list may also be an object, whose values are the elements.
  private let mayBeObject: Bool
  private var kind = ContainerKind.array
  private let maxElement: Int
  private let maxText: Int
  private let restDepth: Int
  private let window: InputWindow
  private let values: ValueReader
  private let skeleton: ListSkeleton
  private let lastKey = ByteOutput(capacity: 64)
  /// Hashes of the names of the elements so far.
  private var seenKeys: Set<UInt64> = []
  private var state = State.before

  private enum State { case before, inList, done, failed(JSONFault) }

  /// - Parameters:
  ///   - source: UTF-8; a byte order mark at the start is skipped.
  ///   - path: the names of the members on the way to the list, none where the root is the list;
  ///     with a `*` at the end it may also be an object keyed by name, whose values are the elements.
  ///   - maxElement: how large an element may be, in bytes.
  ///   - maxText: how large one text or number in an element may be, in bytes; where one is larger,
  ///     the element is at fault, and the reader goes on behind it.
  ///   - maxRest: how large all that stands outside the list may be, in bytes.
  ///   - maxDepth: how many lists and objects may stand in each other in one element.
  ///   - blockSize: how much the source is asked for at once.
  package init(
    source: any ByteSource, path: [String] = [], mode: Mode = .json, maxElement: Int = 256 << 20,
    maxText: Int = 16 << 20, maxRest: Int = 64 << 20, maxDepth: Int = 128,
    blockSize: Int = 256 << 10
  ) {
    self.mode = mode
    mayBeObject = path.last == "*"
    let members = mayBeObject ? path.dropLast() : path
    self.maxElement = min(maxElement, Token.maxText)
    self.maxText = maxText
    restDepth = maxDepth + path.count + 1
    window = InputWindow(source: source, blockSize: blockSize)
    values = ValueReader(window: window, maxDepth: maxDepth)
    skeleton = ListSkeleton(
      path: members, limit: min(maxRest, Token.maxText), window: window, values: values)
  }

  /// The next element; nothing after the last one, when all of the text was read and is in order.
  ///
  /// It is valid until the next call, and so is what ``key`` and ``line`` say.
  ///
  /// - Throws: the first fault, and from then on always that, but see ``canGoOn``.
  package func next() throws(JSONFault) -> JSONValue? {
    canGoOn = false
    elementFault = nil
    do throws(JSONFault) {
      switch state {
      case .before: try begin()
      case .failed(let fault): throw fault
      case .inList, .done: break
      }
      guard case .inList = state else { return nil }
      guard let element = try mode == .lines ? nextLine() : nextElement() else { return nil }
      try checkTexts(of: element)
      elementFault = duplicateKey(in: values.document).map { key, message in
        window.fault(at: values.start + Int(key.offset), message)
      }
      return element
    } catch {
      if !canGoOn { state = .failed(error) }
      throw error
    }
  }

  /// What the element is known by where the path ends with `*`: its name, or in a list its position,
  /// from 0.
  package var key: Bytes { lastKey.bytes }

  /// The line of the source on which the element begins, from 1.
  package var line: Int { window.line(at: values.start) }

  /// The line of the source on which a value inside the element begins.
  package func line(of value: JSONValue) -> Int { line + value.line - 1 }

  /// How much of the source was read so far.
  package var bytesRead: Int { window.bytesRead }

  private func begin() throws(JSONFault) {
    try window.skipByteOrderMark()
    if mode == .lines {
      found = true
    } else if let kind = try skeleton.descend(mayBeObject: mayBeObject) {
      self.kind = kind
      found = true
    }
    state = .inList
    if !found { try end() }
  }

  private func nextElement() throws(JSONFault) -> JSONValue? {
    guard try values.hasNext(isFirst: record == 0, in: kind) else {
      try end()
      return nil
    }
    if kind == .object { try readKey() } else if mayBeObject { setPositionAsKey() }
    let value = try values.value(limit: maxElement)
    record += 1
    return value
  }

  private func checkTexts(of element: JSONValue) throws(JSONFault) {
    guard element.raw.count > maxText, let token = values.document.text(longerThan: maxText) else {
      return
    }
    canGoOn = true
    throw window.fault(
      at: values.start + Int(token.offset),
      "the text that begins here is larger than \(inWords(bytes: maxText)), the most that is read")
  }

  private func readKey() throws(JSONFault) {
    let key = try values.key(limit: maxElement)
    lastKey.removeAll()
    key.appendText(to: lastKey)
    guard seenKeys.insert(lastKey.bytes.hash64()).inserted else {
      let name = Problem.shown(lastKey.bytes.text)
      throw window.fault(at: values.start, "the key \(name) stands twice in one object")
    }
    try values.colon()
  }

  private func setPositionAsKey() {
    lastKey.removeAll()
    lastKey.append(text: String(record))
  }

  private func nextLine() throws(JSONFault) -> JSONValue? {
    guard let end = try values.lineEnd(limit: maxElement) else {
      state = .done
      return nil
    }
    record += 1
    canGoOn = true
    return try values.line(to: end)
  }

  private func duplicateKey(in document: JSONDocument) -> (Token, String)? {
    document.duplicateKey().map { key, _ in
      (key, "the key \(Problem.shown(document.text(of: key).text)) stands twice in one object")
    }
  }

  private func end() throws(JSONFault) {
    try skeleton.ascend()
    let document = JSONDocument()
    try document.parse(skeleton.text.bytes, maxDepth: restDepth)
    if let (_, message) = duplicateKey(in: document) {
      throw window.fault(at: window.position, "\(message), beside the list")
    }
    rest = document
    state = .done
  }
}
