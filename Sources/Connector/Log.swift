import Glibc
import Records

/// What a command says that runs for long. Whoever reads it slowly, or not at all, keeps neither
/// answers nor orders waiting: lines wait in memory, those that find no room are dropped, and their
/// number is said once there is room again.
final class Log: Sendable {
  private let output = LineWriter(to: STDOUT_FILENO)
  private let errors = LineWriter(to: STDERR_FILENO)

  private let isQuiet: Bool

  /// - Parameter isQuiet: whether nothing is said of what went well.
  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
    // A reader that goes away ends no server.
    signal(SIGPIPE, SIG_IGN)
  }

  func say(_ line: String) { output.add(line) }

  /// Says what went well.
  func mention(_ line: String) {
    if !isQuiet { say(line) }
  }

  func error(_ line: String) { errors.add(line) }

  func error(_ problems: [Problem]) {
    for problem in problems { error(problem.description) }
  }

  /// Writes what is left, as far as somebody reads it soon.
  func end() {
    output.end()
    errors.end()
  }
}
