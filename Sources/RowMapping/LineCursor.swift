import JSON
import Records

/// Counts the lines of an element as its records come, so that none is counted twice.
struct LineCursor {
  private var start = Bytes.empty.start
  private var line = 1
  private var counted = 0

  /// - Parameters:
  ///   - element: what was read from the file; it begins on this line.
  mutating func begin(_ element: JSONValue, line: Int) {
    start = element.raw.start
    self.line = line
    counted = 0
  }

  /// The line of a value inside the element; quick where it stands behind the last one asked for.
  mutating func line(of value: JSONValue) -> Int {
    let offset = value.raw.start - start
    guard offset >= counted else { return line }
    var rest = Bytes(start: start + counted, count: offset - counted)
    while let lineFeed = rest.firstIndex(of: 0x0A) {
      line += 1
      rest = rest.slice(lineFeed + 1, rest.count)
    }
    counted = offset
    return line
  }
}
