import DurableFiles
import Glibc
import Records

/// Moving a file to its place for good.
enum FileMove {
  /// Moves a file, never over another one; that it has its new name, and no old one, is on the disk
  /// then.
  ///
  /// Nothing is left to do where it is there already, and only its old name goes where a file of
  /// the same content has the new one.
  ///
  /// - Parameter savesContent: whether to wait until the content is on the disk too.
  static func move(
    _ old: FilePath, to new: FilePath, savesContent: Bool = true
  ) throws(FileFault) {
    guard let status = try FileStatus.of(old) else {
      guard try FileStatus.of(new) != nil else { throw FileFault(.lost, .moved, old) }
      return try DurableFile.syncFolder(new.folder)
    }
    do {
      try DurableFile.makeFolders(new.folder)
      // A killed run may have made it, and not have waited for the disk.
      if !new.folder.isRoot { try DurableFile.syncFolders(new.folder.folder) }
    } catch {
      throw error.told(.moved, old)
    }
    if savesContent && status.isRegular { try OpenFile(reading: old).sync() }
    do {
      try DurableFile.moveExclusively(old, to: new)
    } catch {
      switch error.cause {
      case .nameTaken: try drop(old, inFavourOf: new)
      case .system(EXDEV): try moveAcross(old, to: new)
      default: throw error
      }
    }
    try DurableFile.syncMove(old, to: new)
  }

  /// Whether both names have the same content.
  static func isSame(_ one: FilePath, _ other: FilePath) throws(FileFault) -> Bool {
    guard let first = try FileStatus.of(one), let second = try FileStatus.of(other),
      first.isRegular, second.isRegular, first.stamp.size == second.stamp.size
    else { return false }
    return try OpenFile(reading: one).digest() == OpenFile(reading: other).digest()
  }

  private static func isOneName(_ old: FilePath, _ new: FilePath) throws(FileFault) -> Bool {
    guard let first = try FileStatus.of(old), let second = try FileStatus.of(new) else {
      return false
    }
    return first == second && first.names == 1
  }

  /// Moves a file to another disk: copied under a hidden name, and removed once the copy is safe.
  static func moveAcross(_ old: FilePath, to new: FilePath) throws(FileFault) {
    let source = try OpenFile(reading: old)
    let copy = new.folder.appending(".moving-\(try source.status().stamp.inode)")
    do {
      _ = try FileCopy.make(of: source, at: copy, isDurable: true)
      try DurableFile.moveExclusively(copy, to: new)
    } catch {
      try DurableFile.remove(copy)
      guard error.cause == .nameTaken else { throw FileFault(error.cause, .written, new) }
      return try drop(old, inFavourOf: new)
    }
    try DurableFile.syncFolder(new.folder)
    try DurableFile.remove(old)
  }

  private static func drop(_ old: FilePath, inFavourOf new: FilePath) throws(FileFault) {
    guard try isSame(old, new) else { throw FileFault(.nameTaken, .moved, old) }
    // Two paths may be one name: the same path, or one that differs in case on FAT.
    if try isOneName(old, new) { return }
    try OpenFile(reading: new).sync()
    try DurableFile.remove(old)
  }
}
