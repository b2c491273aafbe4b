import GRDB
package import Records
import Synchronization

/// What was sent, what came back and what became of every file: the connector's only memory.
///
/// One SQLite database, shared by processes of which any may be killed at any instruction. Each
/// method is one whole transaction that is on the disk when the method returns. Times are passed
/// in, in milliseconds since 1970; nothing here looks at a clock.
package final class Ledger: Sendable {
  /// The database's file.
  package let path: String
  /// Nothing may be written.
  package let isForLooking: Bool
  let queue: DatabaseQueue
  /// `nil` for looking.
  let watch: LedgerWatch?
  let marks: LedgerMarks
  private let storageWarnings: [Problem]
  let checkpoints = Checkpoints()
  private let usage = Mutex(Usage())

  /// Who is at work: a database that is asked after it was closed ends the whole program.
  private struct Usage {
    var count = 0
    var isClosing = false
  }

  /// Opens the ledger for writing; creates it, and its folder, where it is missing.
  ///
  /// - Parameters:
  ///   - folder: its folder (`state:` in connector.yaml).
  ///   - surroundings: what lies around it; `nil` where it stands alone.
  ///   - beginsAnew: whether a new ledger is to replace one that is gone.
  ///   - patience: how long to wait for another process, in milliseconds.
  ///   - now: milliseconds since 1970, for the ledger's mark.
  /// - Throws: a problem where it is damaged, newer than this program, on a network file system,
  ///   locked for too long, or cannot be written; `ledger-missing` where there was one before, and
  ///   `ledger-there` where a new one is to replace a ledger that is not gone.
  package static func open(
    folder: String, surroundings: LedgerSurroundings? = nil, beginsAnew: Bool = false,
    patience: Int = 10_000, now: @escaping @Sendable () -> Int64 = LedgerWatch.wallClock
  ) throws(Problem) -> Ledger {
    let state = StateFolder(path: folder)
    let former = FormerLedger(state: state, surroundings: surroundings, isReplaced: beginsAnew)
    if SmallFile.size(of: state.database) ?? 0 == 0 { try former.check(isEmpty: true) }
    let warnings = try state.prepare()
    // Two processes that both switch a new database to WAL collide, busy timeout or not.
    guard let lock = try FileLock.take(state.openingLock, patience: patience) else {
      throw LedgerFault(path: state.database).problem(DatabaseError(resultCode: .SQLITE_BUSY))
    }
    defer { withExtendedLifetime(lock) {} }
    try state.createDatabase()
    let watch = LedgerWatch(path: state.database, marks: former.marks, now: now)
    let ledger = try Ledger(
      path: state.database, former.marks, watch: watch, patience: patience, warnings)
    try ledger.setUp(after: former)
    return ledger
  }

  /// Looks whether a ledger that was here is gone, before anything is made or moved.
  ///
  /// - Throws: `ledger-missing`.
  package static func checkPresence(
    folder: String, surroundings: LedgerSurroundings? = nil
  ) throws(Problem) {
    let state = StateFolder(path: folder)
    if SmallFile.size(of: state.database) ?? 0 > 0 { return }
    try FormerLedger(state: state, surroundings: surroundings).check(isEmpty: true)
  }

  /// Opens the ledger for looking at it, and creates nothing that remains.
  ///
  /// - Returns: nothing where there is no ledger yet.
  /// - Throws: as ``open(folder:surroundings:beginsAnew:patience:now:)``.
  package static func openIfThere(
    folder: String, surroundings: LedgerSurroundings? = nil, patience: Int = 10_000
  ) throws(Problem) -> Ledger? {
    let state = StateFolder(path: folder)
    let former = FormerLedger(state: state, surroundings: surroundings)
    try state.checkVisibility()
    if SmallFile.size(of: state.database) ?? 0 == 0 {
      try former.check(isEmpty: true)
      return nil
    }
    try state.checkAccess()
    let warnings = try state.checkStorage(MountTable.type(of: state.path))
    // A read-only connection leaves the log's files behind where there were none; one that could
    // write, but doesn't, removes them when it closes.
    let hasLog = SmallFile.size(of: state.database + "-wal") != nil
    let ledger = try Ledger(
      path: state.database, former.marks, isForLooking: true, isReadOnly: hasLog,
      patience: patience, warnings)
    return try ledger.isReadyForLooking(after: former) ? ledger : nil
  }

  /// What keeps the connector's own user from writing a ledger that can be looked at.
  package static func ownersProblem(folder: String) -> Problem? {
    StateFolder(path: folder).ownersProblem()
  }

  /// Whether the ledger's folder is this process's user's, or is not there yet.
  package static func isOwn(folder: String) -> Bool { StateFolder(path: folder).isOwn }

  /// What a person should know of the ledger although it works.
  package var warnings: [Problem] { storageWarnings + (watch?.problems ?? []) }

  /// Closes the ledger, as soon as nobody is using it. Whoever asks it afterwards gets a problem.
  package func close() {
    let isIdle = usage.withLock { usage in
      usage.isClosing = true
      return usage.count == 0
    }
    if isIdle { end() }
  }

  private func end() {
    checkpoints.stop()
    try? queue.close()
    marks.finish()
  }

  private init(
    path: String, _ marks: LedgerMarks, watch: LedgerWatch? = nil, isForLooking: Bool = false,
    isReadOnly: Bool = false, patience: Int, _ warnings: [Problem]
  ) throws(Problem) {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.readonly = isReadOnly
    configuration.prepareDatabase { db in
      db.add(function: .posOrderId)
      db.add(function: .idInName)
    }
    configuration.busyMode = .timeout(Double(patience) / 1000)
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw LedgerFault(path: path).problem(error)
    }
    self.path = path
    self.marks = marks
    self.watch = watch
    storageWarnings = warnings
    self.isForLooking = isForLooking
  }

  /// Runs `body` in a transaction that is durable when this returns, in the file that the ledger's
  /// path still leads to.
  func write<Value>(_ body: (Database) throws -> Value) throws(Problem) -> Value {
    try used { () throws(Problem) in
      do {
        guard let watch else { throw DatabaseError(resultCode: .SQLITE_READONLY) }
        var mark: LedgerMark?
        let value = try queue.write { db in
          let value = try body(db)
          if watch.isRaiseDue { mark = try db.raiseGeneration(at: watch.now()) }
          try watch.checkPlace()
          return value
        }
        // Moved meanwhile, it may hold the commit; nobody may be told so.
        try watch.checkPlace()
        if let mark { watch.note(mark) }
        return value
      } catch {
        throw LedgerFault(path: path).problem(error)
      }
    }
  }

  /// Runs `body` on one unchanging state of the database.
  func read<Value>(_ body: (Database) throws -> Value) throws(Problem) -> Value {
    try used { () throws(Problem) in
      do {
        let value = try queue.read(body)
        try watch?.checkPlace()
        return value
      } catch {
        throw LedgerFault(path: path).problem(error)
      }
    }
  }

  /// Runs `body` unless the ledger is closing; the last one to use it closes it.
  private func used<Value>(_ body: () throws(Problem) -> Value) throws(Problem) -> Value {
    let isOpen = usage.withLock { usage in
      if !usage.isClosing { usage.count += 1 }
      return !usage.isClosing
    }
    guard isOpen else { throw LedgerFault(path: path).closed }
    defer {
      let isLast = usage.withLock { usage in
        usage.count -= 1
        return usage.isClosing && usage.count == 0
      }
      if isLast { end() }
    }
    return try body()
  }
}

