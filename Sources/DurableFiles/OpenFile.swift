import CLinux
package import Digests
import Glibc
package import Records

/// An open file; it is closed when it goes out of scope.
package struct OpenFile: ~Copyable {
  /// How much is read at once.
  package static let block = 1 << 18

  package let descriptor: Int32
  package let path: FilePath

  /// Opens a regular file for reading. Links are not followed, and a pipe that took the file's
  /// place does not make it wait.
  package init(reading path: FilePath) throws(FileFault) {
    let folder = try DurableFile.within(path, .read) { $0 }
    try self.init(reading: path.name, in: folder)
  }

  private init(reading name: String, in folder: Folder) throws(FileFault) {
    path = folder.path.appending(name)
    let opened = openat(
      folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    let number = errno
    descriptor = opened
    if opened < 0 && (number == ELOOP || number == ENXIO) {
      throw FileFault(.notAFile, .read, path)
    }
    if opened < 0 { throw FileFault(.system(number), .read, path) }
    if try !status().isRegular { throw FileFault(.notAFile, .read, path) }
  }

  /// Makes a new file, never over an existing one.
  ///
  /// - Parameter mode: its rights, before the process's mask takes some away.
  package init(making path: FilePath, mode: UInt32 = 0o666) throws(FileFault) {
    let folder = try DurableFile.within(path, .written) { $0 }
    try self.init(making: path.name, in: folder, mode: mode)
  }

  /// The same in an open folder.
  package init(
    making name: String, in folder: Folder, mode: UInt32 = 0o666
  ) throws(FileFault) {
    path = folder.path.appending(name)
    descriptor = openat(
      folder.descriptor, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    if descriptor < 0 { throw .last(.written, path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  package func status() throws(FileFault) -> FileStatus {
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw .last(.read, path) }
    return FileStatus(found)
  }

  /// Gives `take` the content from the start, block by block.
  package func read(_ take: (Bytes) throws(FileFault) -> Void) throws(FileFault) {
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.block)
    defer { buffer.deallocate() }
    var position = 0
    while true {
      let count = pread(descriptor, buffer, Self.block, position)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .last(.read, path) }
      guard count > 0 else { return }
      position += count
      try take(Bytes(start: buffer, count: count))
    }
  }

  /// SHA-256 of the whole content.
  package func digest() throws(FileFault) -> Digest {
    let stream = DigestStream()
    try read { (piece) throws(FileFault) in stream.update(piece) }
    return stream.finish()
  }

  /// The last bytes of the content, at most `limit`.
  package func tail(_ limit: Int) throws(FileFault) -> [UInt8] {
    let size = Int(try status().stamp.size)
    var bytes = [UInt8](repeating: 0, count: min(size, limit))
    let count = pread(descriptor, &bytes, bytes.count, size - bytes.count)
    guard count >= 0 else { throw .last(.read, path) }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  package func write(_ bytes: Bytes) throws(FileFault) {
    var written = 0
    while written < bytes.count {
      let count = Glibc.write(descriptor, bytes.start + written, bytes.count - written)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .last(.written, path) }
      written += count
    }
  }

  /// Lets the disk begin with the content, so that to wait for many files costs less.
  package func beginSync() { linux_start_writing(descriptor) }

  /// Waits until the content is on the disk.
  package func sync() throws(FileFault) {
    guard fsync(descriptor) == 0 else { throw .last(.saved, path) }
  }
}
