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
    guard localFileSystems.contains(linux_file_system(file.descriptor)) else { return .unknown }
    return switch linux_probe_lease(file.descriptor) {
    case 0: .nobody
    case EAGAIN: .somebody
    default: .unknown
    }
  }

  /// File systems that nobody but this kernel writes to, by their number in statfs(2).
  ///
  /// On any other one a lease proves nothing: the writer may sit on another machine, and NFS and
  /// SMB refuse a lease with the very error that elsewhere means "somebody".
  private static let localFileSystems: Set<UInt32> = [
    0xEF53,  // ext2, ext3, ext4
    0x5846_5342,  // XFS
    0x9123_683E,  // Btrfs
    0x2FC1_2FC1,  // ZFS
    0xF2F5_2010,  // F2FS
    0xCA45_1A4E,  // bcachefs
    0x0102_1994,  // tmpfs
    0x8584_58F6,  // ramfs
    0x794C_7630,  // overlayfs
    0x4D44,  // FAT
    0x2011_BAB0,  // exFAT
    0x7366_746E,  // NTFS
    0x3153_464A,  // JFS
  ]
}
