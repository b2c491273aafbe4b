/// A pattern in which `*` stands for any text; capital and small letters are the same.
struct Wildcard {
  private let parts: [[Character]]

  init(_ pattern: String) {
    parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
      .map(Array.init)
  }

  func matches(_ text: String) -> Bool {
    var rest = Array(text.lowercased())[...]
    guard let first = parts.first, rest.starts(with: first) else { return false }
    rest = rest.dropFirst(first.count)
    guard parts.count > 1, let last = parts.last else { return rest.isEmpty }
    for part in parts[1..<parts.count - 1] {
      while !rest.starts(with: part) {
        guard rest.popFirst() != nil else { return false }
      }
      rest = rest.dropFirst(part.count)
    }
    return rest.count >= last.count && rest.suffix(last.count).elementsEqual(last)
  }
}
