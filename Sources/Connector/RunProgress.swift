import Flows
import LedgerStore

/// Says how far a run is: to who watches it at a terminal, and in the run's lock to the next run.
struct RunProgress: Progress {
  let line = ProgressLine()
  let lock: RunLock

  func report(_ what: String, fraction: Double?) {
    line.report(what, fraction: fraction)
    lock.note(what + (fraction.map { ", \(Int($0 * 100)) %" } ?? ""), at: Clock.milliseconds())
  }

  func moves() { lock.note(nil, at: Clock.milliseconds()) }
}
