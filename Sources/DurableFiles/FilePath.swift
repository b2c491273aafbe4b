/// Where a file lies, and how its user knows the place.
package struct FilePath: Hashable, Sendable {
  /// What the kernel is given.
  package let real: String
  /// What messages name: relative to the workspace, such as `Inbox/products/menu.csv`.
  package let shown: String

  package init(real: String, shown: String) {
    self.real = real
    self.shown = shown
  }

  /// A file or folder in this one.
  package func appending(_ name: String) -> FilePath {
    FilePath(real: "\(real)/\(name)", shown: "\(shown)/\(name)")
  }

  /// The folder that it lies in.
  package var folder: FilePath {
    FilePath(real: Self.split(real).folder, shown: Self.split(shown).folder)
  }

  /// The last part of the path.
  package var name: String { Self.split(real).name }

  /// A path before and after its last slash; a bare name lies in the folder `.`.
  package static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }
}
