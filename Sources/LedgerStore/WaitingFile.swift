package import Records

/// A file of the inbox that runs found and did not take.
package struct WaitingFile: Hashable, Sendable {
  /// Relative to the inbox.
  package var name: String
  /// `nil` where no mapping, or more than one, takes it.
  package var mapping: String?
  /// What it waits for, a clause.
  package var reason: String
  /// What a person has to do about it at once; `nil` where waiting may end by itself.
  package var trouble: Problem?
  /// When a run found it waiting first, in milliseconds since 1970.
  package var since: Int64
  /// How many runs have found it waiting.
  package var runs: Int

  package init(
    name: String, mapping: String?, reason: String, trouble: Problem? = nil, since: Int64 = 0,
    runs: Int = 0
  ) {
    self.name = name
    self.mapping = mapping
    self.reason = reason
    self.trouble = trouble
    self.since = since
    self.runs = runs
  }
}
