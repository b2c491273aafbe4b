package import Records

/// A file's bytes, with what could not be said in them.
package struct EncodedText: Hashable, Sendable {
  package var bytes: [UInt8]
  /// The characters that were replaced, each once, as they came first.
  package var replaced: [String]
  /// How many characters were replaced in all.
  package var replacedCount: Int
  /// What could not hold them: an encoding, or a kind of format.
  package var holder: String

  package init(
    _ bytes: [UInt8], replaced: [String] = [], replacedCount: Int = 0, holder: String = ""
  ) {
    self.bytes = bytes
    self.replaced = replaced
    self.replacedCount = replacedCount
    self.holder = holder
  }

  /// What a person should know of it; the characters themselves are the customer's.
  package var flag: OrderFlag? {
    guard replacedCount > 0 else { return nil }
    let what = replacedCount == 1 ? "1 character" : "\(replacedCount) characters"
    let verb = replacedCount == 1 ? "was" : "were"
    return OrderFlag(
      "characters-replaced", "\(what) that \(holder) cannot hold \(verb) replaced in the file")
  }

  /// Counts one more character that was replaced.
  mutating func add(_ character: String) {
    replacedCount += 1
    if !replaced.contains(character) { replaced.append(character) }
  }
}
