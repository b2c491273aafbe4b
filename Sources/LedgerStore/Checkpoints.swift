import Dispatch
import GRDB
package import Records
import Synchronization

/// Copies what the log holds into the database's file while others go on writing, on a thread and a
/// connection of its own: in a large ledger every order touches pages all over the file, and no
/// answer may wait until those are on the disk.
final class Checkpoints: Sendable {
  /// After so many orders or changes of them. A page that many of them touch is copied once.
  private static let interval = 600

  /// How often a copy looks again for what was written meanwhile. Each time that is less; once it is
  /// nothing, the log begins anew, and the writer never has to copy it.
  private static let passes = 8

  private let worker = DispatchQueue(label: "checkpoints")
  private let state = Mutex(State())

  private struct State {
    var queue: DatabaseQueue?
    var count = 0
    var isUnderWay = false
  }

  /// Begins to see to the log of a database.
  func start(_ path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { try Ledger.makeDurable($0) }
    state.withLock { $0.queue = queue }
  }

  /// Says that something was written; costs next to nothing.
  func note(_ count: Int) {
    let isDue = state.withLock { state in
      guard state.queue != nil else { return false }
      state.count += count
      if state.isUnderWay || state.count < Self.interval { return false }
      state.count = 0
      state.isUnderWay = true
      return true
    }
    if isDue { worker.async { self.copy() } }
  }

  /// Ends; a copy that is under way is waited for.
  func stop() {
    worker.sync {
      let queue = state.withLock { $0.queue.take() }
      try? queue?.close()
    }
  }

  private func copy() {
    let queue = state.withLock { $0.queue }
    var copied: Int?
    for _ in 0..<Self.passes {
      let length = queue.flatMap(Self.copyOnce)
      if length == nil || length == copied { break }
      copied = length
    }
    state.withLock { $0.isUnderWay = false }
  }

  /// - Returns: the log's length in pages; `nil` where nothing could be copied. That is done by the
  ///   writer's own checkpoint, or told by its commit.
  private static func copyOnce(_ queue: DatabaseQueue) -> Int? {
    try? queue.writeWithoutTransaction { db in
      try GRDB.Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")?[1]
    }
  }
}

extension Ledger {
  /// Prepares for many orders: see ``Checkpoints``, and the pages that orders touch are kept in
  /// memory, 16 MB of them at most.
  package func expectOrders() throws(Problem) {
    do {
      try checkpoints.start(path)
      try queue.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA cache_size = -\(Self.cachedKilobytes)")
        // Where orders come faster than the disk takes them, the writer waits once in so many pages.
        try db.execute(sql: "PRAGMA wal_autocheckpoint = \(Self.longestLog)")
      }
    } catch {
      throw LedgerFault(path: path).problem(error)
    }
  }

  private static let cachedKilobytes = 16_000

  /// In pages; 64 MB.
  private static let longestLog = 16_384
}
