package import Records

/// Reading JSON that is kept whatever it holds, so that only what cannot be read at all is refused.
extension JSONDocument {
  /// What was odd about a text that could be read.
  package struct Oddities: Hashable, Sendable {
    /// Characters were cut, as ``parseRepairing(_:maxDepth:refusesDuplicateKeys:)`` reads them.
    package var isBroken = false
    /// A key that stands twice in one object.
    package var duplicateKey: String?
    /// Something lies deeper than it is read.
    package var isDeep = false
  }

  /// Reads a text: of two members of one name the last one counts, and a list or object that lies
  /// deeper than `maxDepth` is null.
  ///
  /// - Parameter inspect: sees the whole text's value, before anything of it is left out. What walks
  ///   through it must not call itself as deep as it is.
  /// - Throws: the first place at which it is not JSON.
  package func parseTolerant(
    _ bytes: Bytes, maxDepth: Int = 64, inspect: (JSONValue) -> Void = { _ in }
  ) throws(JSONFault) -> Oddities {
    var oddities = Oddities()
    oddities.isBroken = try parseRepairing(bytes, maxDepth: .max)
    oddities.duplicateKey = duplicateKey().map { text(of: $0.key).text }
    oddities.isDeep = isDeeper(than: maxDepth)
    inspect(root)
    guard oddities.duplicateKey != nil || oddities.isDeep else { return oddities }
    let output = ByteOutput(capacity: root.raw.count)
    root.appendRead(to: output, maxDepth: maxDepth)
    try parse(output.bytes, maxDepth: maxDepth)
    return oddities
  }

  private func isDeeper(than maxDepth: Int) -> Bool {
    // Where the lists and objects around the token end.
    var ends: [Int] = []
    for index in 0..<tokenCount {
      while let end = ends.last, end <= index { ends.removeLast() }
      let token = token(at: index)
      guard token.kind == .object || token.kind == .array else { continue }
      ends.append(Int(token.next))
      if ends.count > maxDepth { return true }
    }
    return false
  }
}

extension JSONValue {
  /// Appends what is read of the value; it calls itself no deeper than `maxDepth`.
  fileprivate func appendRead(to output: ByteOutput, maxDepth: Int) {
    switch kind {
    case .object where maxDepth > 0: appendReadObject(to: output, maxDepth: maxDepth)
    case .array where maxDepth > 0:
      var separator: StaticString = "["
      for element in elements {
        output.append(separator)
        element.appendRead(to: output, maxDepth: maxDepth - 1)
        separator = ","
      }
      output.append(count == 0 ? "[]" : "]")
    case .object, .array: output.append("null")
    case .string, .number, .bool, .null: output.append(raw)
    }
  }

  private func appendReadObject(to output: ByteOutput, maxDepth: Int) {
    var last: [[UInt8]: Int] = [:]
    for (position, member) in members.enumerated() { last[member.key.array] = position }
    var separator: StaticString = "{"
    for (position, member) in members.enumerated() where last[member.key.array] == position {
      output.append(separator)
      output.appendJSON(string: member.key)
      output.append(0x3A)
      member.value.appendRead(to: output, maxDepth: maxDepth - 1)
      separator = ","
    }
    output.append(count == 0 ? "{}" : "}")
  }
}
