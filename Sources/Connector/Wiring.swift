import Contract
import DStoreAPI
import Flows
import InboxFiles
import LedgerStore
import Settings

/// Makes the live parts, all of them here.
struct Wiring {
  let workspace: String
  let settings: Settings
  let contract: Contract
  let progress: ProgressLine

  func workbench(_ ledger: Ledger, line: any DStoreLine) -> Workbench {
    var policy = RetryPolicy()
    policy.warnAfterTries = settings.warnAfterTries
    return Workbench(
      workspace: workspace, settings: settings, ledger: ledger,
      inbox: Inbox(root: "\(workspace)/Inbox"), line: line,
      policy: policy, now: Clock.milliseconds, sleep: { try? await Task.sleep(for: $0) },
      progress: progress)
  }
}
