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

  /// The files go back to the inbox first: a file whose request was given up would be rejected.
  private func giveUp(_ request: SyncRequest) throws(Problem) {
    for id in request.files {
      guard let record = try bench.ledger.file(id), record.state == .waiting,
        bench.inbox.holds(record.workName)
      else { continue }
      _ = try desk.end(
        record, afterDone: ender.afterDone(of: record), .waiting,
        summary: "the ledger was copied back from a backup")
    }
    bench.settings.payloads.remove(try bench.ledger.giveUp(request.requestId, at: bench.now()))
  }
}
