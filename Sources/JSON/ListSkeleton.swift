import Records

/// What stands around the streamed list: the way to it and the way out, kept as a JSON text.
final class ListSkeleton {
  /// The root so far, null in the place of the list.
  let text = ByteOutput()
  private let path: [String]
  private let limit: Int
  private let window: InputWindow
  private let values: ValueReader
  /// How many objects of the path are open.
  private var level = 0

  /// - Parameters:
  ///   - path: the names of the members on the way to the list.
  ///   - limit: how large ``text`` may be, in bytes.
  init(path: [String], limit: Int, window: InputWindow, values: ValueReader) {
    self.path = path
    self.limit = limit
    self.window = window
    self.values = values
  }

  /// Goes down to the list, and reads its opening bracket.
  ///
  /// - Parameter mayBeObject: whether an object may stand in the list's place.
  /// - Returns: what stands there; `nil` where the path was not met, and the object that lacks it
  ///   was read to its end.
  func descend(mayBeObject: Bool) throws(JSONFault) -> ContainerKind? {
    while level < path.count {
      try open(.object)
      text.append(0x7B)
      level += 1
      guard try findMember() else { return nil }
    }
    let next = try window.peek()
    let isObject = mayBeObject && next == ContainerKind.object.opening
    try open(isObject ? .object : .array)
    text.append("null")
    return isObject ? .object : .array
  }

  /// Goes from behind the list to the end of the text.
  func ascend() throws(JSONFault) {
    while level > 0 { _ = try findMember(isBehindList: true) }
    guard try window.peek() == nil else {
      throw window.fault(at: window.position, "the JSON is complete, but something follows")
    }
  }

  /// Keeps the members before the next one on the path, and that one's key.
  ///
  /// - Returns: false at the object's end.
  private func findMember(isBehindList: Bool = false) throws(JSONFault) -> Bool {
    var isFirst = !isBehindList
    while try values.hasNext(isFirst: isFirst, in: .object) {
      if !isFirst { text.append(0x2C) }
      isFirst = false
      let key = try values.key(limit: limit)
      let isFound = Bytes.withBytes(of: path[level - 1]) { key.hasText($0) }
      guard !isFound || !isBehindList else {
        throw window.fault(at: values.start, "\(name(level)) stands here for the second time")
      }
      try keep(key.raw)
      try values.colon()
      text.append(0x3A)
      if isFound { return true }
      try keep(values.value(limit: limit).raw)
    }
    text.append(0x7D)
    level -= 1
    return false
  }

  private func keep(_ bytes: Bytes) throws(JSONFault) {
    text.append(bytes)
    guard text.count <= limit else {
      throw window.fault(
        at: values.start, "what stands outside the list is larger than \(inWords(bytes: limit))")
    }
  }

  /// Reads the bracket that opens the list, or an object on the way to it.
  private func open(_ wanted: ContainerKind) throws(JSONFault) {
    switch try window.peek() {
    case wanted.opening: window.position += 1
    case ContainerKind.array.opening: throw wrongKind("a list", wanted)
    case ContainerKind.object.opening: throw wrongKind("an object", wanted)
    default:
      let kind = try values.value(limit: limit).kind
      window.position = values.start
      throw wrongKind(kind.name, wanted)
    }
  }

  private func wrongKind(_ found: String, _ wanted: ContainerKind) -> JSONFault {
    window.fault(at: window.position, "\(name(level)) is \(found), not \(wanted.name)")
  }

  /// The path down to a level, as people write it.
  private func name(_ level: Int) -> String {
    level == 0 ? "the whole text" : "\"\(path[..<level].joined(separator: "."))\""
  }
}
