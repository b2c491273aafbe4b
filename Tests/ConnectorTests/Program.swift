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
    var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path]
    variables.merge(environment) { $1 }
    // env(1) changes the folder and then becomes the program.
    var arguments = (["env", "-C", workingFolder] + words).map { strdup($0) } + [nil]
    var settings = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { (arguments + settings).forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawnp(&child, "env", &actions, nil, &arguments, &settings)
    precondition(failure == 0, "\(words[0]) did not start: \(String(cString: strerror(failure)))")
    id = child
  }

  func kill() { Glibc.kill(id, SIGKILL) }

  func end() async -> Ending {
    let status = await withCheckedContinuation { continuation in
      Thread { [id] in
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 && errno == EINTR {}
        continuation.resume(returning: status)
      }.start()
    }
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    return Ending(exit: code, out: folder.text("out"), err: folder.text("err"))
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