extension Ledger {
  /// Brings the database to the state that every writer relies on: WAL, every commit on the disk,
  /// all tables; and finds out which state of which ledger it is.
  private func setUp(after former: FormerLedger) throws(Problem) {
    let fault = LedgerFault(path: path)
    do {
      let isComplete = try queue.writeWithoutTransaction { db in
        let isComplete = try LedgerSchema.isComplete(db, fault)
        try former.check(isEmpty: try db.isEmptyLedger())
        try Self.makeDurable(db)
        try Self.makeForgetful(db)
        return isComplete
      }
      if !isComplete { try LedgerSchema.migrator.migrate(queue) }
      try watch?.begin(queue, after: former)
    } catch {
      throw fault.problem(error)
    }
  }

  /// With WAL alone a commit may be lost in a power cut; `synchronous` belongs to the connection.
  static func makeDurable(_ db: Database) throws {
    let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
    try db.execute(sql: "PRAGMA synchronous = FULL")
    let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
    guard journal == "wal", synchronous == 2 else {
      throw DatabaseError(
        resultCode: .SQLITE_CANTOPEN,
        message: "journal \(journal ?? "unknown"), synchronous \(synchronous ?? -1)")
    }
  }

  /// What is deleted is overwritten; `secure_delete` belongs to the connection, too.
  private static func makeForgetful(_ db: Database) throws {
    guard try Bool.fetchOne(db, sql: "PRAGMA secure_delete = ON") == true else {
      throw DatabaseError(resultCode: .SQLITE_CANTOPEN, message: "secure_delete stays off")
    }
  }

  /// Whether the tables are there and as this program knows them.
  private func isReadyForLooking(after former: FormerLedger) throws(Problem) -> Bool {
    let fault = LedgerFault(path: path)
    return try read { db in
      try former.check(isEmpty: try db.isEmptyLedger())
      if try LedgerSchema.isComplete(db, fault) { return true }
      if try LedgerSchema.appliedSteps(db).isEmpty { return false }
      throw fault.older
    }
  }
}
