/// Reads one line of YAML more kindly than YAML does, to find the texts that a person meant.
///
/// `${…}` holds together whatever stands in it, and behind a key everything up to the line's end
/// belongs to its text.
struct LineScanner {
  /// A text on the line, with the key in front of it where there is one.
  struct Item {
    let key: String?
    let range: Range<Int>
  }

  private let line: [Unicode.Scalar]
  private let readsComments: Bool

  /// - Parameter readsComments: whether ` #` is part of a text.
  init(_ line: [Unicode.Scalar], readsComments: Bool = false) {
    self.line = line
    self.readsComments = readsComments
  }

  func text(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(line[range]))
  }

  /// All texts of the line, those inside `{…}` and `[…]` too.
  var items: [Item] {
    var items: [Item] = []
    var (depth, index) = (0, start)
    var key: String?
    while index < line.count {
      switch line[index] {
      case " ", "\t": index += 1
      case "{", "[":
        (depth, key, index) = (depth + 1, nil, index + 1)
      case let mark where depth > 0 && [",", "}", "]"].contains(mark):
        if mark != "," { depth -= 1 }
        (key, index) = (nil, index + 1)
      case "#" where isComment(at: index): return items
      default:
        let end = max(end(from: index, inFlow: depth > 0, hasKey: key != nil), index + 1)
        items.append(Item(key: key, range: index..<trimmed(end, from: index)))
        key = isKeyEnd(end, inFlow: depth > 0) ? text(index..<trimmed(end, from: index)) : nil
        index = key == nil ? end : end + 1
      }
    }
    return items
  }

  /// The line's first key and everything behind it; the whole line where there is no key.
  var value: Item {
    let end = end(from: start, inFlow: false, hasKey: false)
    guard start < line.count, isKeyEnd(end, inFlow: false) else {
      return Item(key: nil, range: start..<lineEnd(from: start))
    }
    var first = end + 1
    while first < line.count, line[first] == " " { first += 1 }
    return Item(key: text(start..<trimmed(end, from: start)), range: first..<lineEnd(from: first))
  }

  /// Behind the indentation and the list dashes.
  private var start: Int {
    var index = 0
    while index < line.count {
      let isDash = line[index] == "-" && index + 1 < line.count && line[index + 1] == " "
      guard line[index] == " " || line[index] == "\t" || isDash else { return index }
      index += 1
    }
    return index
  }

  /// Where the line ends, without a comment.
  private func lineEnd(from start: Int) -> Int {
    let comment = (start..<line.count).first { isComment(at: $0) }
    return trimmed(comment ?? line.count, from: start)
  }

  private func end(from start: Int, inFlow: Bool, hasKey: Bool) -> Int {
    guard start < line.count else { return start }
    if line[start] == "\"" || line[start] == "'" { return quoteEnd(from: start) }
    var index = start
    while index < line.count {
      if inFlow, [",", "}", "]"].contains(line[index]) { return index }
      if !hasKey, isKeyEnd(index, inFlow: inFlow) { return index }
      if isComment(at: index) { return index }
      let opens = line[index] == "$" && index + 1 < line.count && line[index + 1] == "{"
      index = opens ? templateEnd(from: index + 2) : index + 1
    }
    return index
  }

  private func isKeyEnd(_ index: Int, inFlow: Bool) -> Bool {
    guard index < line.count, line[index] == ":" else { return false }
    guard index + 1 < line.count else { return true }
    return line[index + 1] == " " || inFlow && [",", "}", "]"].contains(line[index + 1])
  }

  private func isComment(at index: Int) -> Bool {
    guard !readsComments, line[index] == "#" else { return false }
    return index == 0 || line[index - 1] == " " || line[index - 1] == "\t"
  }

  private func quoteEnd(from start: Int) -> Int {
    var index = start + 1
    while index < line.count, line[index] != line[start] {
      index += line[index] == "\\" && line[start] == "\"" ? 2 : 1
    }
    return min(index + 1, line.count)
  }

  /// Behind the `}` that closes a `${`; text in double quotes hides one.
  private func templateEnd(from start: Int) -> Int {
    var isQuoted = false
    for index in start..<max(start, line.count) {
      if line[index] == "\"" { isQuoted.toggle() }
      if line[index] == "}", !isQuoted { return index + 1 }
    }
    return line.count
  }

  private func trimmed(_ end: Int, from start: Int) -> Int {
    var end = end
    while end > start, line[end - 1] == " " || line[end - 1] == "\t" { end -= 1 }
    return end
  }
}
