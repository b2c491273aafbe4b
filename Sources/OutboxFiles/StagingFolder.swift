import DurableFiles
import Glibc
import Records

/// The hidden folder beside the final places, in which files wait until they are whole.
///
/// It is `.staging/a1b2c3d4e5f60718` inside the folder that the files go to: on the same disk, so
/// that a rename is enough. Its name is random, because file systems give the inode of a removed
/// folder to the next one: a folder that was emptied and made anew must not look like the one whose
/// files were all released.
struct StagingFolder {
  static let parent = ".staging"
  /// Behind the name of everything that waits.
  static let ending = ".tmp"
  /// How long the random names are.
  static let nameLength = 16

  let name: String
  let path: FilePath
  let device: UInt64
  let inode: UInt64

  /// Finds the staging folder of a folder, or makes it.
  ///
  /// Two processes may make one each at the same time; files know in which of them they are.
  init(for folder: FilePath, above floor: FilePath) throws(FileFault) {
    let parent = folder.appending(Self.parent)
    if let found = try Self.homes(in: parent).min() {
      name = found
    } else {
      name = FileName.random()
      try DurableFile.makeFolders(parent.appending(name), above: floor)
    }
    path = parent.appending(name)
    // With a slash, so that a folder that is linked from elsewhere is told by its own inode.
    guard let stamp = try FileStatus.of(path.appending("."))?.stamp else {
      throw FileFault(.system(ENOENT), .written, path)
    }
    device = stamp.device
    inode = stamp.inode
  }

  /// The staging folders below a `.staging`; none where there is no such folder.
  static func homes(in parent: FilePath) throws(FileFault) -> [String] {
    do {
      return try FolderEntries.names(in: parent, onlyFolders: true).filter(isRandom)
    } catch {
      guard error.isMissing else { throw error }
      return []
    }
  }

  /// Whether a temporary still waits. The answer is the open folder's own, so that one that goes
  /// away and comes back meanwhile does not make its files look released.
  ///
  /// - Returns: nothing where this is not the folder any more that the file was put into.
  static func holds(
    _ name: String, of staged: StagedFile, at path: FilePath
  ) throws(FileFault) -> Bool? {
    let folder = open(path.real, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last(.read, path)
    }
    defer { close(folder) }
    var found = stat()
    if fstatat(folder, name, &found, AT_SYMLINK_NOFOLLOW) == 0 { return true }
    guard errno == ENOENT, fstat(folder, &found) == 0 else { throw .last(.read, path) }
    let stamp = FileStatus(found).stamp
    return stamp.device == staged.device && stamp.inode == staged.inode ? false : nil
  }

  /// Whether a name is one of those that are made for staging.
  static func isRandom(_ name: String) -> Bool {
    name.utf8.count == nameLength && name.utf8.allSatisfy { $0.isHexDigit }
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    (0x30...0x39).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
  }
}
