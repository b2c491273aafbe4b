/// One record of a table-like export: its cells as views into the reader's buffer, unquoted and
/// in UTF-8. Valid until the reader's next record.
@frozen public struct Row {
  /// Where a cell stands, counted from `base`.
  @frozen public struct Cell {
    public var offset: UInt32
    public var count: UInt32

    @inlinable package init(offset: UInt32, count: UInt32) {
      self.offset = offset
      self.count = count
    }
  }

  @usableFromInline let base: UnsafePointer<UInt8>
  @usableFromInline let cells: UnsafePointer<Cell>
  /// How many cells the record has; real files are ragged.
  public let count: Int
  /// The line of the file, from 1, on which the record begins.
  public let line: Int
  /// The record's number, from 1, counted from the first one below the header.
  public let record: Int

  @inlinable package init(
    base: UnsafePointer<UInt8>, cells: UnsafePointer<Cell>, count: Int, line: Int, record: Int
  ) {
    self.base = base
    self.cells = cells
    self.count = count
    self.line = line
    self.record = record
  }

  /// The cell of a column, counted from 0, as it stands; a record that is too short has it empty.
  @inlinable package subscript(column: Int) -> Bytes {
    guard column < count else { return .empty }
    let cell = cells[column]
    return Bytes(start: base + Int(cell.offset), count: Int(cell.count))
  }
}
