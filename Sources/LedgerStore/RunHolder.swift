package import Records

/// The run that holds the lock, as far as it has said who it is. Times are milliseconds since 1970.
package struct RunHolder: Hashable, Sendable {
  package var pid: Int32?
  /// When it began.
  package var since: Int64?
  /// When it last made progress.
  package var movedAt: Int64?
  /// What it did then, in its own words; `nil` where it has just begun.
  package var activity: String?

  /// How long a run may make no progress before a person must look, in minutes.
  private static let patience: Int64 = 10

  /// - Parameter text: what ``RunLock`` has written.
  init(text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let words = lines[0].split(separator: " ")
    guard words.count == 2 else { return }
    pid = Int32(words[0])
    since = Int64(words[1])
    movedAt = since
    let progress = (lines.count > 1 ? lines[1] : "").split(separator: " ", maxSplits: 1)
    guard let moved = progress.first.flatMap({ Int64($0) }) else { return }
    movedAt = moved
    activity = progress.dropFirst().first.flatMap(RunLock.unpadded)
  }

  /// `A run (process 12) is active: "Reading Inbox/products/menu.csv, 40 %"`.
  package var words: String {
    "A run\(pid.map { " (process \($0))" } ?? "") is active"
      + (activity.map { ": \(Problem.shown($0))" } ?? "")
  }

  /// That it seems to hang; `nil` as long as it moves, however long it takes.
  package func problem(at now: Int64) -> Problem? {
    guard let pid, let movedAt else { return nil }
    let minutes = (now - movedAt) / 60_000
    guard minutes >= Self.patience else { return nil }
    let last = activity.map { "; it was at \(Problem.shown($0))" } ?? " since it began"
    return Problem(
      "run-stuck",
      "the run of process \(pid) has made no progress for \(minutes) minutes\(last)",
      remedy: "Look whether a disk or share that it works on hangs; then end it with "
        + "`kill -9 \(pid)`: the next run goes on with what it had begun.",
      category: .ours)
  }
}
