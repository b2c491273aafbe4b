import Glibc
import Records

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
