import InboxFiles
import LedgerStore
import Records

/// Gives up the lists that were on their way when a ledger was copied back: D-Store may have decided
/// on them and on later ones. Their exports are read again.
struct GapRecovery {
  let bench: Workbench
  let desk: FileDesk
  let ender: FileEnder

  /// - Returns: what went wrong with a request; the others were given up.
  /// - Throws: a ledger that cannot work.
  func run() throws(Problem) -> [Problem] {
    var problems: [Problem] = []
    for request in try bench.ledger.openRequestsBeforeGap() {
      do throws(Problem) { try giveUp(request) } catch { try problems.note(error) }
    }
    return problems
  }

  /// The files go back to the inbox first: a file whose request was given up would be rejected. One
  /// that is not in the folder of work any more was filed away after the backup.
  private func giveUp(_ request: SyncRequest) throws(Problem) {
    let summary = "the ledger was copied back from a backup"
    for id in request.files {
      guard let record = try bench.ledger.file(id), record.state == .waiting,
        let work = WorkFile(path: record.workName)
      else { continue }
      if bench.inbox.holds(record.workName) {
        _ = try desk.end(
          record, afterDone: ender.afterDone(of: record), .waiting, summary: summary)
      } else {
        try desk.end(work, FileDecision(file: id, .superseded, summary: summary))
      }
      if record.stays { try bench.ledger.forget(record.scope, names: [record.name]) }
    }
    bench.settings.payloads.remove(try bench.ledger.giveUp(request.requestId, at: bench.now()))
  }
}
