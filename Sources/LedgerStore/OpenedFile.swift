import Glibc

/// A file of the ledger, known by device and inode: the same path may lead to another file later.
struct OpenedFile: Sendable, Equatable {
  private let path: String
  private let device: dev_t
  private let inode: ino_t

  /// - Returns: `nil` where there is no such file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.path = path
    device = status.st_dev
    inode = status.st_ino
  }

  /// Whether its path still leads to it.
  var isInPlace: Bool { OpenedFile(path) == self }
}
