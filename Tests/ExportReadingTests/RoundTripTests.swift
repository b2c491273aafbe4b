import ExportReading
import Records
import Testing

/// Random tables, written by RFC 4180 in random dialects, are read back as they were.
@Suite struct RoundTripTests {
  private struct Writer {
    var delimiter: Character
    var quote: Character
    var lineEnds: [String]
    var quotesAll: Bool
    var endsWithBreak: Bool

    static func random(_ generator: inout SplitMix) -> Writer {
      Writer(
        delimiter: [",", ";", "\t", "|"].randomElement(using: &generator)!,
        quote: ["\"", "\"", "'"].randomElement(using: &generator)!,
        lineEnds: [["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]].randomElement(
          using: &generator)!,
        quotesAll: Bool.random(using: &generator), endsWithBreak: Bool.random(using: &generator))
    }

    func text(_ rows: [[String]], _ generator: inout SplitMix) -> String {
      var text = ""
      for (index, row) in rows.enumerated() {
        text += row.map(cell).joined(separator: String(delimiter))
        if index < rows.count - 1 || endsWithBreak {
          text += lineEnds.randomElement(using: &generator)!
        }
      }
      return text
    }

    private func cell(_ text: String) -> String {
      let special: Set<Unicode.Scalar> = ["\r", "\n"]
      let isSpecial =
        text.contains(delimiter) || text.contains(quote)
        || text.unicodeScalars.contains(where: special.contains)
      guard isSpecial || quotesAll else { return text }
      return String(quote)
        + text.replacing(String(quote), with: String(repeating: quote, count: 2)) + String(quote)
    }
  }

  /// A generator that gives the same numbers for the same seed (Steele, Lea, Flood: SplitMix).
  struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }

  private static let pieces = [
    "a", "Tea", " ", "é", "麺", "☕", ",", ";", "\t", "|", "\"", "'", "\n", "\r", "\r\n", "\"\"",
    "0", "1.5", "<b>", "\\", String(repeating: "long ", count: 20),
  ]

  private func table(_ generator: inout SplitMix) -> [[String]] {
    let width = Int.random(in: 2...12, using: &generator)
    let height = Int.random(in: 1...30, using: &generator)
    return (0...height).map { row in
      (0..<width).map { column in
        if row == 0 { return "Column \(column)" }
        if column == 0 { return "R\(row)" }
        let count = Int.random(in: 0...5, using: &generator)
        return (0..<count).map { _ in Self.pieces.randomElement(using: &generator)! }.joined()
      }
    }
  }

  @Test("stated dialects", arguments: 0..<150)
  func stated(_ seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    let writer = Writer.random(&generator)
    let rows = table(&generator)
    let export = try Export(writer.text(rows, &generator))
    let statement = FormatStatement(
      delimiter: writer.delimiter.asciiValue, quote: writer.quote.asciiValue, skipLines: 0)
    for blockSize in [1, Int.random(in: 2...300, using: &generator), 1 << 20] {
      let read = try export.table(statement, blockSize: blockSize)
      #expect(read.header == rows[0])
      #expect(read.rows == Array(rows.dropFirst()))
      #expect(read.faults == [])
    }
  }

  @Test("detected dialects", arguments: 0..<150)
  func detected(_ seed: Int) throws {
    var generator = SplitMix(state: UInt64(1_000 + seed))
    var writer = Writer.random(&generator)
    writer.quotesAll = writer.quotesAll || writer.quote == "'"
    let rows = table(&generator)
    let read = try Export(writer.text(rows, &generator)).table()
    #expect(read.survey.dialect.delimiter == writer.delimiter.asciiValue)
    #expect(read.header == rows[0])
    #expect(read.rows == Array(rows.dropFirst()))
  }

  @Test("whatever bytes come, a file is read to its end or refused", arguments: 0..<40)
  func noise(_ seed: Int) throws {
    var generator = SplitMix(state: UInt64(2_000 + seed))
    let alphabet = [UInt8]("ab1,;\"'\n\r\t| ".utf8) + [0xC3, 0xA9, 0xFF, 0xE2]
    let bytes = (0..<Int.random(in: 1...600, using: &generator)).map { _ in
      alphabet.randomElement(using: &generator)!
    }
    let statement = FormatStatement(encoding: seed % 2 == 0 ? "utf-8" : nil)
    let export = try Export(bytes)
    if let refusal = export.refusal(statement) {
      #expect(["bad-byte", "unclosed-quote", "empty-file"].contains(refusal.code))
    } else {
      let whole = try export.table(statement)
      let pieces = try export.table(statement, blockSize: 3)
      #expect(whole.rows == pieces.rows)
      #expect(whole.lines == pieces.lines)
      #expect(whole.faults == pieces.faults)
      #expect((whole.lines.last ?? 0) <= whole.survey.lines)
    }
  }
}
