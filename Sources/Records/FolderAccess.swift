#if canImport(Glibc)
  import Glibc
#endif

/// Who else can write into a folder that this program must be able to trust.
package enum FolderAccess {
  /// What is wrong with a folder, and the command that ends it.
  package struct Fault {
    /// Such as `mode 777 of /etc/pos`.
    package let words: String
    /// A sentence without its full stop.
    package let remedy: String
  }

  /// Looks whether users besides the owner could put a file of theirs in the place of another one.
  ///
  /// A folder such as /tmp, in which everybody can write and nobody can remove what is another's, is
  /// fine; so is one that its group can write where that is the group of this process.
  ///
  /// - Returns: `nil` if they could not, or if the folder cannot be looked at.
  package static func fault(of folder: String) -> Fault? {
    var found = stat()
    guard stat(folder, &found) == 0, found.st_mode & S_ISVTX == 0 else { return nil }
    let isOthers = found.st_mode & S_IWOTH != 0
    let isGroups = found.st_mode & S_IWGRP != 0 && found.st_gid != getegid()
    guard isOthers || isGroups else { return nil }
    return Fault(
      words: "mode \(String(found.st_mode & 0o7777, radix: 8)) of \(folder)",
      remedy: "Run `chmod go-w \(shellQuoted(folder))`")
  }

  private static func shellQuoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      byte.isDigit || (0x61...0x7A).contains(byte | 0x20) || "/._-".utf8.contains(byte)
    }
    return plain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }
}
