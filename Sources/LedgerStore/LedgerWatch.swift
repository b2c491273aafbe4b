import GRDB
import Glibc
import Records
import Synchronization

/// Watches over an open ledger: whether its path still leads to it, and how far it has come.
package final class LedgerWatch: Sendable {
  /// How long the ledger works without raising its generation.
  private static let pause = Duration.seconds(60)

  /// Keys of files that were given to the POS within so many milliseconds are noted where nothing
  /// is noted yet: three days.
  private static let lately: Int64 = 3 * 86_400_000

  let marks: LedgerMarks
  let now: @Sendable () -> Int64
  private let path: String
  private let state = Mutex(State())

  private struct State {
    /// The database and its log, as they were opened.
    var files: [OpenedFile] = []
    var raisedAt = ContinuousClock.now
    var problems: [Problem] = []
    var hasGivenBefore = false
  }

  init(path: String, marks: LedgerMarks, now: @escaping @Sendable () -> Int64) {
    self.path = path
    self.marks = marks
    self.now = now
  }

  /// The time of day, in milliseconds since 1970.
  package static let wallClock: @Sendable () -> Int64 = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Why marks could not be written when the ledger was opened.
  var problems: [Problem] { state.withLock { $0.problems } }

  /// Whether orders are known of which only the files outside the ledger say that they were given.
  var hasGivenBefore: Bool { state.withLock { $0.hasGivenBefore } }

  var isRaiseDue: Bool {
    state.withLock { $0.raisedAt.duration(to: .now) > Self.pause }
  }

  /// Writes the mark of a generation that is durable.
  func note(_ mark: LedgerMark) {
    state.withLock { $0.raisedAt = .now }
    marks.write(mark)
  }

  /// - Throws: `ledger-moved` where the path does not lead to the open files any more.
  func checkPlace() throws(Problem) {
    let isInPlace = state.withLock { $0.files.allSatisfy(\.isInPlace) }
    if !isInPlace { throw LedgerFault(path: path).moved }
  }

  /// Finds out which state of which ledger it is, and raises its generation.
  func begin(_ queue: DatabaseQueue, after former: FormerLedger) throws {
    let now = now()
    let (mark, hasGivenBefore) = try queue.write { db in
      try db.noteGap(against: marks, isNew: former.isReplaced, at: now)
      let mark = try db.raiseGeneration(at: now, above: marks.newest)
      return (mark, try db.hasGivenBefore())
    }
    let problems = marks.writeFirst(mark)
    try marks.fill { try queue.read { try $0.givenKeys(since: now - Self.lately) } }
    state.withLock { state in
      state.files = [path, path + "-wal"].compactMap { OpenedFile($0) }
      state.raisedAt = .now
      state.problems = problems
      state.hasGivenBefore = hasGivenBefore
    }
  }
}
