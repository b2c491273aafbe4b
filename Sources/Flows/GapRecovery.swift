import Glibc
import InboxFiles
import LedgerStore
import Records

/// Gives up the lists that were on their way when a ledger was copied back: D-Store may have decided
/// on them and on later ones. Their exports are read again.
struct GapRecovery {
  let bench: Workbench
  let desk: FileDesk
  let ender: FileEnder

  func run() throws(Problem) {
    for request in try bench.ledger.openRequestsBeforeGap() {
      for name in try bench.ledger.giveUp(request.requestId, at: bench.now()) {
        unlink(bench.settings.payloads.path(of: name))
      }
      for id in request.files {
        guard let record = try bench.ledger.file(id), record.state == .waiting,
          bench.inbox.holds(record.workName)
        else { continue }
        try desk.end(
          record, afterDone: ender.afterDone(of: record), .waiting,
          summary: "the ledger was copied back from a backup")
      }
    }
  }
}
