/// How a file of separated values is written.
package struct CSVDialect: Hashable, Sendable {
  package var delimiter: UInt8
  /// What encloses cells that hold delimiters or line breaks; ``noQuote`` where nothing does.
  package var quote: UInt8

  package init(delimiter: UInt8 = 0x2C, quote: UInt8 = quotationMark) {
    self.delimiter = delimiter
    self.quote = quote
  }

  /// The quote of a file that encloses nothing. Text holds no NUL.
  package static let noQuote: UInt8 = 0

  /// The delimiters that are told apart, the likeliest first.
  package static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  static let quotationMark: UInt8 = 0x22
  static let apostrophe: UInt8 = 0x27

  /// Bytes that one record may have. What is longer is passed over; memory is bounded by it.
  package static let longestRecord = 16 << 20

  /// `comma`, `tab`, or the character itself in quotes.
  package var delimiterName: String {
    switch delimiter {
    case 0x2C: "comma"
    case 0x3B: "semicolon"
    case 0x09: "tab"
    case 0x7C: "vertical bar"
    default: "\"\(Character(Unicode.Scalar(delimiter)))\""
    }
  }
}
