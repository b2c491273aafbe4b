import Foundation
import Testing

/// strace(1), which shows a process's calls and kills it at the one that it is told.
enum Tracer {
  /// Fails the test where there is none.
  static func require() throws {
    let folders = "/usr/local/bin:/usr/bin:/bin".split(separator: ":")
    let isThere = folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/strace") }
    try #require(isThere, "strace is missing: install it (Debian: strace).")
  }
}
