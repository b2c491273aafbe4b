package import Records

/// Whether a file can be taken in this run, and if not, what it waits for.
package enum Readiness: Hashable, Sendable {
  /// Complete, as far as can be known; it looked so.
  case whole(Look)
  /// Somebody is still at work on it.
  case growing(Growth)
  /// The marker that this mapping waits for (`ready: marker`) is not there.
  case waitsForMarker
  /// The kernel cannot say who writes to it, so the next run must see the same: hand it this look.
  case waitsForNextRun(Look)
  /// The last line is not the one that the mapping states.
  case lastLineMissing(expected: String)
  /// Its owner took it away again.
  case gone
  /// It cannot be read.
  case unreadable(Problem)

  package enum Growth: Hashable, Sendable {
    case openForWriting
    /// Between two looks, or while it was read or taken.
    case changed
  }

  /// What it waits for, a clause; nothing where it can be taken.
  package var reason: String? {
    switch self {
    case .whole: nil
    case .growing(.openForWriting): "another program has it open for writing"
    case .growing(.changed): "it is still changing"
    case .waitsForMarker: "its marker NAME\(FileNames.marker) is not there yet"
    case .waitsForNextRun:
      "the system cannot say whether another program is writing it, so the next run looks again"
    case .lastLineMissing(let expected):
      "its last line is not \(Problem.shown(expected)), so it is not complete yet"
    case .gone: "it was taken away again"
    case .unreadable(let problem): problem.message
    }
  }
}
