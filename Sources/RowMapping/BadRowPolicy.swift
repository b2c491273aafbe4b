/// What becomes of a file with bad rows.
package struct BadRowPolicy: Sendable, Hashable {
  /// Whether the good rows go on without the bad ones.
  package var skips: Bool
  /// Beyond it the file is refused anyway.
  package var limit: Limit

  package enum Limit: Sendable, Hashable {
    case rows(Int)
    case percent(Double)
  }

  package init(skips: Bool, limit: Limit) {
    self.skips = skips
    self.limit = limit
  }

  /// Whether a file of which this became may go on.
  package func allows(_ outcome: MappingOutcome) -> Bool {
    outcome.isWhole && allows(bad: outcome.badRecords, of: outcome.records)
  }

  /// Whether a file with so many bad records may go on.
  package func allows(bad: Int, of records: Int) -> Bool {
    guard bad > 0 else { return true }
    guard skips else { return false }
    return switch limit {
    case .rows(let count): bad <= count
    case .percent(let share): Double(bad) * 100 <= share * Double(records)
    }
  }
}
