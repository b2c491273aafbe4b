/// The header of a file of separated values, where it stands in the decoded text.
struct HeaderLine {
  /// Trimmed.
  var cells: [String]
  /// Nothing where there is none.
  var line: Int?
  /// How many records stand above it.
  var recordsAbove: Int
  /// How many of the headers that are wanted it holds.
  var wantedFound: Int
  /// Where the first record below it begins, and on which line.
  var bodyOffset: Int
  var bodyLine: Int
}
