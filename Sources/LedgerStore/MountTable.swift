import Glibc

/// The types of the mounted file systems, as the kernel lists them (proc(5),
/// `/proc/PID/mountinfo`).
///
/// The names tell more than statfs(2) does: `fuse.sshfs` is a network, `fuseblk` a local disk.
struct MountTable {
  private var types: [String: String] = [:]

  init(text: String) {
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash > 4, dash + 1 < fields.count else {
        continue
      }
      types[String(fields[2])] = String(fields[dash + 1])
    }
  }

  /// The type of the file system that holds what a path names, such as `ext4`; nothing where the
  /// kernel does not tell, as for a Btrfs subvolume.
  static func type(of path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return MountTable(text: SmallFile.text(at: "/proc/self/mountinfo")).type(of: status.st_dev)
  }

  /// - Parameter device: the number that stat(2) gives, in the layout of makedev(3).
  func type(of device: dev_t) -> String? {
    let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
    let minor = device & 0xFF | device >> 12 & 0xFFFF_FF00
    return types["\(major):\(minor)"]
  }
}
