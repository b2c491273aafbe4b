import Glibc
import Records
import Signing

/// A private key on disk: mode 0600, never over an existing file.
enum PrivateKeyFile {
  static func write(_ pem: String, to path: String) throws(Problem) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else {
      throw Problem(
        "key-file", at: Place(file: path),
        errno == EEXIST
          ? "the file exists, and a key is never written over"
          : "the key cannot be written: \(String(cString: strerror(errno)))",
        remedy: "Name another place with --out.")
    }
    defer { close(file) }
    let bytes = [UInt8](pem.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0,
      syncFolder(of: path)
    else {
      unlink(path)
      throw Problem(
        "key-file", at: Place(file: path),
        "the key cannot be written: \(String(cString: strerror(errno)))",
        remedy: "Free space there, or name another place with --out.")
    }
  }

  /// Makes the file's name durable; some network file systems cannot, and say EINVAL.
  private static func syncFolder(of path: String) -> Bool {
    let end = path.lastIndex(of: "/")
    let name = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return false }
    defer { close(folder) }
    return fsync(folder) == 0 || errno == EINVAL
  }

  static func read(_ path: String) throws(Problem) -> PrivateKey {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw unreadable(path) }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    repeat { count = Glibc.read(file, &bytes, bytes.count) } while count < 0 && errno == EINTR
    guard count >= 0 else { throw unreadable(path) }
    return try PrivateKey(
      text: String(decoding: bytes.prefix(count), as: UTF8.self), origin: path)
  }

  private static func unreadable(_ path: String) -> Problem {
    Problem(
      "key-file", at: Place(file: path),
      "the key cannot be read: \(String(cString: strerror(errno)))",
      remedy: "Name the private key's file.")
  }
}
