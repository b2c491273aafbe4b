package import Records

/// Takes the products that a mapping makes, in their order.
package protocol ProductSink: AnyObject {
  /// - Parameters:
  ///   - product: its JSON, valid during the call.
  ///   - store: the store's place in the list that the mapper was given.
  func append(_ product: Bytes, store: Int) throws(Problem)
  /// Begins without any product: before the first, and again where the file turned out to be written
  /// otherwise and is read once more.
  func startOver()
}

/// What became of the rows of one file.
package struct MappingOutcome {
  /// How many records the file has, the filtered ones included.
  package var records = 0
  /// How many of them have a problem.
  package var badRecords = 0
  /// The products of each store, by its place in the list that the mapper was given.
  package var products: [Int] = []
  /// The first problems, in the file's order.
  package var problems: [Problem] = []
  /// How many there are in all.
  package var problemCount = 0
  /// The cells of the first bad records, to be fixed and dropped in again.
  package var badRows: [BadRow] = []
  /// Ids of bad rows, by store, each once and without those that good rows made: what D-Store last
  /// accepted for them stays.
  package var repeated: [[String]] = []
  /// Ids of which the file makes different products, or a group in two places, by store, each once:
  /// none of them is right, so that what D-Store last accepted stays here, too.
  package var contested: [[String]] = []
  /// By store, the children that are no products of the file, where the mapping belongs to a
  /// catalogue: another mapping of it may make them.
  package var childrenElsewhere: [[MissingChild]] = []
  /// Whether all of the file was understood: every list that the mapping names was found, every
  /// child is there. What is not whole is refused whatever `onBadRow` says.
  package var isWhole = true
  /// What was left out at the end of a table, because it is no record: of each such row its line and
  /// text, until the mapping says what it is.
  package var leftOut: [Problem] = []
  /// Paths of a JSON export that were looked for and never found, other than lists of `rows:`; each
  /// may be a typing mistake, or a field that no element happens to have.
  package var unmet: [String] = []

  package init() {}

  /// How many problems and bad rows are kept with all their words.
  package static let kept = 1000
}

/// A child that is no product of the file, and the problem that it is.
package struct MissingChild {
  package let id: String
  package let problem: Problem
}

/// A record that has a problem.
package struct BadRow {
  /// As they are in the file, unquoted; none for a record of a JSON export.
  package let cells: [[UInt8]]
  package let problems: [Problem]
}
