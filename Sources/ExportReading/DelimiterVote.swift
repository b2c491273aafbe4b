import Glibc
import Records

/// Finds out which delimiter and which quote a file uses, by reading all of it with every
/// delimiter that comes into question at the same time.
///
/// A delimiter is good when many records have equally many cells, better when they have many, and
/// best when its header line holds the headers that are wanted.
struct DelimiterVote {
  /// What encloses cells.
  private let quote: UInt8
  private var trials: [DialectTrial]
  private var quotationMarks = Enclosures()
  private var apostrophes = Enclosures()

  /// - Parameter offset: where the text begins, for the chunks' offsets.
  init(_ statement: FormatStatement, from offset: Int) {
    let quote = statement.quote ?? CSVDialect.quotationMark
    let delimiters = statement.delimiter.map { [$0] } ?? CSVDialect.delimiters
    self.quote = quote
    trials = delimiters.map {
      DialectTrial(CSVDialect(delimiter: $0, quote: quote), from: offset)
    }
  }

  mutating func take(_ chunk: SurveyChunk) {
    let quotes = quote == CSVDialect.noQuote ? 0 : chunk.bytes.marks(quote)
    let others = chunk.bytes.marks(CSVDialect.apostrophe)
    var boundaries = chunk.breaks
    trials.withUnsafeMutableBufferPointer { trials in
      for index in trials.indices {
        let separators = chunk.bytes.marks(trials[index].dialect.delimiter)
        boundaries |= separators
        trials[index].take(chunk, separators: separators, quotes: quotes)
      }
    }
    quotationMarks.take(quotes, boundaries)
    apostrophes.take(others, boundaries)
  }

  /// Whether cells may be enclosed in apostrophes, although the text was read as if they were
  /// enclosed in quotation marks.
  var suspectsApostrophes: Bool {
    quote == CSVDialect.quotationMark && apostrophes.count > quotationMarks.count
  }

  /// The likeliest dialect, with the header line that was found in it.
  func winner(_ search: HeaderSearch) -> (trial: DialectTrial, header: HeaderLine?) {
    var best = (trial: trials[0], header: HeaderLine?.none, score: -1.0)
    for trial in trials {
      let header = search.find(in: trial)
      let score = Self.score(trial, header)
      if score > best.score { best = (trial, header, score) }
    }
    return (best.trial, best.header)
  }

  private static func score(_ trial: DialectTrial, _ header: HeaderLine?) -> Double {
    let (width, share) = trial.mode
    let place = header.map { $0.recordsAbove == 0 ? 1 : 0.8 } ?? 0.5
    return share * log2(Double(width)) * place + 100 * Double(header?.wantedFound ?? 0)
  }
}

/// Counts the marks of one kind that stand at both ends of cells.
private struct Enclosures {
  private var opening = 0
  private var closing = 0
  private var followsBoundary: UInt64 = 1
  private var endsChunk = false

  /// How many cells the marks may enclose.
  var count: Int { min(opening, closing) }

  @inline(__always) mutating func take(_ marks: UInt64, _ boundaries: UInt64) {
    if endsChunk, boundaries & 1 == 1 { closing += 1 }
    if marks != 0 {
      opening += (marks & (boundaries << 1 | followsBoundary)).nonzeroBitCount
      closing += (marks & boundaries >> 1).nonzeroBitCount
    }
    endsChunk = marks >> 63 == 1
    followsBoundary = boundaries >> 63
  }
}
