import DurableFiles
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

  /// What stands behind its random name, for a file and for its marker.
  static let endings = [ending, ".marker" + ending]

  let folder: Folder
  let device: UInt64
  let inode: UInt64

  var name: String { folder.path.name }

  /// Finds the staging folder of a folder, or makes it.
  ///
  /// Two processes may make one each at the same time; files know in which of them they are.
  init(for folder: FilePath, above floor: FilePath) throws(FileFault) {
    let parent = folder.appending(Self.parent)
    if let opened = try Folder.openIfThere(parent), let home = try Self.homes(in: opened).first {
      self.folder = home
    } else {
      self.folder = try DurableFile.makeFolders(parent.appending(FileName.random()), above: floor)
    }
    let stamp = try self.folder.status().stamp
    device = stamp.device
    inode = stamp.inode
  }

  /// The staging folders below a `.staging`, by name; what else is called so is left alone.
  static func homes(in parent: Folder) throws(FileFault) -> [Folder] {
    try parent.names().filter(isRandom).sorted().compactMap { try? parent.folder($0) }
  }

  /// Whether a temporary still waits. The answer is the open folder's own, so that one that goes
  /// away and comes back meanwhile does not make its files look released.
  ///
  /// - Returns: nothing where this is not the folder any more that the file was put into.
  static func holds(
    _ name: String, of staged: StagedFile, at path: FilePath
  ) throws(FileFault) -> Bool? {
    guard let folder = try Folder.openIfThere(path) else { return nil }
    if try folder.status(of: name) != nil { return true }
    let stamp = try folder.status().stamp
    return stamp.device == staged.device && stamp.inode == staged.inode ? false : nil
  }

  /// Whether a name is one that staging gives to a file or marker that waits.
  static func isTemporary(_ name: String) -> Bool {
    isRandom(String(name.prefix(nameLength)))
      && endings.contains(String(name.dropFirst(nameLength)))
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
