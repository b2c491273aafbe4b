import CLinux

/// What is known of file systems by their number in statfs(2).
package enum LocalFileSystems {
  /// Whether nobody but this kernel writes to the file system of an open file or folder.
  package static func contains(_ descriptor: Int32) -> Bool {
    let number = linux_file_system(descriptor)
    return withOwners.contains(number) || withoutOwners.contains(number)
  }

  /// Whether who made a file is its owner there: not on a share, where it is the word of another
  /// machine, nor where all files have the owner that the mount says.
  static func keepOwners(_ descriptor: Int32) -> Bool {
    withOwners.contains(linux_file_system(descriptor))
  }

  private static let withOwners: Set<UInt32> = [
    0xEF53,  // ext2, ext3, ext4
    0x5846_5342,  // XFS
    0x9123_683E,  // Btrfs
    0x2FC1_2FC1,  // ZFS
    0xF2F5_2010,  // F2FS
    0xCA45_1A4E,  // bcachefs
    0x0102_1994,  // tmpfs
    0x8584_58F6,  // ramfs
    0x794C_7630,  // overlayfs
    0x3153_464A,  // JFS
  ]

  private static let withoutOwners: Set<UInt32> = [
    0x4D44,  // FAT
    0x2011_BAB0,  // exFAT
    0x7366_746E,  // NTFS
  ]
}
