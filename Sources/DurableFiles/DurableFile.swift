import CLinux
import Glibc
package import Records

/// Writing and moving files so that a crash or a power cut leaves the old state or the new one.
///
/// What it makes is written under a hidden name first, and nothing is replaced unless asked for.
package enum DurableFile {
  /// Writes a file whole: temporary name, content on the disk, rename, folder on the disk.
  ///
  /// - Parameter replacing: whether a file of that name may be there already.
  /// - Throws: `name-taken` where one is and may not be; nothing is left behind then.
  package static func write(
    _ bytes: Bytes, to path: FilePath, replacing: Bool
  ) throws(Problem) {
    try explained { () throws(FileFault) in
      let temporary = path.folder.appending(TemporaryFiles.name())
      do throws(FileFault) {
        try fill(temporary, with: bytes)
        if replacing {
          try rename(temporary, to: path)
        } else {
          try moveExclusively(temporary, to: path)
        }
      } catch {
        unlink(temporary.real)
        throw FileFault(error.cause, .written, path)
      }
      try syncFolder(path.folder)
    }
  }

  /// Makes a folder and those that it lies in; each is on the disk afterwards.
  package static func makeFolder(_ path: FilePath) throws(Problem) {
    try explained { () throws(FileFault) in try makeFolders(path) }
  }

  /// Makes a folder and those that it lies in.
  ///
  /// - Parameters:
  ///   - floor: the folder that must be there already and is never made, nor those above it.
  ///   - isDurable: whether to wait until each new one is on the disk.
  package static func makeFolders(
    _ path: FilePath, above floor: FilePath? = nil, isDurable: Bool = true
  ) throws(FileFault) {
    if mkdir(path.real, 0o777) != 0 {
      if errno == EEXIST { return }
      guard errno == ENOENT, path.folder != path, path.folder != floor else {
        throw .last(.made, path)
      }
      try makeFolders(path.folder, above: floor, isDurable: isDurable)
      guard mkdir(path.real, 0o777) == 0 || errno == EEXIST else { throw .last(.made, path) }
    }
    if isDurable { try syncFolder(path.folder) }
  }

  /// Waits until the names in a folder are on the disk.
  package static func syncFolder(_ path: FilePath) throws(FileFault) {
    let folder = open(path.real, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .last(.saved, path) }
    defer { close(folder) }
    // Some network file systems cannot sync a folder and say EINVAL; there is nothing to wait for.
    guard fsync(folder) == 0 || errno == EINVAL else { throw .last(.saved, path) }
  }

  /// Renames a file; a file that has the new name goes.
  package static func rename(_ old: FilePath, to new: FilePath) throws(FileFault) {
    guard Glibc.rename(old.real, new.real) == 0 else { throw .last(.moved, old) }
  }

  /// Waits until a move is on the disk: the new name first, then that the old one is gone.
  package static func syncMove(_ old: FilePath, to new: FilePath) throws(FileFault) {
    try syncFolder(new.folder)
    if old.folder != new.folder { try syncFolder(old.folder) }
  }

  /// How a file gets a free name where the file system cannot rename exclusively in one step.
  package enum Detour: Sendable {
    /// A second name is made, which fails where it exists, and the first one removed: a crash in
    /// between leaves two names of one file, for the caller to recognise.
    case secondName
    /// A look before the rename: the file has one name at any moment, and nobody but the caller
    /// may take the new one between the two.
    case look
  }

  /// Renames a file where the new name is free, and never replaces one.
  ///
  /// The kernel does both in one step where the file system can. NFS cannot, and takes the detour.
  /// File systems without second names (FAT, some shares), and the kernel for other users' files,
  /// leave nothing but a look before the rename.
  package static func moveExclusively(
    _ old: FilePath, to new: FilePath, detour: Detour = .secondName
  ) throws(FileFault) {
    switch linux_rename_exclusive(old.real, new.real) {
    case 0: return
    case EINVAL, ENOSYS:
      switch detour {
      case .secondName: try linkAndUnlink(old, to: new)
      case .look: try lookAndRename(old, to: new)
      }
    case EEXIST: throw FileFault(.nameTaken, .moved, old)
    case let number: throw FileFault(.system(number), .moved, old)
    }
  }

  /// The move for file systems that cannot rename exclusively.
  package static func linkAndUnlink(_ old: FilePath, to new: FilePath) throws(FileFault) {
    if link(old.real, new.real) == 0 { return try remove(old) }
    switch errno {
    case EPERM, EOPNOTSUPP, ENOSYS, EMLINK: try lookAndRename(old, to: new)
    case EEXIST: throw FileFault(.nameTaken, .moved, old)
    default: throw .last(.moved, old)
    }
  }

  /// The move for file systems that know one name for a file.
  package static func lookAndRename(_ old: FilePath, to new: FilePath) throws(FileFault) {
    guard try FileStatus.of(new) == nil else { throw FileFault(.nameTaken, .moved, old) }
    try rename(old, to: new)
  }

  /// Removes a file; one that is gone already is no fault.
  package static func remove(_ path: FilePath) throws(FileFault) {
    guard unlink(path.real) == 0 || [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) else {
      throw .last(.removed, path)
    }
  }

  private static func fill(_ path: FilePath, with bytes: Bytes) throws(FileFault) {
    let file = try OpenFile(making: path)
    try file.write(bytes)
    try file.sync()
  }
}
