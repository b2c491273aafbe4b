package import Digests

/// What one pass over a whole file of separated values found out about it.
package struct Survey: Sendable, Hashable {
  package var text: TextSurvey
  package var dialect: CSVDialect
  /// The line of the header, from 1; nothing where the mapping says that there is none.
  package var headerLine: Int?
  /// The header's cells, trimmed. Without a header the columns are called `1`, `2`, ….
  package var header: [String]
  /// How many records stand below the header; lines of white space may be counted among them.
  package var records: Int

  /// Where the first record begins in the decoded text.
  var bodyOffset: Int
  /// The line on which the first record begins.
  var bodyLine: Int
  /// Where the last line begins in the decoded text, if the mapping states it: it is no record.
  var bodyEnd: Int?

  package var encoding: String { text.encoding }
  package var digest: Digest { text.digest }
  package var size: Int { text.size }
  package var lines: Int { text.lines }

  /// What a person may want to know of how the file is read, in whole sentences.
  package var notes: [String] {
    var notes = text.notes
    if let headerLine, let first = text.firstLine, headerLine > first {
      notes.append("The header is on line \(headerLine); what stands above it is left out.")
    }
    if records == 0 { notes.append("No record stands below the header.") }
    return notes
  }
}
