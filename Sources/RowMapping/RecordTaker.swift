package import JSON
package import Records

/// Takes the records of an export, one after the other.
package protocol RecordTaker: AnyObject {
  /// Takes a row of a table.
  ///
  /// - Parameter faults: what the reader found wrong with the row itself.
  /// - Throws: only what the taker's own sink throws.
  func take(_ row: Row, faults: [Problem]) throws(Problem)

  /// What finds the rows at the end of a table that are no records.
  var trailingRows: TrailingRows { get }

  /// Leaves out a row at the end of a table that is no record, and says so, unless the mapping leaves
  /// such rows out.
  func leaveOut(_ row: Row)

  /// Takes an element of the outermost list of a JSON export.
  ///
  /// - Parameters:
  ///   - key: its name, where the list is an object keyed by name.
  ///   - line: where it begins.
  ///   - root: the fields beside the list.
  ///   - faults: what the reader found wrong with the element itself.
  /// - Throws: only what the taker's own sink throws.
  func take(
    _ element: JSONValue, key: Bytes, line: Int, root: JSONValue?, faults: [Problem]
  ) throws(Problem)

  /// Takes a line of which nothing could be read, as a bad record.
  ///
  /// - Throws: only what the taker's own sink throws.
  func take(brokenLine line: Int, _ fault: Problem) throws(Problem)
}
