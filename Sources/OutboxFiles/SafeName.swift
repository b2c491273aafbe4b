import Digests
package import Records

/// Names for files and folders out of text from outside, which must never choose a folder.
///
/// A name is ASCII letters, digits, `.`, `_` and `-`; it begins with neither a point, which hides
/// it, nor a hyphen, which commands take for an option; it does not end with a point, is none of
/// Windows' devices, and has at most ``limit`` bytes. What had to be changed for that carries the
/// beginning of the SHA-256 of the original, so that different texts keep different names.
package enum SafeName {
  /// In bytes.
  package static let limit = 120

  /// A name that is the text itself where it can be: `R-1024.csv`; else
  /// `etc-cron.d-x-5fa1b35c6d7e8f90.csv`.
  package static func of(_ text: String) -> String {
    guard !isSafe(text) else { return text }
    let hash = String(Bytes.withBytes(of: text, Digest.of).hex.prefix(16))
    let (stem, ending) = split(Array(text.utf8))
    var name = cleaned(stem).prefix(limit - 1 - hash.utf8.count - ending.count)
    while let last = name.last, isEdge(last) { name.removeLast() }
    let front = name.isEmpty ? "" : String(decoding: name, as: UTF8.self) + "-"
    return front + hash + String(decoding: ending, as: UTF8.self)
  }

  /// Where a sheet's file goes, relative to the outbox.
  ///
  /// What stands in the mapping is left as it is, but for a part that could leave the folder or
  /// would be hidden.
  package static func path(_ parts: [OrderSheet.PathPart]) -> String {
    parts.map(name).joined(separator: "/")
  }

  /// The folders at the beginning of the path that stand in the mapping: a person makes them, and
  /// where they are missing something is wrong. Empty: the outbox itself.
  package static func fixedFolder(_ parts: [OrderSheet.PathPart]) -> String {
    parts.dropLast().prefix(while: \.isLiteral).map(name).joined(separator: "/")
  }

  /// Whether a text can be a name as it is.
  static func isSafe(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, bytes.count <= limit else { return false }
    return bytes.allSatisfy(isAllowed) && !isEdge(first) && last != UInt8(ascii: ".")
      && !isDevice(bytes)
  }

  /// Whether a text can be put behind a name.
  static func isEnding(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count) && text.utf8.allSatisfy(isAllowed) && !text.hasSuffix(".")
  }

  private static func name(_ part: OrderSheet.PathPart) -> String {
    part.isLiteral && isHarmless(part.text) ? part.text : of(part.text)
  }

  /// Whether a name that a person chose stays where it belongs.
  private static func isHarmless(_ text: String) -> Bool {
    guard let first = text.utf8.first, first != UInt8(ascii: "."), text.utf8.count <= limit else {
      return false
    }
    return text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") }
  }

  /// The text before its ending, and the ending with its point: at most ten letters and digits, by
  /// which programs know what is in a file.
  private static func split(_ text: [UInt8]) -> (stem: [UInt8], ending: [UInt8]) {
    guard let point = text.lastIndex(of: UInt8(ascii: ".")) else { return (text, []) }
    let ending = text[(point + 1)...]
    let isEnding = (1...10).contains(ending.count) && ending.allSatisfy(isLetterOrDigit)
    return isEnding ? (Array(text[..<point]), Array(text[point...])) : (text, [])
  }

  /// With a hyphen for every run of what is not allowed, and for the points of a device's name,
  /// which Windows knows by what stands before the first.
  private static func cleaned(_ stem: [UInt8]) -> [UInt8] {
    var name: [UInt8] = []
    for byte in stem {
      if isAllowed(byte) {
        name.append(byte)
      } else if name.last != hyphen {
        name.append(hyphen)
      }
    }
    name = Array(name.drop(while: isEdge))
    return isDevice(name) ? name.map { $0 == UInt8(ascii: ".") ? hyphen : $0 } : name
  }

  /// The names that Windows keeps for devices in every folder and with every ending ("Naming
  /// Files, Paths, and Namespaces").
  private static func isDevice(_ name: [UInt8]) -> Bool {
    let base = name.prefix { $0 != UInt8(ascii: ".") }
    let word = String(decoding: base, as: UTF8.self).lowercased()
    if ["con", "prn", "aux", "nul"].contains(word) { return true }
    return base.count == 4 && base[3].isDigit && (word.hasPrefix("com") || word.hasPrefix("lpt"))
  }

  private static let hyphen = UInt8(ascii: "-")

  private static func isEdge(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ".") || byte == hyphen }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || isEdge(byte) || byte == UInt8(ascii: "_")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    byte.isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
