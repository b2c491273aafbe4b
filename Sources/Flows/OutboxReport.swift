package import Records

/// What was written to the outbox in one pass, and what could not be.
package struct OutboxReport: Sendable {
  /// Names of files, relative to the outbox.
  package var written: [String] = []
  /// How many files wait.
  package var waiting = 0
  /// Why any of them waits, as the ledger has it, also where it was not tried in this pass.
  package var reasons: Set<String> = []
  /// What came up in this pass; nothing twice.
  package var problems: [Problem] = []
  /// Whether something was written that had been put off.
  var hasRecovered = false

  package init() {}

  package var isEmpty: Bool { written.isEmpty && problems.isEmpty }

  mutating func add(_ problem: Problem) {
    if !problems.contains(problem) { problems.append(problem) }
  }
}
