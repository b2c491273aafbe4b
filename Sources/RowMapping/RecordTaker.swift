package import JSON
package import Records

/// Takes the records of an export, one after the other.
package protocol RecordTaker: AnyObject {
  /// Takes a row of a table.
  ///
  /// - Parameter faults: what the reader found wrong with the row itself.
  /// - Throws: only what the taker's own sink throws.
  func take(_ row: Row, faults: [Problem]) throws(Problem)

  /// Takes an element of the outermost list of a JSON export.
  ///
  /// - Parameters:
  ///   - key: its name, where the list is an object keyed by name.
  ///   - line: where it begins.
  ///   - root: the fields beside the list.
  /// - Throws: only what the taker's own sink throws.
  func take(_ element: JSONValue, key: Bytes, line: Int, root: JSONValue?) throws(Problem)
}
