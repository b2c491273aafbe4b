/// What a mapping says about the files that it reads; everything that is left out is detected.
package struct FormatStatement: Sendable, Hashable {
  /// As people name it: `windows-1252`, `GBK`; whatever iconv knows.
  package var encoding: String?
  package var delimiter: UInt8?
  /// ``CSVDialect/noQuote`` where the file encloses nothing.
  package var quote: UInt8?
  /// What stands before a quote that belongs to a cell, where quotes are not doubled.
  package var escape: UInt8?
  /// How many lines above the header, or above the first record, are left out.
  package var skipLines: Int?
  package var hasHeader: Bool
  /// What the last line that is not blank must be; `*` stands for any text.
  package var lastLine: String?
  /// The headers that a mapping needs, each with its aliases, in which `*` stands for any text.
  /// They help to find the header line and the delimiter; whether all are there is checked by
  /// whoever needs them.
  package var wantedHeaders: [[String]]

  package init(
    encoding: String? = nil, delimiter: UInt8? = nil, quote: UInt8? = nil, escape: UInt8? = nil,
    skipLines: Int? = nil, hasHeader: Bool = true, lastLine: String? = nil,
    wantedHeaders: [[String]] = []
  ) {
    self.encoding = encoding
    self.delimiter = delimiter
    self.quote = quote
    self.escape = escape
    self.skipLines = skipLines
    self.hasHeader = hasHeader
    self.lastLine = lastLine
    self.wantedHeaders = wantedHeaders
  }
}
