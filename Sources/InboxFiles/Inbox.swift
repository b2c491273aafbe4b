package import DurableFiles
import Glibc
package import Records

/// The folder that the POS drops its files into, with the folders that files go to from there.
///
/// A file is in exactly one place: where it was dropped, in a folder of work (`.work`), in
/// `archive/DAY`, in `rejected`, or in `held`. All names are relative to the inbox. Only one run
/// works on an inbox at a time; the POS may write to it at any moment.
package struct Inbox: Sendable {
  package let path: FilePath

  /// The folders directly in it that only this program makes.
  static let ownFolders: Set<String> = ["archive", "rejected", "held"]

  /// - Parameters:
  ///   - root: the folder.
  ///   - shown: the folder as messages name it, relative to the workspace.
  package init(root: String, shown: String = "Inbox") {
    path = FilePath(FileRoot(root, shown: shown, own: Self.ownFolders))
  }

  /// Where a file of the inbox lies.
  package func path(of name: String) -> FilePath { path.appending(name) }

  /// Whether a file has the name: not a link, nor anything else that the connector never makes.
  ///
  /// - Throws: where that cannot be told now.
  package func isThere(_ name: String) throws(Problem) -> Bool {
    try explained { () throws(FileFault) in try FileStatus.of(path(of: name))?.isRegular ?? false }
  }

  /// Removes reports that a killed run left half written; no other run may be at work.
  ///
  /// - Parameter days: those of the archive into which such a run may have filed.
  package func removeTemporaries(days: Set<String>) throws(Problem) {
    let folders = ["rejected"] + days.sorted().map { "archive/\($0)" }
    try explained { () throws(FileFault) in
      for folder in folders { try TemporaryFiles.sweep(path(of: folder)) }
    }
  }

  /// Whether anything has the name; what cannot be looked at is taken for there.
  package func holds(_ name: String) -> Bool {
    (try? FileStatus.of(path(of: name)) != nil) ?? true
  }

  /// Whether a name fits a mapping's `files`, by the rules of fnmatch(3): `*`, `?` and `[…]` stand
  /// for no slash and for no point at the start of a name.
  ///
  /// Capitals count, but not in the ending behind the last point.
  package static func matches(_ name: String, pattern: String) -> Bool {
    let flags = FNM_PATHNAME | FNM_PERIOD
    return fnmatch(pattern, name, flags) == 0
      || fnmatch(smallEnding(pattern), smallEnding(name), flags) == 0
  }

  private static func smallEnding(_ text: String) -> String {
    guard let point = text.lastIndex(of: ".") else { return text }
    return text[..<point] + text[point...].lowercased()
  }

  /// What keeps the folder, or something in it, from being used, for `check` and `status`; nothing
  /// is touched.
  package func folderProblems() -> [Problem] {
    let problems = problems(needing: R_OK | W_OK | X_OK)
    return problems.isEmpty ? (try? listing())?.problems ?? [] : problems
  }

  /// Which folders keep files from being moved out of them; those of this program, where they are
  /// there, keep files from being filed.
  ///
  /// - Parameter folders: relative to the inbox.
  package func movingProblems(outOf folders: some Sequence<String>) -> [Problem] {
    let own = Self.ownFolders.union([".work"])
    return own.union(folders).sorted().compactMap { name in
      let path = path(of: name)
      do throws(FileFault) {
        guard let folder = try Folder.openIfThere(path), !folder.allows(R_OK | W_OK | X_OK) else {
          return nil
        }
        return FileFault.last(.written, path).problem
      } catch {
        return error.told(.written, path).problem
      }
    }
  }

  /// Which of the folders that files go to from here are none of this program's.
  func ownFolderProblems() -> [Problem] {
    Self.ownFolders.sorted().compactMap { name -> Problem? in
      do throws(FileFault) {
        _ = try Folder.openIfThere(path(of: name))
        return nil
      } catch {
        return error.told(.used, path(of: name)).problem
      }
    }
  }

  /// - Parameter rights: as for access(2).
  func problems(needing rights: Int32) -> [Problem] {
    let step: FileFault.Step = rights & W_OK == 0 ? .read : .written
    do {
      guard try !Folder.open(path).allows(rights) else { return [] }
      return [FileFault.last(step, path).problem]
    } catch {
      guard error.isMissing || error.cause == .system(ENOTDIR) else {
        return [error.told(step, path).problem]
      }
      return [
        Problem(
          "no-inbox", at: Place(file: path.shown), "the inbox is missing",
          remedy: "Make the folder, or name the workspace that holds it with --workspace.")
      ]
    }
  }
}
