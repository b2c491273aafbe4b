package import Records

/// Finds the rows at the end of a table that are no records: totals, counts, comments.
///
/// Such a row lacks a needed cell that every row above it fills, and begins with a comment sign, or
/// holds a word of totals, or has one cell. It is held until it is known whether a record follows.
package final class TrailingRows {
  /// The needed columns that every row so far has filled.
  private var filled: [Int]
  /// Whether a row with one cell may be no record.
  private let mayBeAlone: Bool
  private let held = RowStore()

  /// - Parameters:
  ///   - needed: the columns that a record must fill; a row that does is never held.
  ///   - mayBeAlone: whether one cell alone, below several records, is no record.
  init(needed: [Int], mayBeAlone: Bool) {
    filled = needed
    self.mayBeAlone = mayBeAlone
  }

  /// Whether a row may be no record; it is held then.
  ///
  /// - Parameter fault: what the reader found wrong with it: a record that was cut off must not pass
  ///   for a comment.
  package func hold(_ row: Row, fault: Problem?) -> Bool {
    guard lacksCell(row) else { return false }
    let mayBeHeld = fault == nil || fault?.code == "cut-off"
    if mayBeHeld, let first = firstFilled(row), isTrailing(row, first, isCut: fault != nil) {
      held.append(row)
      return true
    }
    note(row)
    return false
  }

  /// Passes on the rows that are held, since a record follows: they are records as well.
  package func release(_ take: (Row) throws(Problem) -> Void) throws(Problem) {
    if held.count == 0 { return }
    for index in 0..<held.count {
      note(held[index])
      try take(held[index])
    }
    held.removeAll()
  }

  /// Passes on the rows that are held at the end.
  package func forEach(_ body: (Row) -> Void) {
    for index in 0..<held.count { body(held[index]) }
  }

  /// Forgets the columns that a record leaves empty.
  private func note(_ row: Row) { filled.removeAll { row[$0].trimmed.isEmpty } }

  @inline(__always) private func lacksCell(_ row: Row) -> Bool {
    for column in filled where row[column].trimmed.isEmpty { return true }
    return false
  }

  private func firstFilled(_ row: Row) -> Int? {
    (0..<row.count).first { !row[$0].trimmed.isEmpty }
  }

  private func isTrailing(_ row: Row, _ first: Int, isCut: Bool) -> Bool {
    let text = CleanText.cleaned(row[first].text, keeping: .nothing).lowercased()
    if Self.comments.contains(where: text.hasPrefix) { return true }
    let words = text.split { !$0.isLetter }.map(String.init)
    if words.first.map(Self.firstWords.contains) == true { return true }
    if words.contains(where: Self.words.contains) { return true }
    guard mayBeAlone, !isCut, row.record - held.count > Self.several else { return false }
    return (first + 1..<max(first + 1, row.count)).allSatisfy { row[$0].trimmed.isEmpty }
  }

  /// Below fewer records a cell that only one row lacks says nothing.
  private static let several = 3

  private static let comments = ["#", "//", "--", "*", ";", "==", "<!--", "rem "]

  /// Words that say so only where they come first: dim sum is a dish.
  private static let firstWords: Set<String> = [
    "sum", "end", "page", "report", "exported", "generated", "printed", "created", "ende", "seite",
    "fin", "fine", "somme", "summe", "suma", "soma", "somma", "stand", "erstellt",
  ]

  private static let words: Set<String> = [
    "total", "totals", "subtotal", "totale", "totaal", "totaux", "gesamt", "gesamtsumme",
    "zwischensumme", "records", "record", "count", "rows", "lines", "entries", "products",
    "anzahl", "datensätze", "zeilen", "artikelanzahl", "nombre", "lignes", "enregistrements",
    "registros", "filas", "líneas", "righe", "aantal", "rijen", "合计", "总计", "總計", "合計", "小计",
    "小計", "总数", "總數", "รวม", "합계", "총계", "tổng", "jumlah", "итого", "всего",
  ]
}
