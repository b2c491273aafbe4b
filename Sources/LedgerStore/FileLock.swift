import Glibc
import Records

/// A lock on a file (flock(2)), held as long as the value lives; the kernel lets go of it when the
/// process dies, however it dies.
final class FileLock: Sendable {
  let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Takes the lock if nobody has it; the file is created (0600) if it is missing, and stays.
  ///
  /// - Returns: nothing where somebody else has it.
  static func take(_ path: String) throws(Problem) -> FileLock? {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw problem(path, errno) }
    let lock = FileLock(descriptor: descriptor)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return nil }
      if errno != EINTR { throw problem(path, errno) }
    }
    return lock
  }

  /// Takes the lock as soon as it is free.
  ///
  /// - Parameter patience: how long to wait at most, in milliseconds.
  /// - Returns: nothing where somebody else has kept it all that time.
  static func take(_ path: String, patience: Int) throws(Problem) -> FileLock? {
    var waited = 0
    while true {
      if let lock = try take(path) { return lock }
      guard waited < patience else { return nil }
      usleep(5_000)
      waited += 5
    }
  }

  /// - Returns: whether somebody has the lock now.
  static func isTaken(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  private static func problem(_ path: String, _ code: Int32) -> Problem {
    Problem(
      "lock-failed", at: Place(file: path),
      "the lock cannot be taken: \(String(cString: strerror(code)))",
      remedy: """
        Let the connector's user own the file and its folder, and check that the disk is mounted \
        for writing and not full.
        """, category: .ledger)
  }
}
