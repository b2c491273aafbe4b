/// A folder that a person chose, and below which others may write: an inbox, an outbox.
///
/// Its own path may hold links, as everything above it may. Below it no link is followed, so that
/// who may write there reaches nothing else (``Folder``).
package struct FileRoot: Hashable, Sendable {
  /// What the kernel is given.
  let path: String
  /// What messages name, such as `Inbox`.
  package let shown: String
  /// The folders directly in it that this program makes for itself.
  let own: Set<String>

  /// - Parameter own: the names of the folders in it that are this program's own. Hidden folders
  ///   are so at any depth: nobody else's hidden folder is ever entered.
  package init(_ path: String, shown: String, own: Set<String> = []) {
    self.path = path
    self.shown = shown
    self.own = own
  }

  /// The folder that its path names it in.
  package var above: FilePath {
    FilePath(FileRoot(FilePath.split(path).folder, shown: FilePath.split(shown).folder))
  }

  /// Whether a folder below it must belong to the user of this program.
  func isOwn(_ parts: some Sequence<Substring>) -> Bool {
    var isFirst = true
    for part in parts {
      if part.hasPrefix(".") || (isFirst && own.contains(String(part))) { return true }
      isFirst = false
    }
    return false
  }
}
