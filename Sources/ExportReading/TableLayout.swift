/// How the rows stand in a file of separated values: all that their reader must know.
package struct TableLayout: Sendable, Hashable {
  /// In small letters: `utf-8`, `utf-16le`, or what the mapping states.
  package var encoding: String
  package var dialect: CSVDialect
  /// What stands before a quote that belongs to a cell.
  var escape: UInt8?
  /// The line of the header, from 1; nothing where the mapping says that there is none.
  package var headerLine: Int?
  /// The header's cells, trimmed. Without a header the columns are called `1`, `2`, ….
  package var header: [String]
  /// Whether some characters are not UTF-8.
  var holdsBrokenCharacters: Bool
  /// Where the first record begins in the decoded text.
  var bodyOffset: Int
  /// The line on which the first record begins.
  var bodyLine: Int
  /// Where the last line begins in the decoded text, if the mapping states it: it is no record.
  var bodyEnd: Int?
}
