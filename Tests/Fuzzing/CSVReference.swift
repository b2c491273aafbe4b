import ExportReading
import Records

/// A reader of separated values that is as plain as can be, to compare the real one with.
struct CSVReference {
  struct Record: Equatable {
    var line: Int
    var cells: [[UInt8]]
    /// The cell that has text behind its closing quote.
    var brokenCell: Int?
  }

  /// Nothing where a quote is never closed.
  private(set) var records: [Record]?
  private let text: [UInt8]
  private let dialect: CSVDialect
  private var place = 0
  private var line = 1

  /// - Parameters:
  ///   - text: UTF-8 without a byte order mark.
  ///   - first: the line on which the first record begins.
  init(_ text: [UInt8], _ dialect: CSVDialect, from first: Int) {
    self.text = text
    self.dialect = dialect
    while line < first, place < text.count { passByte() }
    records = []
    while place < text.count, records != nil { takeRecord() }
  }

  private var isAtLineBreak: Bool { text[place] == 0x0A || text[place] == 0x0D }

  private mutating func takeRecord() {
    let (begin, firstLine) = (place, line)
    var record = Record(line: firstLine, cells: [])
    while true {
      guard let cell = takeCell() else { return records = nil }
      if cell.isBroken, record.brokenCell == nil { record.brokenCell = record.cells.count }
      record.cells.append(cell.bytes)
      guard place < text.count, !isAtLineBreak else { break }
      place += 1
    }
    let length = place - begin
    if place < text.count { passByte() }
    if !isBlank(text[begin..<begin + length], record.cells.count) { records?.append(record) }
  }

  /// Reads up to the next delimiter or line break that belongs to no cell.
  private mutating func takeCell() -> (bytes: [UInt8], isBroken: Bool)? {
    let begin = place
    var content: [UInt8]?
    if place < text.count, text[place] == dialect.quote, dialect.quote != CSVDialect.noQuote {
      guard let quoted = takeQuoted() else { return nil }
      content = quoted
    }
    let behind = place
    while place < text.count, text[place] != dialect.delimiter, !isAtLineBreak { place += 1 }
    guard let content else { return (Array(text[begin..<place]), false) }
    let isClean = text[behind..<place].allSatisfy(\.isSpace)
    return isClean ? (content, false) : (Array(text[begin..<place]), true)
  }

  private mutating func takeQuoted() -> [UInt8]? {
    var content: [UInt8] = []
    place += 1
    while place < text.count {
      if text[place] != dialect.quote {
        let from = place
        passByte()
        content += text[from..<place]
      } else if place + 1 < text.count, text[place + 1] == dialect.quote {
        content.append(dialect.quote)
        place += 2
      } else {
        place += 1
        return content
      }
    }
    return nil
  }

  /// Passes a byte, or the two bytes of one line break.
  private mutating func passByte() {
    if isAtLineBreak { line += 1 }
    let isPair = text[place] == 0x0D && place + 1 < text.count && text[place + 1] == 0x0A
    place += isPair ? 2 : 1
  }

  private func isBlank(_ record: ArraySlice<UInt8>, _ cellCount: Int) -> Bool {
    if record.count < cellCount { return true }
    return cellCount == 1 && record.allSatisfy { $0.isSpace || $0 == 0x1A }
  }
}
