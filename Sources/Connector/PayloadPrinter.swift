import Glibc
import Records

/// Copies a body to standard output, byte for byte.
enum PayloadPrinter {
  static func print(_ path: String) throws(Problem) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    // The kernel copies where it can; not to a terminal, not to a file that is appended to, and not
    // without waiting where others have said so of the pipe.
    while sendfile(STDOUT_FILENO, file, nil, 1 << 30) > 0 {}
    try copy(file, path)
  }

  /// Copies what is left.
  private static func copy(_ file: Int32, _ path: String) throws(Problem) {
    var block = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = read(file, &block, block.count)
      if count == 0 { return }
      guard count > 0 else { throw failure(path) }
      guard Terminal.write(Array(block.prefix(count)), to: STDOUT_FILENO).isEmpty else { return }
    }
  }

  private static func failure(_ path: String) -> Problem {
    Problem(
      "unreadable", at: Place(file: path),
      "the body cannot be read: \(String(cString: strerror(errno)))",
      remedy: "Run preview again.")
  }
}
