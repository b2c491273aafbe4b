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
        try? remove(temporary)
        throw error.told(.written, path)
      }
      try syncFolder(path.folder)
    }
  }

  /// Makes a folder and those that it lies in, below a root that is there; each is on the disk
  /// afterwards.
  package static func makeFolder(_ path: FilePath) throws(Problem) {
    _ = try explained { () throws(FileFault) in try makeFolders(path) }
  }

  /// Makes a folder and those that it lies in.
  ///
  /// - Parameters:
  ///   - floor: the folder that must be there already and is never made, nor those above it; the
  ///     root never is.
  ///   - isDurable: whether to wait until each new one is on the disk.
  /// - Returns: the folder.
  @discardableResult
  package static func makeFolders(
    _ path: FilePath, above floor: FilePath? = nil, isDurable: Bool = true
  ) throws(FileFault) -> Folder {
    if let folder = try reached(path) { return folder }
    guard !path.isRoot, path != floor else { throw FileFault(.system(ENOENT), .made, path) }
    let parent = try makeFolders(path.folder, above: floor, isDurable: isDurable)
    try parent.makeFolder(path.name)
    if isDurable { try parent.sync() }
    return try parent.folder(path.name)
  }

  /// - Returns: `nil` where there is no such folder yet.
  private static func reached(_ path: FilePath) throws(FileFault) -> Folder? {
    do { return try Folder.open(path) } catch {
      if error.isMissing { return nil }
      throw error.told(.made, path)
    }
  }

  /// Waits until the names in a folder are on the disk.
  package static func syncFolder(_ path: FilePath) throws(FileFault) {
    do { try Folder.open(path).sync() } catch { throw error.told(.saved, path) }
  }

  /// Waits until a folder's names are on the disk, and its own name and those of all that it lies
  /// in, whoever made them.
  package static func syncFolders(_ path: FilePath) throws(FileFault) {
    try syncFolder(path)
    if !path.isRoot { try syncFolders(path.folder) }
  }

  /// Renames a file; a file that has the new name goes.
  package static func rename(_ old: FilePath, to new: FilePath) throws(FileFault) {
    try between(old, new) { from, to throws(FileFault) in
      guard renameat(from.descriptor, old.name, to.descriptor, new.name) == 0 else {
        throw .last(.moved, old)
      }
    }
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
    let number = try between(old, new) { from, to in
      linux_rename_exclusive(from.descriptor, old.name, to.descriptor, new.name)
    }
    switch number {
    case 0: return
    case EINVAL, ENOSYS:
      switch detour {
      case .secondName: try linkAndUnlink(old, to: new)
      case .look: try lookAndRename(old, to: new)
      }
    case EEXIST: throw FileFault(.nameTaken, .moved, old)
    default: throw FileFault(.system(number), .moved, old)
    }
  }

  /// The move for file systems that cannot rename exclusively.
  package static func linkAndUnlink(_ old: FilePath, to new: FilePath) throws(FileFault) {
    let number = try between(old, new) { from, to in
      linkat(from.descriptor, old.name, to.descriptor, new.name, 0) == 0 ? 0 : errno
    }
    switch number {
    case 0: try remove(old)
    case EPERM, EOPNOTSUPP, ENOSYS, EMLINK: try lookAndRename(old, to: new)
    case EEXIST: throw FileFault(.nameTaken, .moved, old)
    default: throw FileFault(.system(number), .moved, old)
    }
  }

  /// The move for file systems that know one name for a file.
  package static func lookAndRename(_ old: FilePath, to new: FilePath) throws(FileFault) {
    guard try FileStatus.of(new) == nil else { throw FileFault(.nameTaken, .moved, old) }
    try rename(old, to: new)
  }

  /// Removes a file; one that is gone already is no fault.
  package static func remove(_ path: FilePath) throws(FileFault) {
    try within(path, .removed, ifAbsent: ()) { folder throws(FileFault) in
      try folder.remove(path.name)
    }
  }

  /// Does a step in the folder that a file lies in.
  static func within<Result>(
    _ path: FilePath, _ step: FileFault.Step, ifAbsent absent: Result? = nil,
    _ body: (Folder) throws(FileFault) -> Result
  ) throws(FileFault) -> Result {
    let folder: Folder
    do {
      folder = try Folder.open(path.folder)
    } catch {
      if error.isAbsent, let absent { return absent }
      throw error.told(step, path)
    }
    guard Folder.isName(path.name) else { throw FileFault(.system(EINVAL), step, path) }
    return try body(folder)
  }

  /// Does a step from the folder of one file to that of another.
  private static func between<Result>(
    _ old: FilePath, _ new: FilePath, _ body: (Folder, Folder) throws(FileFault) -> Result
  ) throws(FileFault) -> Result {
    try within(old, .moved) { from throws(FileFault) in
      if old.folder == new.folder {
        guard Folder.isName(new.name) else { throw FileFault(.system(EINVAL), .moved, new) }
        return try body(from, from)
      }
      return try within(new, .moved) { to throws(FileFault) in try body(from, to) }
    }
  }

  private static func fill(_ path: FilePath, with bytes: Bytes) throws(FileFault) {
    let file = try OpenFile(making: path)
    try file.write(bytes)
    try file.sync()
  }
}
