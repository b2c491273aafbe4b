import Glibc
package import Records

/// A plain file, read from its beginning in blocks.
package final class FileSource: ByteSource {
  /// The file's size in bytes when it was opened.
  package let size: Int
  /// How many bytes have been read.
  package private(set) var bytesRead = 0

  private let descriptor: Int32
  private let name: String

  /// Opens a regular file; links, pipes, folders and devices are refused.
  ///
  /// - Parameter name: the path as the user knows it, for messages.
  package init(path: String, name: String? = nil) throws(Problem) {
    self.name = name ?? path
    // Without O_NONBLOCK the opening of a pipe would wait for its writer.
    descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.cannotOpen(self.name, errno) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let failure = errno
      close(descriptor)
      throw Self.cannotOpen(self.name, failure)
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw Self.notRegular(self.name, "it is no regular file")
    }
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  package func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        bytesRead += count
        return count
      }
      guard errno == EINTR else { throw Self.cannotRead(name, errno) }
    }
  }

  private static func cannotOpen(_ name: String, _ failure: Int32) -> Problem {
    switch failure {
    case ELOOP: notRegular(name, "it is a symbolic link")
    case ENOENT:
      Problem(
        "file-missing", at: Place(file: name), "the file is not there",
        remedy: "It was moved or deleted in the meantime, or the path is wrong.", category: .ours)
    default: cannotRead(name, failure)
    }
  }

  private static func notRegular(_ name: String, _ reason: String) -> Problem {
    Problem(
      "no-regular-file", at: Place(file: name), "only regular files are read; \(reason)",
      remedy: "Put the file itself here.")
  }

  private static func cannotRead(_ name: String, _ failure: Int32) -> Problem {
    Problem(
      "unreadable-file", at: Place(file: name),
      "the file cannot be read: \(String(cString: strerror(failure)))",
      remedy: "Check its permissions, its owner and the disk or share; it is read again later.",
      category: .ours)
  }
}
