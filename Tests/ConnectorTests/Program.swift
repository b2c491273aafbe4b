import Foundation
import Glibc
import Testing

/// A process, with its whole output once it has ended.
final class Program: Sendable {
  struct Ending: Equatable {
    /// The exit code; 128 and the signal's number where a signal ended it.
    var exit: Int32
    var out: String
    var err: String
  }

  let id: pid_t
  private let folder = TemporaryFolder()

  /// Starts a program; its input is empty, and nobody's terminal is near.
  init(_ words: [String], in workingFolder: String, environment: [String: String] = [:]) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, folder.path("out"), flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, folder.path("err"), flags, 0o600)
    // A program that lives long would keep the sockets open that other tests of this process have
    // closed.
    for descriptor in Int32(3)..<1024 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    // This thread may be one of Dispatch's, which block signals; a program would inherit that, and
    // could not be told to end.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var noSignals = sigset_t()
    sigemptyset(&noSignals)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path]
    variables.merge(environment) { $1 }
    // env(1) changes the folder and then becomes the program.
    var arguments = (["env", "-C", workingFolder] + words).map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (arguments + settings).forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, "env", &actions, &attributes, &arguments, &settings)
    precondition(failure == 0, "\(words[0]) did not start: \(String(cString: strerror(failure)))")
    id = child
  }

  /// What it has said so far.
  var out: String { folder.text("out") }
  var err: String { folder.text("err") }

  /// Whether it has ended by itself; `end()` gives the rest.
  var hasEnded: Bool {
    var found = siginfo_t()
    return waitid(P_PID, id_t(id), &found, WEXITED | WNOHANG | WNOWAIT) != 0
      || found._sifields._sigchld.si_pid != 0
  }

  func kill() { Glibc.kill(id, SIGKILL) }

  /// Asks it to end.
  func terminate() { Glibc.kill(id, SIGTERM) }

  /// Waits until it has ended.
  func end() async -> Ending {
    let status = await withCheckedContinuation { continuation in
      Thread { continuation.resume(returning: self.wait()) }.start()
    }
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    return Ending(exit: code, out: out, err: err)
  }

  private func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 && errno == EINTR {}
    return status
  }
}

extension Program.Ending: CustomTestStringConvertible {
  var testDescription: String { "exit \(exit)\n\(out)\(err)" }
}

/// Compares how a program ended, and shows all of it where it ended otherwise.
func expect(
  _ ending: Program.Ending, _ expected: Program.Ending, _ comment: String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(ending == expected, "\(comment)", sourceLocation: sourceLocation)
}

/// Waits for something that will happen, however slow the machine is.
func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
  let end = ContinuousClock.now + .seconds(120)
  while try await !isSo() {
    try #require(ContinuousClock.now < end, "waited in vain: \(what)")
    try await Task.sleep(for: .milliseconds(10))
  }
}
