import Flows
import LedgerStore
import Records
import Settings

/// The ledger of a workspace, with what lies around it.
struct WorkspaceLedger {
  let workspace: String
  let settings: Settings

  private var surroundings: LedgerSurroundings {
    LedgerSurroundings(workspace: workspace, settings: settings)
  }

  /// For writing.
  ///
  /// - Parameter beginsAnew: whether a new ledger is to replace one that is gone.
  func open(beginsAnew: Bool = false) throws(Problem) -> Ledger {
    try Ledger.open(
      folder: settings.state, surroundings: surroundings, beginsAnew: beginsAnew)
  }

  /// For looking; `nil` before the first run.
  func look() throws(Problem) -> Ledger? {
    try Ledger.openIfThere(folder: settings.state, surroundings: surroundings)
  }

  /// - Throws: `ledger-missing` where the ledger is gone, before anything is touched.
  func checkPresence() throws(Problem) {
    try Ledger.checkPresence(folder: settings.state, surroundings: surroundings)
  }
}
