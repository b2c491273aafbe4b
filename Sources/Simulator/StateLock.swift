import Glibc
import Records

/// A lock on a file of the simulator's folder, so that a server and a command that work on the
/// same orders don't lose each other's changes.
enum StateLock {
  /// Runs `body` while nobody else, in this process or another, holds the lock of that file.
  static func hold<Result>(
    _ path: String, _ body: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw StateFileWriter.problem(path) }
    // The kernel lets go of it with the descriptor.
    defer { close(descriptor) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw StateFileWriter.problem(path) }
    }
    return try body()
  }
}
