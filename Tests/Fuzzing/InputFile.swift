import Glibc

/// A file that holds one input after the other.
final class InputFile {
  let path: String
  private let descriptor: Int32

  /// - Throws: a finding where no file can be made.
  init(_ name: String) throws(Finding) {
    // A file in memory, where there is such a folder.
    let folder = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
    path = "\(folder)/dstore-fuzz-\(getpid())-\(UInt32.random(in: 0...UInt32.max))-\(name)"
    descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Finding("\(path) cannot be made") }
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  func hold(_ bytes: [UInt8]) throws(Finding) {
    let isWritten =
      ftruncate(descriptor, 0) == 0 && pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
    if !isWritten { throw Finding("\(path) cannot be written") }
  }
}
