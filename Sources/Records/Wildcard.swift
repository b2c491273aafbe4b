/// A text in which every `*` stands for any run of characters, none included.
///
/// Where it ignores case, letters are compared composed (NFC), too; else texts are compared as they
/// are, byte by byte.
package struct Wildcard: Sendable {
  private let pieces: [[UInt8]]
  private let ignoresCase: Bool

  package init(_ text: String, ignoringCase: Bool = false) {
    ignoresCase = ignoringCase
    pieces = Self.comparable(text, ignoringCase)
      .split(separator: "*", omittingEmptySubsequences: false).map { [UInt8]($0.utf8) }
  }

  package func matches(_ text: String) -> Bool {
    Bytes.withBytes(of: Self.comparable(text, ignoresCase)) { fits($0) }
  }

  package func matches(_ text: Bytes) -> Bool {
    ignoresCase ? matches(text.text) : fits(text)
  }

  private static func comparable(_ text: String, _ ignoresCase: Bool) -> String {
    ignoresCase ? CleanText.composed(text.lowercased()) : text
  }

  private func fits(_ text: Bytes) -> Bool {
    guard let first = pieces.first, let last = pieces.last, starts(text, 0, with: first) else {
      return false
    }
    if pieces.count == 1 { return text.count == first.count }
    var position = first.count
    for piece in pieces.dropFirst().dropLast() {
      guard let found = find(piece, in: text, from: position) else { return false }
      position = found + piece.count
    }
    let tail = text.count - last.count
    return tail >= position && starts(text, tail, with: last)
  }

  private func find(_ piece: [UInt8], in text: Bytes, from: Int) -> Int? {
    var position = from
    while position + piece.count <= text.count {
      if starts(text, position, with: piece) { return position }
      position += 1
    }
    return nil
  }

  private func starts(_ text: Bytes, _ from: Int, with piece: [UInt8]) -> Bool {
    guard from + piece.count <= text.count else { return false }
    for index in 0..<piece.count where text[from + index] != piece[index] { return false }
    return true
  }
}
