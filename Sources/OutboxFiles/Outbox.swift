package import DurableFiles
import Glibc
package import Records

/// The folder that the POS takes its orders from.
///
/// A file appears in it at once and whole, and exactly once, although the POS may take it away the
/// moment it appears, two processes may be at work, and either may be killed at any instruction:
///
/// 1. ``Outbox/stage(_:)`` writes it to a hidden folder beside its place and waits for the disk;
///    ``settle(_:)`` waits for the folder's names.
/// 2. The caller records durably that this staged file is the one to be released.
/// 3. ``release(_:as:)`` renames it. A file is in the staging folder or it was released, and
///    nothing is ever released from a second copy, so anybody may ask again after a crash.
/// 4. ``settleReleased(_:)`` waits for the folder's names, and the caller records the end.
///
/// All names are relative to the outbox.
package struct Outbox: Sendable {
  package let path: FilePath
  /// How a file gets a name that is free. Never by a second name, since the POS could take the one
  /// while the other is still there to be released again.
  let rename: @Sendable (FilePath, FilePath) throws(FileFault) -> Void

  /// - Parameters:
  ///   - root: the folder.
  ///   - shown: the folder as messages name it, relative to the workspace.
  package init(root: String, shown: String = "Outbox") {
    self.init(root: root, shown: shown) { old, new throws(FileFault) in
      try DurableFile.moveExclusively(old, to: new, detour: .look)
    }
  }

  init(
    root: String, shown: String,
    rename: @escaping @Sendable (FilePath, FilePath) throws(FileFault) -> Void
  ) {
    path = FilePath(FileRoot(root, shown: shown))
    self.rename = rename
  }

  /// Where a file or folder of the outbox lies; the outbox itself where the name is empty.
  package func path(of name: String) -> FilePath { name.isEmpty ? path : path.appending(name) }

  /// Makes a folder and those that it lies in. To be asked for only where nothing was ever written
  /// there: a folder that was there before and is missing lies on a disk or share that went away.
  package func makeFolder(_ folder: String) throws(Problem) {
    try DurableFile.makeFolder(path(of: folder))
  }

  /// What keeps files from being written to a folder, for `check` and `status`; nothing is touched.
  package func problem(with folder: String) -> Problem? {
    let path = path(of: folder)
    do {
      guard let folder = try Folder.openIfThere(path) else { return Self.missing(path) }
      guard folder.allows(R_OK | W_OK | X_OK) else { return FileFault.last(.written, path).problem }
      _ = try Folder.openIfThere(path.appending(StagingFolder.parent))
      return nil
    } catch {
      return error.told(.written, path).problem
    }
  }

  /// Whether a folder is not there; one that cannot be looked at is taken for there.
  func isMissing(_ path: FilePath) -> Bool {
    do { return try Folder.openIfThere(path) == nil } catch { return false }
  }

  static func missing(_ path: FilePath) -> Problem {
    Problem(
      "outbox-missing", at: Place(file: path.shown), "the folder is missing",
      remedy: "Mount the disk or share that it lies on, or make the folder; what waits is written "
        + "then.")
  }
}
