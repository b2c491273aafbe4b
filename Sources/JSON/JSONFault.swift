package import Records

/// Why a text is not JSON, or not the JSON that was asked for, and where.
package struct JSONFault: Error, Hashable, Sendable {
  /// How many bytes stand before it.
  package let offset: Int
  /// From 1.
  package let line: Int
  /// From 1, in characters (Unicode scalars).
  package let column: Int
  /// What is wrong, a clause without a full stop.
  package let message: String
  /// Whether the text ends too early, as a file does that is still being written.
  package let isTruncated: Bool
  /// What kept the bytes from being read, where it wasn't the JSON.
  package let cause: Problem?

  init(
    offset: Int, at place: LineCounter, _ message: String, isTruncated: Bool = false,
    cause: Problem? = nil
  ) {
    self.offset = offset
    self.line = place.line
    self.column = place.column
    self.message = message
    self.isTruncated = isTruncated
    self.cause = cause
  }

  /// The fault as a finding about a file; what kept the bytes from being read stays as it is.
  package func problem(file: String?) -> Problem {
    if let cause { return cause }
    return Problem(
      isTruncated ? "truncated-json" : "invalid-json",
      at: Place(file: file, line: line, column: column), message,
      remedy: isTruncated
        ? "Export the file again, and give it to the connector when it is complete."
        : "Correct the file at this place, or export it again.")
  }
}
