/// What is to become of a claimed file; recorded before the file is moved.
package struct FileDecision: Hashable, Sendable {
  /// The file's id in the ledger.
  package var file: Int64
  package var outcome: FileOutcome
  /// Where it is to be filed, relative to the inbox; nothing where the original stays, is deleted,
  /// or waits.
  package var target: String?
  /// SHA-256 of the content in hex; nothing leaves what is recorded.
  package var digest: String?
  /// How many records it holds.
  package var records: Int
  package var problems: Int
  /// For a person, in words.
  package var summary: String
  /// The report of its problems, relative to the inbox; `nil` leaves what is recorded.
  package var report: String?
  /// The file itself is gone.
  package var isLost: Bool

  package init(
    file: Int64, _ outcome: FileOutcome, target: String? = nil, digest: String? = nil,
    records: Int = 0, problems: Int = 0, summary: String = "", report: String? = nil,
    isLost: Bool = false
  ) {
    self.file = file
    self.outcome = outcome
    self.target = target
    self.digest = digest
    self.records = records
    self.problems = problems
    self.summary = summary
    self.report = report
    self.isLost = isLost
  }
}
