/// Which ledger it is, and how far it had come: one line in a file beside the ledger and in a second
/// folder, so that a ledger that is gone, or older than it was, is noticed.
package struct LedgerMark: Hashable, Sendable {
  /// 32 random hex digits.
  package let ledger: String
  /// Rises at each start and about once a minute of work.
  package let generation: Int64
  /// When it rose last, in milliseconds since 1970.
  package let raisedAt: Int64

  init(ledger: String, generation: Int64, raisedAt: Int64) {
    self.ledger = ledger
    self.generation = generation
    self.raisedAt = raisedAt
  }

  /// Reads what ``text`` wrote.
  ///
  /// - Returns: `nil` for anything else.
  init?(text: String) {
    let words = text.split { $0 == " " || $0 == "\n" }
    guard words.count == 3, words[0].utf8.count == 32, let generation = Int64(words[1]),
      let raisedAt = Int64(words[2])
    else { return nil }
    self.init(ledger: String(words[0]), generation: generation, raisedAt: raisedAt)
  }

  var text: String { "\(ledger) \(generation) \(raisedAt)\n" }
}
