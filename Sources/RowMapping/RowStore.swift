package import Records

/// Rows that must be kept: a group's, or a whole small file that belongs to the main one.
package final class RowStore {
  private struct Kept {
    var base: Int
    var cells: Int
    var count: Int
    var line: Int
    var record: Int
  }

  private let bytes = ByteOutput(capacity: 4096)
  private var cells = UnsafeMutableBufferPointer<Row.Cell>.allocate(capacity: 64)
  private var cellCount = 0
  private var rows: [Kept] = []

  package init() {}

  deinit { cells.deallocate() }

  package var count: Int { rows.count }

  package func removeAll() {
    bytes.removeAll()
    cellCount = 0
    rows.removeAll(keepingCapacity: true)
  }

  /// Copies a row.
  package func append(_ row: Row) {
    begin(count: row.count, line: row.line, record: row.record)
    for column in 0..<row.count { append(cell: row[column]) }
  }

  /// A row made by hand, from texts.
  package func append(cells texts: [String], line: Int, record: Int) {
    begin(count: texts.count, line: line, record: record)
    for text in texts { Bytes.withBytes(of: text) { append(cell: $0) } }
  }

  /// A view of a kept row, valid until the next change.
  package subscript(index: Int) -> Row {
    let kept = rows[index]
    return Row(
      base: bytes.bytes.start + kept.base,
      cells: UnsafePointer(cells.baseAddress! + kept.cells), count: kept.count, line: kept.line,
      record: kept.record)
  }

  private func begin(count: Int, line: Int, record: Int) {
    rows.append(
      Kept(base: bytes.count, cells: cellCount, count: count, line: line, record: record))
  }

  private func append(cell: Bytes) {
    if cellCount == cells.count { grow() }
    let base = rows[rows.count - 1].base
    cells[cellCount] = Row.Cell(
      offset: UInt32(bytes.count - base), count: UInt32(cell.count))
    cellCount += 1
    bytes.append(cell)
  }

  private func grow() {
    let larger = UnsafeMutableBufferPointer<Row.Cell>.allocate(capacity: cells.count * 2)
    _ = larger.update(fromContentsOf: cells)
    cells.deallocate()
    cells = larger
  }
}
