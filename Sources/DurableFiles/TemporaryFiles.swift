import Glibc

/// What ``DurableFile/write(_:to:replacing:)`` leaves behind where it is killed.
package enum TemporaryFiles {
  /// The hidden name under which a file is written first.
  static func name() -> String { ".\(FileName.random()).tmp" }

  /// Removes them from a folder into which nothing is written meanwhile: regular files of this user that are named as
  /// ``name()`` names them. A folder that is missing, or is a link, is left alone.
  package static func sweep(_ folder: FilePath) throws(FileFault) {
    let descriptor = open(folder.real, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else {
      if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return }
      throw .last(.read, folder)
    }
    defer { close(descriptor) }
    for name in try FolderEntries.names(in: folder) where isTemporary(name) {
      var found = stat()
      guard fstatat(descriptor, name, &found, AT_SYMLINK_NOFOLLOW) == 0,
        found.st_mode & S_IFMT == S_IFREG, found.st_uid == geteuid()
      else { continue }
      unlinkat(descriptor, name, 0)
    }
  }

  private static func isTemporary(_ name: String) -> Bool {
    let word = name.utf8.dropFirst().dropLast(4)
    return name.hasPrefix(".") && name.hasSuffix(".tmp") && word.count == 16
      && word.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
