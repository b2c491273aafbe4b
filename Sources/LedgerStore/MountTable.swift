import Glibc

/// The mounted file systems, as the kernel lists them (proc(5), `/proc/PID/mountinfo`).
///
/// The names tell more than statfs(2) does: `fuse.sshfs` is a network, `fuseblk` a local disk.
struct MountTable {
  private struct Mount {
    let point: String
    let type: String
  }

  private let mounts: [Mount]

  init(text: String) {
    mounts = text.split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash > 4, dash + 1 < fields.count else {
        return nil
      }
      return Mount(point: Self.unescaped(fields[4]), type: String(fields[dash + 1]))
    }
  }

  /// The table as it is now; empty where the kernel does not tell.
  static func current() -> MountTable {
    MountTable(text: SmallFile.text(at: "/proc/self/mountinfo"))
  }

  /// The type of the file system that holds an absolute path without links, such as `ext4`.
  func type(of path: String) -> String? {
    var best: Mount?
    for mount in mounts where Self.contains(mount.point, path) {
      if mount.point.utf8.count >= best?.point.utf8.count ?? 0 { best = mount }
    }
    return best?.type
  }

  private static func contains(_ point: String, _ path: String) -> Bool {
    point == "/" || path == point || path.hasPrefix(point + "/")
  }

  /// Space, tab, line feed and backslash stand as three octal digits.
  private static func unescaped(_ text: Substring) -> String {
    guard text.contains("\\") else { return String(text) }
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let first = rest.popFirst() {
      let digits = String(decoding: rest.prefix(3), as: UTF8.self)
      if first == UInt8(ascii: "\\"), digits.utf8.count == 3, let byte = UInt8(digits, radix: 8) {
        bytes.append(byte)
        rest = rest.dropFirst(3)
      } else {
        bytes.append(first)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
