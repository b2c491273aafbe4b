import Glibc
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct RunLockTests {
  @Test("the second run is told since when and by whom the lock is held")
  func busy() throws {
    let folder = TemporaryFolder()
    let lock = try acquired(folder)
    #expect(folder.text("run.lock") == "\(getpid()) 5000\n")
    guard
      case .busy(since: 5000, pid: getpid()) = try RunLock.acquire(
        folder: folder.path, at: 9000)
    else {
      Issue.record("not busy")
      return
    }
    withExtendedLifetime(lock) {}
  }

  @Test("a released lock, and a forgotten one, can be taken again")
  func released() throws {
    let folder = TemporaryFolder()
    let lock = try acquired(folder)
    lock.release()
    #expect(folder.text("run.lock") == "")
    _ = try acquired(folder)
    _ = try acquired(folder)
    withExtendedLifetime(lock) {}
  }

  @Test("what a dead run left in the file keeps nobody out")
  func leftover() throws {
    let folder = TemporaryFolder()
    folder.write(
      Array("1 1767225600000 and longer than ours\n".utf8), to: "run.lock")
    _ = try acquired(folder)
    #expect(folder.text("run.lock") == "\(getpid()) 5000\n")
  }

  @Test("the kernel lets go of the lock of a process that is killed")
  func killed() throws {
    let folder = TemporaryFolder()
    var lock: RunLock? = try acquired(folder)
    let child = try sleeper(inheriting: try #require(lock).lock.descriptor)
    lock = nil
    guard case .busy = try RunLock.acquire(folder: folder.path, at: 9000) else {
      Issue.record("the child does not hold the lock")
      return
    }
    kill(child, SIGKILL)
    waitpid(child, nil, 0)
    _ = try acquired(folder)
  }

  @Test("a holder that has not written its name yet is unknown")
  func nameless() throws {
    let folder = TemporaryFolder()
    let lock = try #require(try FileLock.take(folder.path + "/run.lock"))
    guard case .busy(since: nil, pid: nil) = try RunLock.acquire(folder: folder.path, at: 1) else {
      Issue.record("not busy")
      return
    }
    withExtendedLifetime(lock) {}
  }

  @Test("a lock that cannot be created is a problem")
  func impossible() throws {
    let folder = TemporaryFolder()
    symlink("/dev/null", folder.path + "/run.lock")
    let problem = #expect(throws: Problem.self) {
      _ = try RunLock.acquire(folder: folder.path, at: 1)
    }
    #expect(problem?.code == "lock-failed")
    #expect(problem?.message == "the lock cannot be taken: Too many levels of symbolic links")
  }

  private func acquired(_ folder: TemporaryFolder) throws -> RunLock {
    let outcome = try RunLock.acquire(folder: folder.path, at: 5000)
    guard case .acquired(let lock) = outcome else {
      throw Problem("test", "the lock is \(outcome)")
    }
    return lock
  }

  /// A process that does nothing but hold a copy of an open file.
  private func sleeper(inheriting descriptor: Int32) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, descriptor, 0)
    let words: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("60"), nil]
    defer { words.forEach { free($0) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, "sleep", &actions, nil, words, environ)
    try #require(code == 0)
    return child
  }
}
