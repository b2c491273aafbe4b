import Glibc
import Records

/// Writes a new file of the simulator's folder in blocks.
final class StateFileWriter {
  private let path: String
  private var descriptor: Int32
  let output = ByteOutput(capacity: 64 << 10)

  /// Creates the file with mode 0600.
  init(creating path: String) throws(Problem) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    if descriptor < 0 { throw Self.problem(path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Writes what is in ``output`` once it is much.
  func flushIfFull() throws(Problem) {
    if output.count >= 1 << 20 { try flush() }
  }

  func finish() throws(Problem) {
    try flush()
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw Self.problem(path) }
  }

  private func flush() throws(Problem) {
    var done = 0
    while done < output.count {
      let count = write(descriptor, output.bytes.start + done, output.count - done)
      guard count >= 0 else { throw Self.problem(path) }
      done += count
    }
    output.removeAll()
  }

  static func problem(_ path: String) -> Problem {
    Problem(
      "simulator-state", at: Place(file: path),
      "the simulator cannot keep its state: \(String(cString: strerror(errno)))",
      remedy: "Make its folder writable, or free space on its disk.")
  }
}
