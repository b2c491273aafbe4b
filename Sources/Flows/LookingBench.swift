import Contract
import DStoreAPI
import InboxFiles
package import LedgerStore
package import Records
package import Settings

/// The parts of a run for one who only looks: nothing is sent, moved or recorded, and what is made on
/// the way goes with it.
package final class LookingBench {
  let bench: Workbench
  private let folder: TemporaryPayloads
  /// Where there is none yet.
  private let empty: Ledger?

  /// - Parameters:
  ///   - ledger: `nil` before the first run.
  ///   - now: in milliseconds since 1970.
  package init(
    workspace: String, settings: Settings, ledger: Ledger?, progress: any Progress,
    now: @escaping @Sendable () -> Int64
  ) throws(Problem) {
    folder = try TemporaryPayloads()
    empty = ledger == nil ? try Ledger.open(folder: folder.path) : nil
    guard let ledger = ledger ?? empty else { preconditionFailure("one of them is there") }
    bench = Workbench(
      workspace: workspace, settings: settings, ledger: ledger,
      inbox: Inbox(root: "\(workspace)/Inbox"), line: NoLine(), policy: RetryPolicy(), now: now,
      sleep: { try? await Task.sleep(for: $0) }, chance: { 0 }, progress: progress,
      payloads: folder.path)
  }

  deinit { empty?.close() }

  /// The sync of one mapping's exports, of which only what it decides is asked.
  func sync(_ entry: MappingShelf.Entry, _ shelf: MappingShelf) -> FileSync {
    let desk = FileDesk(bench: bench)
    let ender = FileEnder(bench: bench, desk: desk, shelf: shelf)
    let sender = RequestSender(bench: bench)
    let contract = shelf.contract
    return FileSync(
      flow: SyncProducts(bench: bench, shelf: shelf, desk: desk, ender: ender, sender: sender),
      entry: entry,
      sender: ProductSender(bench: bench, sender: sender, remedy: { contract.remedy(for: $0) }),
      ender: ender, tried: [])
  }

  private struct NoLine: DStoreLine {
    func client() async throws(Problem) -> DStoreClient {
      throw Problem("looking", "nothing is sent by one who only looks", category: .ours)
    }
  }
}
