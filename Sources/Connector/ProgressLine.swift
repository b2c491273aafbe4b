import Flows
import Glibc
import Records
import Synchronization

/// One line on a terminal that says how far long work is; nothing anywhere else.
final class ProgressLine: Progress {
  private let isWatched = isatty(STDERR_FILENO) == 1
  private let shown = Mutex("")

  func report(_ what: String, fraction: Double?) {
    guard isWatched else { return }
    let percent = fraction.map { " \(Int($0 * 100)) %" } ?? ""
    let line = ShownText.beginning(what + percent, limit: 100)
    shown.withLock { shown in
      guard line != shown else { return }
      Terminal.write(raw: "\r\u{1B}[K\(line)", to: STDERR_FILENO)
      shown = line
    }
  }

  /// Takes the line away.
  func end() {
    shown.withLock { shown in
      if !shown.isEmpty { Terminal.write(raw: "\r\u{1B}[K", to: STDERR_FILENO) }
      shown = ""
    }
  }
}
