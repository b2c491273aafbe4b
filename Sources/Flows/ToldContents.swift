import LedgerStore
import Records

/// How often each content was told of an order, sent or not: equal changes are told apart by their
/// number.
struct ToldContents {
  private var counts: [[UInt8]: Int] = [:]

  init(_ told: [OrderStanding.Told]) {
    for one in told { counts[Self.content(of: one), default: 0] += 1 }
  }

  /// Counts one more.
  ///
  /// - Returns: its place among them, from 1.
  mutating func next(_ content: [UInt8]) -> Int {
    counts[content, default: 0] += 1
    return counts[content, default: 1]
  }

  /// A body without the requestId that it carries.
  private static func content(of told: OrderStanding.Told) -> [UInt8] {
    let id = Array(told.requestId.utf8)
    guard let start = told.body.firstRange(of: id) else { return told.body }
    return Array(told.body[..<start.lowerBound] + told.body[start.upperBound...])
  }
}
