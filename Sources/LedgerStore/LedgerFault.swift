import GRDB
import Records

/// Turns what SQLite says into what a person can act on (sqlite.org/rescode.html).
struct LedgerFault {
  /// Another process had the ledger for longer than this one waits.
  static let busyCode = "ledger-busy"

  /// The database's file.
  let path: String

  func problem(_ error: any Error) -> Problem {
    if let problem = error as? Problem { return problem }
    guard let error = error as? DatabaseError else {
      return problem("ledger-failed", "the ledger failed: \(error)", Self.report)
    }
    let said = error.message ?? "no message"
    switch error.resultCode {
    case .SQLITE_FULL:
      return problem(
        "ledger-disk-full", "nothing can be recorded, the disk is full",
        "Free some space on the disk of the ledger and run again; nothing recorded is lost.")
    case .SQLITE_IOERR:
      return problem(
        "ledger-disk-error",
        "the disk failed under the ledger: \(said) (\(error.extendedResultCode.rawValue))",
        "Check the disk, its connection and its quota (the system's log says more), then run again."
      )
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return problem(
        Self.busyCode, "another process keeps the ledger locked",
        "Run again when it has ended; a backup or a database browser may have the file open.")
    case .SQLITE_CORRUPT: return corrupt("the ledger is damaged: \(said)")
    case .SQLITE_NOTADB: return corrupt("the ledger is damaged: this is not an SQLite database")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      return problem(
        "ledger-unwritable", "the ledger cannot be opened for this: \(said)",
        """
        Run as the user who owns the ledger, and check that its disk is mounted for writing; or \
        set `state:` in connector.yaml to another folder.
        """)
    default:
      return problem(
        "ledger-failed", "the ledger failed: \(said) (\(error.extendedResultCode.rawValue))",
        Self.report)
    }
  }

  /// A row, or the whole file, is not what this program wrote.
  func corrupt(_ message: String) -> Problem {
    problem(
      "ledger-corrupt", message,
      """
      Put the last backup back, or move the file and its -wal and -shm away: a new ledger is \
      started, and the next sync of every store is a full one.
      """)
  }

  /// The ledger was written by a later version of this program.
  var newer: Problem {
    problem(
      "ledger-newer", "the ledger was written by a newer version of this program",
      "Install that version again, or a later one; or put back the backup from before the update.")
  }

  /// The ledger was written by an earlier version, and may not be changed now.
  var older: Problem {
    problem(
      "ledger-older", "the ledger was written by an earlier version of this program",
      "Run `dstore-connector run` once, which brings it up to date.")
  }

  /// The program is about to end.
  var closed: Problem {
    problem("ledger-closed", "the program is ending, and looks up and records nothing more", "")
  }

  /// The caller names a file that was never claimed.
  func noFile(_ id: Int64) -> Problem {
    problem("ledger-failed", "the ledger knows no file of the number \(id)", Self.report)
  }

  /// The caller goes on with a request that has ended, or never was.
  func notOpen(_ requestId: String) -> Problem {
    problem("ledger-failed", "the request \(requestId) is not open", Self.report)
  }

  /// The caller queues something for an order that it does not name.
  func noOrder(_ change: OrderChange) -> Problem {
    problem(
      "ledger-failed",
      """
      a change of the order \(Problem.shown(change.order)) is to be sent, and the order is unknown
      """, Self.report)
  }

  /// A store may have one undecided request at a time.
  func openRequest(_ other: String, of request: SyncRequest) -> Problem {
    Problem(
      "open-request", at: Place(field: request.store), value: other,
      "the store has a \(request.api) that D-Store has not decided on yet",
      remedy: "It is tried again in the next run; until then newer files wait.")
  }

  private func problem(_ code: String, _ message: String, _ remedy: String) -> Problem {
    Problem(code, at: Place(file: path), message, remedy: remedy)
  }

  private static let report = "This should not happen; please report it with this message."
}
