package import Records

/// Reading JSON whose texts were cut in the middle of a character, as sloppy programs cut them.
extension JSONDocument {
  /// Reads a text as ``parse(_:maxDepth:refusesDuplicateKeys:)`` does; where bytes are not UTF-8,
  /// or an escape is half of a surrogate pair, U+FFFD takes their place.
  ///
  /// - Returns: whether anything was replaced.
  /// - Throws: the first place at which it is not JSON even so.
  @discardableResult
  package func parseRepairing(
    _ bytes: Bytes, maxDepth: Int = 128, refusesDuplicateKeys: Bool = false
  ) throws(JSONFault) -> Bool {
    do throws(JSONFault) {
      try parse(bytes, maxDepth: maxDepth, refusesDuplicateKeys: refusesDuplicateKeys)
      return false
    } catch {
      guard let repaired = CharacterRepair.repaired(bytes) else { throw error }
      try Bytes.withBytes(of: repaired) { (bytes) throws(JSONFault) in
        try parse(bytes, maxDepth: maxDepth, refusesDuplicateKeys: refusesDuplicateKeys)
      }
      return true
    }
  }

  /// The text that ``parseRepairing(_:maxDepth:refusesDuplicateKeys:)`` reads in the end.
  package static func repaired(_ bytes: [UInt8]) -> [UInt8] {
    Bytes.withBytes(of: bytes) { CharacterRepair.repaired($0) } ?? bytes
  }
}

/// Replaces what is no character in a JSON text.
enum CharacterRepair {
  private static let replacement = Array("\\ufffd".utf8)

  /// - Returns: nothing where all characters are whole.
  static func repaired(_ bytes: Bytes) -> [UInt8]? {
    let isUTF8 = firstInvalidUTF8(in: bytes) == nil
    let text = isUTF8 ? bytes.array : Array(bytes.text.utf8)
    let halves = loneSurrogates(in: text)
    if isUTF8, halves.isEmpty { return nil }
    var repaired = text
    for index in halves { repaired.replaceSubrange(index..<index + 6, with: replacement) }
    return repaired
  }

  /// Where the escapes begin that are half of a pair. A backslash stands in strings only.
  private static func loneSurrogates(in text: [UInt8]) -> [Int] {
    var found: [Int] = []
    var index = 0
    while index < text.count {
      guard text[index] == 0x5C else {
        index += 1
        continue
      }
      guard let unit = codeUnit(in: text, at: index) else {
        index += 2
        continue
      }
      let isPair =
        unit & 0xFC00 == 0xD800 && codeUnit(in: text, at: index + 6).map { $0 & 0xFC00 } == 0xDC00
      if unit & 0xF800 == 0xD800, !isPair { found.append(index) }
      index += isPair ? 12 : 6
    }
    return found
  }

  /// The value of the `\uXXXX` that begins at `index`; nothing where none does.
  private static func codeUnit(in text: [UInt8], at index: Int) -> UInt16? {
    guard index + 6 <= text.count, text[index] == 0x5C, text[index + 1] == 0x75 else { return nil }
    var unit: UInt16 = 0
    for byte in text[index + 2..<index + 6] {
      guard let digit = hexValue(byte) else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
