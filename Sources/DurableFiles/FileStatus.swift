package import Glibc
package import Records

/// What stat(2) says of a name in a folder.
package struct FileStatus: Hashable {
  package enum Kind: Hashable {
    case file, folder, link, pipe, socket, device
  }

  package let kind: Kind
  package let stamp: FileStamp
  /// How many names the file has.
  package let names: Int
  /// The user that it belongs to.
  package let owner: UInt32

  package var isRegular: Bool { kind == .file }

  package init(_ found: stat) {
    kind =
      switch found.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
    names = Int(found.st_nlink)
    owner = found.st_uid
    stamp = FileStamp(
      size: Int64(found.st_size), modified: Self.nanoseconds(found.st_mtim),
      changed: Self.nanoseconds(found.st_ctim), inode: UInt64(found.st_ino),
      device: UInt64(found.st_dev))
  }

  /// What stands at a path, links not followed; `nil` where nothing does, or where the name is
  /// longer than any file's.
  package static func of(_ path: FilePath) throws(FileFault) -> FileStatus? {
    guard let folder = try Folder.openIfThere(path.folder) else { return nil }
    if path.isRoot { return try folder.status() }
    guard Folder.isName(path.name) else { throw FileFault(.system(EINVAL), .read, path) }
    return try folder.status(of: path.name)
  }

  /// A disk may hold times that 64 bits of nanoseconds do not: they wrap, and still differ.
  private static func nanoseconds(_ time: timespec) -> Int64 {
    Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}
