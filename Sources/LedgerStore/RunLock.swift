import Glibc
package import Records

/// Keeps two runs over the same workspace from overlapping.
///
/// It is a lock of the kernel on `run.lock` in the folder of the ledger: a process that dies lets
/// go of it, whatever the file still says. The file itself stays; it names the holder for others.
package final class RunLock: Sendable {
  /// What came of taking it.
  package enum Outcome: Sendable {
    /// It is held until it is released or forgotten.
    case acquired(RunLock)
    /// Another run has it, since then (milliseconds since 1970) and under that process id, as far
    /// as that run has said so yet.
    case busy(since: Int64?, pid: Int32?)
  }

  let lock: FileLock

  private init(lock: FileLock) { self.lock = lock }

  /// Takes the lock if it is free; never waits.
  ///
  /// - Parameters:
  ///   - folder: the folder of the ledger; created (0700) if it is missing.
  ///   - now: in milliseconds since 1970, for others to see.
  package static func acquire(folder: String, at now: Int64) throws(Problem) -> Outcome {
    let state = StateFolder(path: folder)
    _ = try state.prepare()
    guard let lock = try FileLock.take(state.runLock) else { return holder(of: state.runLock) }
    let text = Array("\(getpid()) \(now)\n".utf8)
    ftruncate(lock.descriptor, 0)
    // What the file says is for people: a full disk must not keep the lock from working.
    pwrite(lock.descriptor, text, text.count, 0)
    return .acquired(RunLock(lock: lock))
  }

  /// Lets the next run in.
  package func release() {
    ftruncate(lock.descriptor, 0)
    flock(lock.descriptor, LOCK_UN)
  }

  private static func holder(of path: String) -> Outcome {
    let words = SmallFile.text(at: path).split { $0 == " " || $0 == "\n" }
    guard words.count == 2 else { return .busy(since: nil, pid: nil) }
    return .busy(since: Int64(words[1]), pid: Int32(words[0]))
  }
}
