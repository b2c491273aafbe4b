import Flows
import Glibc
import Records
import Synchronization

/// What a person sees: results on standard output, problems on standard error.
enum Terminal {
  static let isWatched = isatty(STDOUT_FILENO) == 1

  static func say(_ line: String) { write(line + "\n", to: STDOUT_FILENO) }

  /// Says it to a person at a terminal; nobody reads it under cron.
  static func mention(_ line: String) {
    if isWatched { say(line) }
  }

  static func error(_ line: String) { write(line + "\n", to: STDERR_FILENO) }

  static func error(_ problems: [Problem]) {
    for problem in problems { error(problem.description) }
  }

  static func write(_ text: String, to descriptor: Int32) {
    var rest = [UInt8](text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}

/// One line on a terminal that says how far long work is; nothing anywhere else.
final class ProgressLine: Progress {
  private let isWatched = isatty(STDERR_FILENO) == 1
  private let shown = Mutex("")

  func report(_ what: String, fraction: Double?) {
    guard isWatched else { return }
    let percent = fraction.map { " \(Int($0 * 100)) %" } ?? ""
    let line = String((what + percent).prefix(100))
    shown.withLock { shown in
      guard line != shown else { return }
      Terminal.write("\r\u{1B}[K\(line)", to: STDERR_FILENO)
      shown = line
    }
  }

  /// Takes the line away.
  func end() {
    shown.withLock { shown in
      if !shown.isEmpty { Terminal.write("\r\u{1B}[K", to: STDERR_FILENO) }
      shown = ""
    }
  }
}
