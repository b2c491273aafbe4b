import CLinux
import DurableFiles
import Glibc

/// Whether somebody has a file open for writing, as far as the kernel can say.
enum WritersProbe: Hashable {
  case nobody
  case somebody
  /// Another user's file, or a file system that other machines can write to.
  case unknown

  /// Asks the kernel about an open file, this process's own writing included.
  static func of(_ file: borrowing OpenFile) -> WritersProbe {
    // Elsewhere a lease proves nothing: the writer may sit on another machine, and NFS and SMB
    // refuse a lease with the very error that here means "somebody".
    guard LocalFileSystems.contains(file.descriptor) else { return .unknown }
    return switch linux_probe_lease(file.descriptor) {
    case 0: .nobody
    case EAGAIN: .somebody
    default: .unknown
    }
  }
}
