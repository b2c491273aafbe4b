import Glibc

/// Reads files that are known to be small.
enum SmallFile {
  /// Its size in bytes; nothing where there is none.
  static func size(of path: String) -> Int64? {
    var status = stat()
    return stat(path, &status) == 0 ? Int64(status.st_size) : nil
  }

  /// The whole file as text; empty where it cannot be read.
  static func text(at path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    return text(of: descriptor)
  }

  /// What an open file holds from its beginning, up to a limit, as text.
  static func text(of descriptor: Int32, limit: Int = 1 << 20) -> String {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 16384)
    while bytes.count < limit {
      let count = read(descriptor, &block, block.count)
      guard count > 0 else { break }
      bytes.append(contentsOf: block[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
