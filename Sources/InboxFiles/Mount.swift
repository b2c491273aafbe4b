import CLinux
import DurableFiles
import Records

/// Which mounted file system a folder lies on; a rename stays within one.
struct Mount: Hashable {
  private let number: UInt64
  private let device: UInt64

  /// Nothing where there is no such folder.
  static func of(_ path: FilePath) -> Mount? {
    guard let folder = try? Folder.open(path), let found = try? folder.status() else { return nil }
    return Mount(number: linux_mount(folder.descriptor), device: found.stamp.device)
  }
}
