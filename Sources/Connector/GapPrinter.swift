import Flows
import LedgerStore
import Records

/// Tells that the ledger was copied back or begun anew, and what waits for approval since.
struct GapPrinter {
  let status: StatusReport
  let zone: Zone
  let time: (Int64) -> String

  func words() {
    for gap in status.gaps { Terminal.say(gap.problem(in: zone).description) }
    if !status.heldReleases.isEmpty {
      Terminal.say("Orders that the POS may have had before (they wait for approval)")
    }
    for held in status.heldReleases {
      let order = Problem.shown(held.requestOrderId)
      let what = held.requestId.map { "change \(Problem.shown($0)) of order" } ?? "order"
      Terminal.say(
        "  \(what) \(order), received \(time(held.receivedAt)): "
          + "`\(ShellCommand.line("approve", held.requestOrderId))` writes its file, "
          + "`\(ShellCommand.line("dismiss", held.requestOrderId))` where the POS has had it.")
    }
    if !status.gaps.isEmpty || !status.heldReleases.isEmpty { Terminal.say("") }
  }
}
