/// What the rows of an export are.
enum RowShape {
  case single
  /// Adjacent rows with the same text in a slot are one item; the columns of `inherit` are filled
  /// from any row of the group.
  case grouped(slot: Int, inherit: [Int])
  /// JSON: lists in lists; the last one holds the rows.
  case nested([NestedLevel])
}

/// One list of a JSON export: `path` leads to it from the level above.
struct NestedLevel {
  let level: Int
  let path: [String]
}
