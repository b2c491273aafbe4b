/// What one pass over a whole file of separated values found out about it.
package struct Survey: Sendable, Hashable {
  package var text: TextSurvey
  package var layout: TableLayout
  /// How many records stand below the header; lines of white space may be counted among them.
  package var records: Int

  package var encoding: String { layout.encoding }
  package var dialect: CSVDialect { layout.dialect }
  package var headerLine: Int? { layout.headerLine }
  package var header: [String] { layout.header }
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
