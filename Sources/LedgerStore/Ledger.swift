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
  /// What a person should know of the ledger although it works.
  package let warnings: [Problem]
  /// Nothing may be written.
  package let isForLooking: Bool
  let queue: DatabaseQueue
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
  ///   - patience: how long to wait for another process, in milliseconds.
  /// - Throws: a problem where it is damaged, newer than this program, on a network file system,
  ///   locked for too long, or cannot be written.
  package static func open(folder: String, patience: Int = 10_000) throws(Problem) -> Ledger {
    let state = StateFolder(path: folder)
    let warnings = try state.prepare()
    // Two processes that both switch a new database to WAL collide, busy timeout or not.
    guard let lock = try FileLock.take(state.openingLock, patience: patience) else {
      throw LedgerFault(path: state.database).problem(DatabaseError(resultCode: .SQLITE_BUSY))
    }
    defer { withExtendedLifetime(lock) {} }
    try state.createDatabase()
    let ledger = try Ledger(path: state.database, patience: patience, warnings)
    try ledger.setUp()
    return ledger
  }

  /// Opens the ledger for looking at it, and creates nothing that remains.
  ///
  /// - Returns: nothing where there is no ledger yet.
  package static func openIfThere(
    folder: String, patience: Int = 10_000
  ) throws(Problem) -> Ledger? {
    let state = StateFolder(path: folder)
    guard SmallFile.size(of: state.database) ?? 0 > 0 else { return nil }
    let warnings = try state.checkStorage(MountTable.type(of: state.path))
    // A read-only connection leaves the log's files behind where there were none; one that could
    // write, but doesn't, removes them when it closes.
    let hasLog = SmallFile.size(of: state.database + "-wal") != nil
    let ledger = try Ledger(
      path: state.database, isForLooking: true, isReadOnly: hasLog, patience: patience, warnings)
    return try ledger.isReadyForLooking() ? ledger : nil
  }

  /// Closes the ledger, as soon as nobody is using it. Whoever asks it afterwards gets a problem.
  package func close() {
    let isIdle = usage.withLock { usage in
      usage.isClosing = true
      return usage.count == 0
    }
    if isIdle { try? queue.close() }
  }

  private init(
    path: String, isForLooking: Bool = false, isReadOnly: Bool = false, patience: Int,
    _ warnings: [Problem]
  ) throws(Problem) {
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(Double(patience) / 1000)
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
    } catch {
      throw LedgerFault(path: path).problem(error)
    }
    self.path = path
    self.warnings = warnings
    self.isForLooking = isForLooking
  }

  /// Runs `body` in a transaction that is durable when this returns.
  func write<Value>(_ body: (Database) throws -> Value) throws(Problem) -> Value {
    try used { () throws(Problem) in
      do {
        if isForLooking { throw DatabaseError(resultCode: .SQLITE_READONLY) }
        return try queue.write(body)
      } catch {
        throw LedgerFault(path: path).problem(error)
      }
    }
  }

  /// Runs `body` on one unchanging state of the database.
  func read<Value>(_ body: (Database) throws -> Value) throws(Problem) -> Value {
    try used { () throws(Problem) in
      do { return try queue.read(body) } catch { throw LedgerFault(path: path).problem(error) }
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
      if isLast { try? queue.close() }
    }
    return try body()
  }
}

extension Ledger {
  /// Brings the database to the state that every writer relies on: WAL, every commit on the disk,
  /// all tables.
  private func setUp() throws(Problem) {
    let fault = LedgerFault(path: path)
    do {
      let isComplete = try queue.writeWithoutTransaction { db in
        let isComplete = try LedgerSchema.isComplete(db, fault)
        try Self.makeDurable(db)
        try Self.makeForgetful(db)
        return isComplete
      }
      if !isComplete { try LedgerSchema.migrator.migrate(queue) }
    } catch {
      throw fault.problem(error)
    }
  }

  /// With WAL alone a commit may be lost in a power cut; `synchronous` belongs to the connection.
  private static func makeDurable(_ db: Database) throws {
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
  private func isReadyForLooking() throws(Problem) -> Bool {
    let fault = LedgerFault(path: path)
    return try read { db in
      if try LedgerSchema.isComplete(db, fault) { return true }
      if try LedgerSchema.migrator.appliedIdentifiers(db).isEmpty { return false }
      throw fault.older
    }
  }
}
