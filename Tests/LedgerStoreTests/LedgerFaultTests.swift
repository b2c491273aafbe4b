import GRDB
import Records
import Testing

@testable import LedgerStore

@Test(
  "each trouble of SQLite has its own word and a way out",
  arguments: [
    (ResultCode.SQLITE_FULL, "ledger-disk-full", "Free some space"),
    (.SQLITE_IOERR, "ledger-disk-error", "Check the disk"),
    (.SQLITE_IOERR_WRITE, "ledger-disk-error", "Check the disk"),
    (.SQLITE_PROTOCOL, "ledger-disk-error", "Check the disk"),
    (.SQLITE_BUSY, "ledger-busy", "Run again when"),
    (.SQLITE_LOCKED, "ledger-busy", "Run again when"),
    (.SQLITE_CORRUPT, "ledger-corrupt", "Stop serve first."),
    (.SQLITE_NOTADB, "ledger-corrupt", "Stop serve first."),
    (.SQLITE_READONLY, "ledger-unwritable", "Run as the user who owns"),
    (.SQLITE_CANTOPEN, "ledger-unwritable", "Run as the user who owns"),
    (.SQLITE_PERM, "ledger-unwritable", "Run as the user who owns"),
    (.SQLITE_MISUSE, "ledger-failed", "This should not happen"),
  ] as [(ResultCode, String, String)])
func faults(code: ResultCode, word: String, remedy: String) {
  let problem = LedgerFault(path: "/x/ledger.sqlite")
    .problem(DatabaseError(resultCode: code, message: "said so"))
  #expect(problem.code == word)
  #expect(problem.place.file == "/x/ledger.sqlite")
  #expect(problem.remedy.hasPrefix(remedy))
}

@Test("the disk's own words and number are passed on")
func diskError() {
  let error = DatabaseError(resultCode: .SQLITE_IOERR_FSYNC, message: "disk I/O error")
  #expect(
    LedgerFault(path: "/x").problem(error).message
      == "the disk failed under the ledger: disk I/O error (1034)")
}

@Test("a ledger from an earlier version is brought up to date by a run")
func older() {
  #expect(
    LedgerFault(path: "/x").older.description == """
      /x: the ledger was written by an earlier version of this program. \
      Run `dstore-connector run` once, which brings it up to date.
      """)
}
