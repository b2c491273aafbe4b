import Digests
import Glibc
import Records

/// A file of the simulator's folder, replaced as a whole, readable by its owner alone.
enum StateFile {
  /// Writes what `fill` puts out beside `path`, then renames it into place.
  static func replace(
    _ path: String, _ fill: (StateFileWriter) throws(Problem) -> Void
  ) throws(Problem) {
    let fresh = path + ".new"
    unlink(fresh)
    let writer = try StateFileWriter(creating: fresh)
    try fill(writer)
    try writer.finish()
    guard rename(fresh, path) == 0 else { throw StateFileWriter.problem(path) }
  }

  /// Makes a folder, and those above it.
  static func makeFolder(_ path: String) throws(Problem) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw StateFileWriter.problem(path)
    }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw StateFileWriter.problem(path)
    }
  }

  /// A file's name for something with an id from outside: what is harmless in `id`, for people,
  /// and a hash of `key`, so that no two share it.
  static func name(_ id: String, key: String) -> String {
    let harmless = id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    let hash = Bytes.withBytes(of: key) { Digest.of($0) }.hex
    return "\(harmless.prefix(40))-\(hash.prefix(12))"
  }

  /// - Returns: nothing where there is no such file.
  static func read(_ path: String) throws(Problem) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw StateFileWriter.problem(path)
    }
    defer { close(descriptor) }
    let output = ByteOutput(capacity: 64 << 10)
    var count = 0
    repeat {
      count = 0
      output.append(room: 64 << 10) { room in
        count = Glibc.read(descriptor, room.baseAddress, room.count)
        return max(count, 0)
      }
    } while count > 0
    guard count == 0 else { throw StateFileWriter.problem(path) }
    return output.bytes.array
  }
}
