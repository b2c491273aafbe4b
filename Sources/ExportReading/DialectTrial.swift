import Glibc

/// Reads a whole text as if it were written in one dialect, and counts what comes out.
struct DialectTrial {
  let dialect: CSVDialect
  /// How many cells were enclosed in quotes.
  private(set) var quotedCells = 0
  /// How many of them were followed by a delimiter or a line break, as they should.
  private(set) var cleanCells = 0
  /// The records that hold more than delimiters.
  private(set) var records = 0
  /// The line on which the last quoted cell opened.
  private(set) var openedLine = 1
  /// Whether the text goes on inside of quotes.
  private(set) var isInside = false

  /// Records by how many cells they have; the last number stands for all that are wider.
  private var widths = [Int](repeating: 0, count: 4097)
  private var recordBegin: Int
  private var separators = 0
  private var awaitsSecondQuote = false
  private var followsBoundary = true

  /// - Parameter offset: where the text begins, for the chunks' offsets.
  init(_ dialect: CSVDialect, from offset: Int) {
    self.dialect = dialect
    recordBegin = offset
  }

  /// - Parameters:
  ///   - separators: marks the dialect's delimiter.
  ///   - quotes: marks its quote.
  @inline(__always) mutating func take(
    _ chunk: SurveyChunk, separators: UInt64, quotes: UInt64
  ) {
    let boundaries = separators | chunk.breaks
    let openers = quotes & (boundaries << 1 | (followsBoundary ? 1 : 0))
    followsBoundary = boundaries >> 63 == 1
    if isInside || openers != 0 {
      takeQuoted(chunk, separators, quotes, openers)
    } else {
      takePlain(chunk, separators, chunk.breaks)
    }
  }

  private mutating func takeQuoted(
    _ chunk: SurveyChunk, _ separators: UInt64, _ quotes: UInt64, _ openers: UInt64
  ) {
    var index = 0
    while index < ByteChunk.size {
      if awaitsSecondQuote {
        awaitsSecondQuote = false
        if quotes.has(index) {
          index += 1
        } else {
          isInside = false
          if (separators | chunk.breaks).has(index) { cleanCells += 1 }
        }
      } else if isInside {
        index = quotes.from(index).trailingZeroBitCount + 1
        awaitsSecondQuote = index <= ByteChunk.size
      } else {
        let opener = openers.from(index).trailingZeroBitCount
        takePlain(
          chunk, separators.from(index).below(opener), chunk.breaks.from(index).below(opener))
        isInside = opener < ByteChunk.size
        if isInside {
          quotedCells += 1
          openedLine = chunk.line(at: opener)
        }
        index = opener + 1
      }
    }
  }

  @inline(__always) private mutating func takePlain(
    _ chunk: SurveyChunk, _ marks: UInt64, _ breaks: UInt64
  ) {
    var (marks, breaks) = (marks, breaks)
    while breaks != 0 {
      let below = (breaks & (0 &- breaks)) &- 1
      if marks & below != 0 { separators += (marks & below).nonzeroBitCount }
      endRecord(at: chunk.offset + breaks.trailingZeroBitCount)
      marks &= ~below
      breaks &= breaks &- 1
    }
    if marks != 0 { separators += marks.nonzeroBitCount }
  }

  /// A record that is no longer than its delimiters holds nothing.
  private mutating func endRecord(at offset: Int) {
    if offset - recordBegin > separators {
      widths[min(separators + 1, widths.count - 1)] += 1
      records += 1
    }
    recordBegin = offset + 1
    separators = 0
  }

  /// The width that stands for the file, and how large a share of the records has it. Of two that
  /// are about equally frequent it is the greater one: a few lines of title are not the table.
  var mode: (width: Int, share: Double) {
    var best = (width: 1, weight: 0.0, count: 0)
    for (width, count) in widths.enumerated() where count > 0 {
      let weight = Double(count) * (1 + log2(Double(width)))
      if weight > best.weight { best = (width, weight, count) }
    }
    return (best.width, Double(best.count) / Double(max(records, 1)))
  }
}

extension UInt64 {
  fileprivate func has(_ index: Int) -> Bool { self >> UInt64(index) & 1 == 1 }
}
