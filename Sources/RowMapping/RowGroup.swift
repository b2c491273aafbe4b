import Records

/// Adjacent rows of one item.
final class RowGroup {
  private let rows = RowStore()
  private let key = ByteOutput()
  /// What the reader found wrong with each row.
  private(set) var faults: [[Problem]] = []
  /// Which rows pass `where` and `unless`.
  private(set) var isKept: [Bool] = []
  /// For each column of the file the row that fills it for the others; -1 where none does, -2
  /// where nobody has looked yet.
  private var donors: [Int] = []

  var count: Int { rows.count }

  subscript(index: Int) -> Row { rows[index] }

  /// A hash of the text that its rows share; nothing where it is empty, so that the row stands alone.
  var identity: UInt64? { key.count == 0 ? nil : key.bytes.hash64() }

  /// Whether a row with this text belongs to it.
  func continues(with text: Bytes) -> Bool { count > 0 && !text.isEmpty && text == key.bytes }

  func append(_ row: Row, key text: Bytes, faults new: [Problem]) {
    if count == 0 {
      key.removeAll()
      key.append(text)
    }
    rows.append(row)
    faults.append(new)
  }

  func removeAll() {
    rows.removeAll()
    faults.removeAll(keepingCapacity: true)
    isKept.removeAll(keepingCapacity: true)
    for index in donors.indices { donors[index] = -2 }
  }

  /// Asks for every row whether it is kept.
  ///
  /// - Returns: the first one that is.
  func sift(_ isWanted: (Int) -> Bool) -> Int? {
    isKept.removeAll(keepingCapacity: true)
    for index in 0..<count { isKept.append(isWanted(index)) }
    return isKept.firstIndex(of: true)
  }

  /// What the first row that fills a column of the file has there.
  func inherited(_ column: Int) -> Bytes {
    while donors.count <= column { donors.append(-2) }
    if donors[column] == -2 {
      donors[column] = (0..<count).first { !rows[$0][column].trimmed.isEmpty } ?? -1
    }
    return donors[column] < 0 ? .empty : rows[donors[column]][column].trimmed
  }
}
