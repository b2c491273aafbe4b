import GRDB
import Records

/// Turns what SQLite says into what a person can act on (sqlite.org/rescode.html).
struct LedgerFault {
  /// Another process had the ledger for longer than this one waits.
  static let busyCode = "ledger-busy"
  /// See ``missing(_:)``.
  static let missingCode = "ledger-missing"

  /// The database's file.
  let path: String

  func problem(_ error: any Error) -> Problem {
    if let problem = error as? Problem { return problem }
    guard let error = error as? DatabaseError else {
      return unexpected("the ledger failed: \(error)")
    }
    let said = error.message ?? "no message"
    switch error.resultCode {
    case .SQLITE_FULL:
      return problem(
        "ledger-disk-full", "nothing can be recorded, the disk is full",
        "Free some space on the disk of the ledger and run again; nothing recorded is lost.")
    // SQLite's locks of its shared memory failed, again and again.
    case .SQLITE_IOERR, .SQLITE_PROTOCOL:
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
      return unexpected("the ledger failed: \(said) (\(error.extendedResultCode.rawValue))")
    }
  }

  /// A row, or the whole file, is not what this program wrote.
  func corrupt(_ message: String) -> Problem {
    problem(
      "ledger-corrupt", message,
      """
      Stop serve first. Then put the last backup back in place of the file and its -wal and -shm; or \
      move all three away and run `dstore-connector run --new-ledger`. Either way refunds and \
      orders that may have gone out before wait for approval.
      """)
  }

  /// There was a ledger before, and nothing of it is in its place.
  ///
  /// - Parameter evidence: the path of what shows that there was one.
  func missing(_ evidence: String) -> Problem {
    Problem(
      Self.missingCode, at: Place(file: path), value: evidence,
      "the ledger is gone or empty, and there was one",
      remedy: """
        Nothing is done without it: orders would come twice. Stop serve, and put the ledger back \
        with its -wal and -shm (look at `state:` in connector.yaml, too). If it is lost, put back a \
        backup, or begin anew with `dstore-connector run --new-ledger`.
        """, category: .ledger)
  }

  /// The caller wants a new ledger, and there is one.
  var there: Problem {
    problem(
      "ledger-there", "the ledger is there, so no new one is begun",
      """
      Run without --new-ledger. If the ledger is not to be used any more, stop serve and move it \
      away with its -wal and -shm first.
      """)
  }

  /// The path leads to another file, or to none, since the ledger was opened.
  var moved: Problem {
    problem(
      "ledger-moved", "the ledger was moved, deleted or replaced while it was in use",
      """
      Nothing is recorded until it is back in its place with its -wal and -shm. To put another one \
      there, such as a backup, stop serve first.
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
    unexpected("the ledger knows no file of the number \(id)")
  }

  /// The caller goes on with a request that has ended, or never was.
  func notOpen(_ requestId: String) -> Problem {
    unexpected("the request \(requestId) is not open")
  }

  /// The caller queues something for an order that it does not name.
  func noOrder(_ change: OrderChange) -> Problem {
    unexpected(
      "a change of the order \(Problem.shown(change.order)) is to be sent, and the order is unknown"
    )
  }

  /// A store may have one undecided request at a time.
  func openRequest(_ other: String, of request: SyncRequest) -> Problem {
    Problem(
      "open-request", at: Place(field: request.store), value: other,
      "the store has a \(request.api) that D-Store has not decided on yet",
      remedy: "It is tried again in the next run; until then newer files wait.", category: .ours)
  }

  private func problem(
    _ code: String, _ message: String, _ remedy: String, _ category: Problem.Category = .ledger
  ) -> Problem {
    Problem(code, at: Place(file: path), message, remedy: remedy, category: category)
  }

  /// One record is not as it should be; the ledger as such works.
  private func unexpected(_ message: String) -> Problem {
    problem(
      "ledger-failed", message, "This should not happen; please report it with this message.",
      .ours)
  }
}
