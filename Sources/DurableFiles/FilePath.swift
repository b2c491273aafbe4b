/// Where a file or folder lies: a root, and its name below it.
package struct FilePath: Hashable, Sendable {
  package let root: FileRoot
  /// The names on the way from the root, between slashes; empty: the root itself.
  package let relative: String

  package init(_ root: FileRoot, _ relative: String = "") {
    self.root = root
    self.relative = relative
  }

  /// What messages name: relative to the workspace, such as `Inbox/products/menu.csv`.
  package var shown: String { relative.isEmpty ? root.shown : "\(root.shown)/\(relative)" }

  /// A file or folder in this one.
  package func appending(_ name: String) -> FilePath {
    FilePath(root, relative.isEmpty ? name : "\(relative)/\(name)")
  }

  /// The file beside this one whose name is longer by an ending.
  package func adding(_ ending: String) -> FilePath { FilePath(root, relative + ending) }

  /// The folder that it lies in; the root's is the root.
  package var folder: FilePath {
    let folder = Self.split(relative).folder
    return FilePath(root, folder == "." ? "" : folder)
  }

  /// The last part of the path.
  package var name: String { Self.split(relative).name }

  package var isRoot: Bool { relative.isEmpty }

  /// The names on the way from the root.
  var parts: [Substring] { relative.split(separator: "/") }

  /// A path before and after its last slash; a bare name lies in the folder `.`.
  package static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.utf8.lastIndex(of: 0x2F) else { return (".", path) }
    let name = String(path[path.utf8.index(after: slash)...])
    return (slash == path.startIndex ? "/" : String(path[..<slash]), name)
  }
}
