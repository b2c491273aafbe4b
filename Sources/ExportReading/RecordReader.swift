import Glibc
import Records

/// The records of a text of separated values (RFC 4180, and what real files do besides), without
/// any knowledge of headers.
///
/// Records end with a line feed, a carriage return or both. Lines without any text are passed
/// over: blank ones, and those of delimiters only, which spreadsheets leave behind.
final class RecordReader {
  /// The line on which the next record begins.
  private(set) var line = 1
  /// Where the record that was given last begins in the text.
  private(set) var offset = 0
  /// Whether the text ends right behind the record that was given last, without a line break.
  private(set) var isUnended = false
  /// The cell of the record that was given last which has text behind its closing quote.
  private(set) var brokenCell: Int?
  /// Whether the record that was given last is longer than any may be, and its cells are cut.
  private(set) var isTooLong = false

  private let dialect: CSVDialect
  private let name: String
  private let block: TextBlock
  private var scan: SeparatorScan
  private var quotes: SeparatorScan
  /// Whether the last record ended with a carriage return that was the block's last byte.
  private var awaitsLineFeed = false
  private var recordCount = 0

  private var cells = UnsafeMutablePointer<Row.Cell>.allocate(capacity: 64)
  private var cellCapacity = 64
  private var cellCount = 0
  /// Whether no cell of the record is quoted; then nothing of what follows has to be looked at.
  private var isPlain = true
  /// The cells that hold doubled quotes.
  private var doubled: [Int] = []
  /// The line breaks inside of the record's quoted cells.
  private var innerBreaks = 0
  /// Holds the cells of a record that is too long.
  private var longRecord: LongRecord?

  init(_ source: any ByteSource, dialect: CSVDialect, name: String, blockSize: Int) {
    self.dialect = dialect
    self.name = name
    block = TextBlock(source, size: blockSize)
    scan = SeparatorScan(dialect.delimiter)
    quotes = SeparatorScan(dialect.quote)
  }

  deinit { cells.deallocate() }

  /// Where the next record begins in the text.
  var nextOffset: Int { block.offset + block.start }

  /// Leaves out everything before an offset, where a line begins.
  func skip(to offset: Int, line: Int) throws(Problem) {
    while block.offset + block.end < offset, !block.isAtEnd {
      block.start = block.end
      try readOn()
    }
    block.start = min(block.end, max(0, offset - block.offset))
    restart()
    self.line = line
  }

  /// The next record, valid until the one after it.
  ///
  /// - Returns: nothing at the end.
  /// - Throws: a problem of the source; a quote that never closes; a record of several lines that is
  ///   too long.
  func next() throws(Problem) -> Row? {
    if isTooLong { isTooLong = false }
    while let end = try findRecord() {
      let begin = block.start
      let firstLine = line
      pass(end)
      let base = block.bytes + begin
      if isBlank(Bytes(start: base, count: end - begin)) { continue }
      if !doubled.isEmpty { collapseQuotes(base) }
      offset = block.offset + begin
      recordCount += 1
      return Row(
        base: base, cells: cells, count: cellCount, line: firstLine, record: recordCount)
    }
    return isTooLong ? try passLong() : nil
  }

  /// Splits the next record into its cells, reading on where the block cuts it.
  ///
  /// - Returns: the index of its end; `nil` where the text has ended, or where the record is too long
  ///   to be held.
  private func findRecord() throws(Problem) -> Int? {
    while true {
      if block.start < block.end {
        if let end = split() { return end }
        if block.isAtEnd {
          throw CSVFault.unclosedQuote(file: name, line: line + innerBreaks)
        }
      } else if block.isAtEnd {
        return nil
      }
      isTooLong = try !readOn()
      if isTooLong { return nil }
    }
  }

  /// - Returns: false where the block is full of one record.
  @discardableResult
  private func readOn() throws(Problem) -> Bool {
    guard try block.readOn() else { return false }
    if awaitsLineFeed, block.end > 0, block.bytes[0] == 0x0A { block.start = 1 }
    awaitsLineFeed = false
    restart()
    return true
  }

  /// Moves behind a record that the block cannot hold.
  ///
  /// - Throws: one of several lines: where its quotes are wrong, it may hold other records.
  private func passLong() throws(Problem) -> Row {
    forgetQuotes()
    let record = LongRecord(dialect)
    longRecord = record
    offset = block.offset + block.start
    var end = record.take(block.slice(block.start, block.end))
    while end == nil, !block.isAtEnd {
      block.start = block.end
      _ = try block.readOn()
      end = record.take(block.slice(block.start, block.end))
    }
    if record.holdsLineBreaks { throw CSVFault.longRecord(file: name, line: line) }
    if record.isInQuotes { throw CSVFault.unclosedQuote(file: name, line: line) }
    let firstLine = line
    block.start = end.map { block.start + $0 } ?? block.end
    restart()
    if block.start < block.end { _ = scan.next(block.bytes) }
    pass(block.start)
    restart()
    recordCount += 1
    return Row(
      base: record.bytes, cells: record.cells, count: record.count, line: firstLine,
      record: recordCount)
  }

