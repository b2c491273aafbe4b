import Foundation
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
    let holder = try holder(folder)
    #expect(holder.pid == getpid())
    #expect(holder.since == 5000)
    #expect(holder.movedAt == 5000)
    #expect(holder.activity == nil)
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
    let holder = try holder(folder)
    #expect(holder == RunHolder(text: ""))
    #expect(holder.pid == nil)
    #expect(holder.problem(at: .max) == nil)
    #expect(holder.words == "A run is active")
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

  @Test(
    "the file says when the run last moved and what it did, in the place of what it said before")
  func progress() throws {
    let folder = TemporaryFolder()
    let lock = try acquired(folder)
    let head = try #require(folder.text("run.lock"))
    lock.note("Reading Inbox/products/a-very-long-name.csv, 40 %", at: 7000)
    let size = folder.text("run.lock")?.utf8.count
    lock.note("Sending\n3 products", at: 8000)
    #expect(folder.text("run.lock")?.hasPrefix(head + "8000 Sending 3 products ") == true)
    #expect(folder.text("run.lock")?.utf8.count == size)
    var holder = try holder(folder)
    #expect(holder.pid == getpid())
    #expect(holder.since == 5000)
    #expect(holder.movedAt == 8000)
    #expect(holder.activity == "Sending 3 products")
    #expect(holder.words == "A run (process \(getpid())) is active: \"Sending 3 products\"")
    lock.note(nil, at: 9000)
    holder = try self.holder(folder)
    #expect(holder.movedAt == 9000)
    #expect(holder.activity == "Sending 3 products")
  }

  @Test("what comes within a second of the last writing is written when the second has passed")
  func throttled() throws {
    let folder = TemporaryFolder()
    let lock = try acquired(folder)
    lock.note("first", at: 7000)
    for step in 1...500 { lock.note("step \(step)", at: 7000 + Int64(step)) }
    #expect(try holder(folder).activity == "first")
    while try holder(folder).activity == "first" { usleep(10_000) }
    #expect(try holder(folder).activity == "step 500")
    #expect(try holder(folder).movedAt == 7500)
    // A clock that was put back does not silence it.
    lock.note("earlier", at: 100)
    #expect(try holder(folder).activity == "earlier")
  }

  @Test("a run that has ended writes nothing into the file of the next one")
  func ended() throws {
    let folder = TemporaryFolder()
    let lock = try acquired(folder)
    lock.note("first", at: 7000)
    lock.note("second", at: 7001)
    lock.release()
    lock.note("third", at: 9000)
    usleep(1_200_000)
    #expect(folder.text("run.lock") == "")
  }

  @Test(
    "a run that has not moved for ten minutes is a problem, and one that moves never is",
    arguments: [
      (moved: 3_600_000, now: 3_600_000 + 599_999, isStuck: false),
      (3_600_000, 3_600_000 + 600_000, true),
      (3_600_000, 1_000, false),
      (86_400_000, 86_400_001, false),
    ] as [(moved: Int64, now: Int64, isStuck: Bool)])
  func stuck(moved: Int64, now: Int64, isStuck: Bool) throws {
    let holder = RunHolder(text: "4711 5000\n\(moved) Reading Inbox/products/menu.csv, 40 %   \n")
    #expect((holder.problem(at: now) != nil) == isStuck)
  }

  @Test("the problem names the process, how long, what it was doing, and what to do")
  func words() {
    let text = "4711 5000\n65000 Reading Inbox/\u{1B}[2J.csv"
    let problem = RunHolder(text: text).problem(at: 65_000 + 61 * 60_000)
    #expect(problem?.code == "run-stuck")
    #expect(
      problem?.description == """
        the run of process 4711 has made no progress for 61 minutes; it was at \
        "Reading Inbox/<U+001B>[2J.csv". Look whether a disk or share that it works on hangs; then \
        end it with `kill -9 4711`: the next run goes on with what it had begun.
        """)
    #expect(
      RunHolder(text: "4711 5000\n").problem(at: 905_000)?.message
        == "the run of process 4711 has made no progress for 15 minutes since it began")
  }

  @Test(
    "what is no statement of a run tells nothing, and is no error",
    arguments: ["", "\n", "x", "1 2 3\n", "a b\n", "12 5000\nx y\n", "12 5000\n"])
  func garbage(_ text: String) {
    #expect(RunHolder(text: text).activity == nil)
  }

  @Test("who looks learns who holds the lock, and keeps no run from taking it")
  func looking() throws {
    let folder = TemporaryFolder()
    #expect(RunLock.holder(folder: folder.path) == nil)
    let lock = try acquired(folder)
    #expect(RunLock.holder(folder: folder.path)?.pid == getpid())
    lock.release()
    folder.write(Array("1 5000\n".utf8), to: "run.lock")
    #expect(RunLock.holder(folder: folder.path) == nil)
    let path = folder.path + "/run.lock"
    let looker = open(path, O_RDONLY)
    flock(looker, LOCK_SH)
    let wait = Thread {
      usleep(20_000); flock(looker, LOCK_UN)
    }
    wait.start()
    _ = try acquired(folder)
    close(looker)
  }

  /// Whom a run finds that cannot have the lock.
  private func holder(_ folder: TemporaryFolder) throws -> RunHolder {
    let outcome = try RunLock.acquire(folder: folder.path, at: 9000)
    guard case .busy(let holder) = outcome else { throw Problem("test", "the lock is \(outcome)") }
    return holder
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
