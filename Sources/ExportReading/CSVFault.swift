import Records

/// What can be wrong with a file of separated values, in words.
enum CSVFault {
  static func unclosedQuote(file: String, line: Int) -> Problem {
    Problem(
      "unclosed-quote", at: Place(file: file, line: line),
      "a quote opens a cell here and is never closed",
      remedy: """
        The file was probably cut off: export it again. If its cells are not enclosed in quotes \
        at all, write `quote: none` in the mapping's `format`.
        """)
  }

  static func longRecord(file: String, line: Int) -> Problem {
    Problem(
      "long-record", at: Place(file: file, line: line),
      "the record that begins here is longer than \(CSVDialect.longestRecord >> 20) MiB, and goes over "
        + "several lines",
      remedy: "Check that its quotes are closed: other records may have become a part of it.")
  }

  /// What is wrong with a single record, in one line, that was passed over.
  static func longRow(_ place: Place) -> Problem {
    Problem(
      "long-record", at: place,
      "the record is longer than \(CSVDialect.longestRecord >> 20) MiB, the most that is read",
      remedy: "Shorten its text in the POS and export again.")
  }

  static func noHeader(file: String) -> Problem {
    Problem(
      "no-header", at: Place(file: file), "no header line ends within the first 256 KiB",
      remedy: "Check that this is a CSV file with line breaks, and that its quotes are closed.")
  }

  static func json(file: String) -> Problem {
    Problem(
      "no-csv", at: Place(file: file), "this looks like JSON, not like a table",
      remedy: "Write `format: json` in the mapping.")
  }
}
