/// What stands between a quote that opens a cell and the one that closes it.
struct QuotedCell {
  /// The index of the closing quote.
  var closing = 0
  var lineBreaks = 0
  var holdsDoubledQuotes = false

  /// Looks for the end of a cell.
  ///
  /// - Parameters:
  ///   - begin: the index of the opening quote.
  ///   - end: the index behind the last of `bytes`, where a line feed stands.
  ///   - isAtEnd: whether the text ends there too.
  ///   - quotes: walks over the quotes and line breaks in `bytes`.
  /// - Returns: nothing where the cell goes on behind the end.
  static func find(
    _ bytes: UnsafePointer<UInt8>, at begin: Int, end: Int, isAtEnd: Bool, quote: UInt8,
    _ quotes: inout SeparatorScan
  ) -> QuotedCell? {
    var cell = QuotedCell()
    quotes.skip(bytes, to: begin + 1)
    while true {
      let found = quotes.next(bytes)
      if found == end {
        return nil
      } else if bytes[found] != quote {
        if bytes[found] == 0x0D || bytes[found - 1] != 0x0D { cell.lineBreaks += 1 }
      } else if found + 1 < end, bytes[found + 1] == quote {
        cell.holdsDoubledQuotes = true
        quotes.skip(bytes, to: found + 2)
      } else {
        cell.closing = found
        return found + 1 < end || isAtEnd ? cell : nil
      }
    }
  }
}
