import CLinux
import DurableFiles
import Glibc

/// Which mounted file system a path lies on; a rename stays within one.
struct Mount: Hashable {
  private let number: UInt64
  private let device: UInt64

  /// Nothing where the path does not exist.
  static func of(_ path: FilePath) -> Mount? {
    var found = stat()
    guard stat(path.real, &found) == 0 else { return nil }
    return Mount(number: linux_mount(path.real), device: UInt64(found.st_dev))
  }
}
