import Dispatch
import Glibc
package import Records
import Synchronization

/// Keeps two runs over the same workspace from overlapping.
///
/// It is a lock of the kernel on `run.lock` in the folder of the ledger: a process that dies lets
/// go of it, whatever the file still says. The file itself stays; for others it names the holder, when
/// that last made progress and what it did then.
package final class RunLock: Sendable {
  /// What came of taking it.
  package enum Outcome: Sendable {
    /// It is held until it is released or forgotten.
    case acquired(RunLock)
    case busy(RunHolder)
  }

  let lock: FileLock
  private let progress: Mutex<Progress>

  /// What is to be told of the run, and what the file says of it.
  private struct Progress {
    /// How long the line is that names the holder.
    let offset: Int
    var activity = ""
    var movedAt: Int64 = 0
    var writtenAt: Int64 = 0
    var isPending = false
    var hasEnded = false
  }

  /// How long the next writing of the file waits, in milliseconds.
  private static let pause: Int64 = 1000

  /// The length of the line that says what the holder does; always the same, so that one write puts
  /// it in the place of the one before.
  private static let lineLength = 400

  private init(lock: FileLock, offset: Int) {
    self.lock = lock
    progress = Mutex(Progress(offset: offset))
  }

  /// Takes the lock if it is free; never waits for another run.
  ///
  /// - Parameters:
  ///   - folder: the folder of the ledger; created (0700) if it is missing.
  ///   - now: in milliseconds since 1970, for others to see.
  package static func acquire(folder: String, at now: Int64) throws(Problem) -> Outcome {
    let state = StateFolder(path: folder)
    _ = try state.prepare()
    // Who only looks (see `holder`) has it for a moment.
    guard let lock = try FileLock.take(state.runLock, patience: 50) else {
      return .busy(RunHolder(text: SmallFile.text(at: state.runLock)))
    }
    let text = Array("\(getpid()) \(now)\n".utf8)
    ftruncate(lock.descriptor, 0)
    // What the file says is for people: a full disk must not keep the lock from working.
    pwrite(lock.descriptor, text, text.count, 0)
    return .acquired(RunLock(lock: lock, offset: text.count))
  }

  /// - Returns: who holds the lock now; `nil` where nobody does.
  package static func holder(folder: String) -> RunHolder? {
    let path = StateFolder(path: folder).runLock
    guard FileLock.isTaken(path) else { return nil }
    return RunHolder(text: SmallFile.text(at: path))
  }

  /// Says that the run moves. It costs next to nothing: the file is written about once a second.
  ///
  /// - Parameters:
  ///   - activity: what it begins or how far it is, in words; `nil` where that is as before.
  ///   - now: in milliseconds since 1970.
  package func note(_ activity: String?, at now: Int64) {
    let mustWait = progress.withLock { progress in
      progress.activity = activity ?? progress.activity
      progress.movedAt = now
      if !(0..<Self.pause).contains(now - progress.writtenAt) {
        write(&progress)
        return false
      }
      defer { progress.isPending = true }
      return !progress.isPending
    }
    guard mustWait else { return }
    // What it hangs at may be what it began just now.
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(Int(Self.pause))) {
      [weak self] in
      guard let self else { return }
      progress.withLock { progress in
        if progress.isPending { self.write(&progress) }
      }
    }
  }

  private func write(_ progress: inout Progress) {
    progress.isPending = false
    if progress.hasEnded { return }
    progress.writtenAt = progress.movedAt
    let line = Self.padded("\(progress.movedAt) \(progress.activity)")
    pwrite(lock.descriptor, line, line.count, off_t(progress.offset))
  }

  /// Lets the next run in.
  package func release() {
    progress.withLock { $0.hasEnded = true }
    ftruncate(lock.descriptor, 0)
    flock(lock.descriptor, LOCK_UN)
  }

  private static func padded(_ text: String) -> [UInt8] {
    let bytes = text.utf8.prefix(lineLength - 1).map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }
    return bytes + Array(repeating: UInt8(ascii: " "), count: lineLength - 1 - bytes.count)
      + [UInt8(ascii: "\n")]
  }

  /// - Returns: `nil` where there is nothing but padding.
  static func unpadded(_ text: Substring) -> String? {
    text.lastIndex { $0 != " " }.map { String(text.prefix(through: $0)) }
  }
}
