import Records

/// A record that is too long to be held. It is looked through piece by piece, and what is kept of it
/// is enough to tell a person which one it is.
final class LongRecord {
  /// How many bytes are kept of a cell, of all of them, and of how many.
  private static let (cellLimit, limit, cellCount) = (4 << 10, 1 << 20, 4096)

  /// The kept bytes of the cells, without quotes.
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: limit)
  let cells = UnsafeMutablePointer<Row.Cell>.allocate(capacity: cellCount)
  private(set) var count = 0
  /// Whether a quoted cell goes over several lines.
  private(set) var holdsLineBreaks = false

  private let dialect: CSVDialect
  private var size = 0
  private var state = State.beginning

  private enum State {
    case beginning, plain, quoted
    /// Behind a quote inside of a quoted cell, which closes it or is the first one of two.
    case closing
  }

  init(_ dialect: CSVDialect) {
    self.dialect = dialect
    begin()
  }

  deinit {
    bytes.deallocate()
    cells.deallocate()
  }

  var isInQuotes: Bool { state == .quoted }

  /// Looks through the next piece.
  ///
  /// - Returns: where the record ends in it; `nil` where it goes on behind it. After ``holdsLineBreaks``
  ///   the rest is not looked at.
  func take(_ piece: Bytes) -> Int? {
    for index in 0..<piece.count {
      let byte = piece[index]
      switch state {
      case .quoted:
        if byte == dialect.quote {
          state = .closing
        } else if byte == 0x0A || byte == 0x0D {
          holdsLineBreaks = true
          return index
        } else {
          keep(byte)
        }
        continue
      case .closing where byte == dialect.quote:
        state = .quoted
        keep(byte)
        continue
      case .beginning where byte == dialect.quote && byte != CSVDialect.noQuote:
        state = .quoted
        continue
      default: break
      }
      if byte == 0x0A || byte == 0x0D { return index }
      if byte == dialect.delimiter {
        begin()
      } else {
        state = .plain
        keep(byte)
      }
    }
    return nil
  }

  private func begin() {
    state = .beginning
    if count == Self.cellCount { return }
    cells[count] = Row.Cell(offset: UInt32(size), count: 0)
    count += 1
  }

  private func keep(_ byte: UInt8) {
    guard size < Self.limit, cells[count - 1].count < Self.cellLimit else { return }
    bytes[size] = byte
    size += 1
    cells[count - 1].count += 1
  }
}
