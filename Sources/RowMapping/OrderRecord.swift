import Records

/// One kind of line of an order's file.
struct OrderRecord {
  let place: Place
  let each: [EachLevel]
  let when: [Condition]
  /// Its place among the kinds of line; nothing where it only opens levels for those in it.
  let kind: Int?
  let cells: [OrderText]
  /// Kinds of line that follow each of its own.
  let records: [OrderRecord]
}