  private func restart() {
    scan.restart(block.bytes, at: block.start)
    quotes.restart(block.bytes, at: block.start)
  }

  /// Moves behind a record's end and its line break.
  private func pass(_ end: Int) {
    line += innerBreaks + 1
    isUnended = end == block.end
    if isUnended {
      block.start = end
    } else if block.bytes[end] == 0x0D, end + 1 == block.end {
      awaitsLineFeed = true
      block.start = end + 1
    } else if block.bytes[end] == 0x0D, block.bytes[end + 1] == 0x0A {
      block.start = scan.next(block.bytes) + 1
    } else {
      block.start = end + 1
    }
  }

  /// - Returns: the index of the record's end, or nothing where more of the text is needed.
  private func split() -> Int? {
    // What the loop needs is kept out of the object, so that it stays in registers.
    let (bytes, start, blockEnd) = (block.bytes, block.start, block.end)
    let (delimiter, quote) = (dialect.delimiter, dialect.quote)
    var (scan, quotes) = (self.scan, self.quotes)
    var (cells, capacity, count) = (self.cells, cellCapacity, 0)
    defer {
      (self.scan, self.quotes) = (scan, quotes)
      cellCount = count
    }
    if !isPlain { forgetQuotes() }
    var begin = start
    while true {
      if count == capacity { (cells, capacity) = growCells() }
      let end: Int
      if bytes[begin] == quote, quote != CSVDialect.noQuote {
        guard let quoted = splitQuoted(at: begin, cell: count, &scan, &quotes) else { return nil }
        (cells[count], end) = quoted
      } else {
        end = scan.next(bytes)
        cells[count].offset = UInt32(truncatingIfNeeded: begin &- start)
        cells[count].count = UInt32(truncatingIfNeeded: end &- begin)
      }
      count &+= 1
      if end == blockEnd { return block.isAtEnd ? end : nil }
      guard bytes[end] == delimiter else { return end }
      begin = end &+ 1
    }
  }

  private func forgetQuotes() {
    isPlain = true
    innerBreaks = 0
    if brokenCell != nil { brokenCell = nil }
    if !doubled.isEmpty { doubled.removeAll(keepingCapacity: true) }
  }

  private func cell(_ begin: Int, _ end: Int) -> Row.Cell {
    Row.Cell(
      offset: UInt32(truncatingIfNeeded: begin), count: UInt32(truncatingIfNeeded: end - begin))
  }

  /// - Returns: the cell and the index of the separator behind it, or nothing where more of the
  ///   text is needed.
  @inline(__always) private func splitQuoted(
    at begin: Int, cell index: Int, _ scan: inout SeparatorScan, _ quotes: inout SeparatorScan
  ) -> (Row.Cell, Int)? {
    let bytes = block.bytes
    let found = QuotedCell.find(
      bytes, at: begin, end: block.end, isAtEnd: block.isAtEnd, quote: dialect.quote, &quotes)
    isPlain = false
    guard let found else { return nil }
    scan.skip(bytes, to: found.closing + 1)
    let end = scan.next(bytes)
    innerBreaks += found.lineBreaks
    if end == found.closing + 1 || block.slice(found.closing + 1, end).trimmed.isEmpty {
      if found.holdsDoubledQuotes { noteDoubledQuotes(in: index) }
      return (cell(begin + 1 - block.start, found.closing - block.start), end)
    }
    noteBroken(index)
    return (cell(begin - block.start, end - block.start), end)
  }

  @inline(never) private func noteDoubledQuotes(in cell: Int) { doubled.append(cell) }

  @inline(never) private func noteBroken(_ cell: Int) { brokenCell = brokenCell ?? cell }

  /// Takes one of every two quotes out of the cells that hold some, in their own place.
  private func collapseQuotes(_ base: UnsafeMutablePointer<UInt8>) {
    for cell in doubled {
      let start = base + Int(cells[cell].offset)
      let count = Int(cells[cell].count)
      var (from, to) = (0, 0)
      while from < count {
        let found = memchr(start + from, Int32(dialect.quote), count - from)
        let behind = found.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) + 1 } ?? count
        memmove(start + to, start + from, behind - from)
        to += behind - from
        from = behind + 1
      }
      cells[cell].count = UInt32(truncatingIfNeeded: to)
    }
  }

  /// Whether a record holds delimiters only, or nothing but white space. Old programs end a file
  /// with a control-Z.
  private func isBlank(_ record: Bytes) -> Bool {
    if record.count < cellCount { return true }
    guard cellCount == 1 else { return false }
    return record.buffer.allSatisfy { $0.isSpace || $0 == 0x1A }
  }

  private func growCells() -> (cells: UnsafeMutablePointer<Row.Cell>, capacity: Int) {
    let larger = UnsafeMutablePointer<Row.Cell>.allocate(capacity: 2 * cellCapacity)
    larger.update(from: cells, count: cellCapacity)
    cells.deallocate()
    cells = larger
    cellCapacity *= 2
    return (cells, cellCapacity)
  }
}
