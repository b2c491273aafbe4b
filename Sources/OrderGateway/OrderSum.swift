import Records

/// What prices add up to, in the smallest unit.
///
/// D-Store's public pages don't say whether the price of something chosen with a product counts
/// for each piece or once for the line; so both sums are made, and either may be right.
struct OrderSum {
  private var forEachPiece: Int64 = 0
  private var onceForTheLine: Int64 = 0
  private(set) var currencies: Set<String> = []
  private(set) var isTooLarge = false

  /// Whether anything had a price.
  var isPriced: Bool { !currencies.isEmpty }

  func isPossible(_ total: Int64) -> Bool { total == forEachPiece || total == onceForTheLine }

  /// `12.50 SGD`, or `12.50 SGD or 13.00 SGD` where it depends on how choices count.
  var words: String {
    let sums = forEachPiece == onceForTheLine ? [forEachPiece] : [onceForTheLine, forEachPiece]
    let currency = currencies.first.flatMap(Currency.init(code:))
    return sums.map { sum in currency.map { Amount(value: sum, currency: $0).words } ?? "\(sum)" }
      .joined(separator: " or ")
  }

  mutating func add(_ other: OrderSum) {
    currencies.formUnion(other.currencies)
    isTooLarge = isTooLarge || other.isTooLarge
    forEachPiece = exactly(forEachPiece.addingReportingOverflow(other.forEachPiece))
    onceForTheLine = exactly(onceForTheLine.addingReportingOverflow(other.onceForTheLine))
  }

  /// The sum of a line of which this is the sum of what was chosen with it.
  func line(price: Amount?, quantity: Int64) -> OrderSum {
    var line = self
    let value = price?.value ?? 0
    if let price { line.currencies.insert(price.currency.code) }
    let piece = line.exactly(forEachPiece.addingReportingOverflow(value))
    line.forEachPiece = line.exactly(piece.multipliedReportingOverflow(by: quantity))
    let pieces = line.exactly(value.multipliedReportingOverflow(by: quantity))
    line.onceForTheLine = line.exactly(onceForTheLine.addingReportingOverflow(pieces))
    return line
  }

  private mutating func exactly(_ result: (partialValue: Int64, overflow: Bool)) -> Int64 {
    isTooLarge = isTooLarge || result.overflow
    return result.overflow ? 0 : result.partialValue
  }
}
