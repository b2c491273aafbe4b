import Glibc
import Records

/// What a person sees: results on standard output, problems on standard error. Whatever a line holds,
/// it is shown as one line; see ``ShownText``.
enum Terminal {
  static let isWatched = isatty(STDOUT_FILENO) == 1

  static func say(_ line: String) { write(raw: ShownText.line(line) + "\n", to: STDOUT_FILENO) }

  /// Says one JSON value, which keeps its exact content.
  static func say(json: String) { write(raw: ShownText.json(json) + "\n", to: STDOUT_FILENO) }

  /// Begins a part of what is said, behind an empty line.
  static func heading(_ line: String) {
    say("")
    say(line)
  }

  /// Says it to a person at a terminal; nobody reads it under cron.
  static func mention(_ line: String) {
    if isWatched { say(line) }
  }

  static func error(_ line: String) { write(raw: ShownText.line(line) + "\n", to: STDERR_FILENO) }

  static func error(_ problems: [Problem]) {
    for problem in problems { error(problem.description) }
  }

  /// Writes text as it is, and waits until it is written.
  static func write(raw text: String, to descriptor: Int32) {
    _ = write(Array(text.utf8), to: descriptor)
  }

  /// Writes bytes, and waits until they are written, also where the other side takes them slowly.
  ///
  /// - Returns: what could not be written, because nobody can read it or no room is left.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> ArraySlice<UInt8> {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        rest = rest.dropFirst(written)
      } else if written < 0, errno == EAGAIN {
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&room, 1, -1)
      } else if written == 0 || errno != EINTR {
        break
      }
    }
    return rest
  }
}
