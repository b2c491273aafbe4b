/// A file that is being worked on, away from the hands of the POS.
///
/// Its path says all that is needed to go on after a crash: which file it was, and whether the
/// original was renamed or still stands where it stood.
/// `.work/claimed-ID/products/menu.csv` is `products/menu.csv`, renamed;
/// `.work/copied-ID/products/menu.csv` is a copy of it, and perhaps not a whole one.
package struct WorkFile: Hashable, Sendable {
  /// How a file is taken.
  package enum Way: String, Sendable {
    /// The file itself is renamed: it will be archived or deleted.
    case rename = "claimed"
    /// The file stays where it is (`afterDone: keep`).
    case copy = "copied"
  }

  static let folder = ".work"

  /// Relative to the inbox.
  package let path: String
  /// The name that it was found under, relative to the inbox.
  package let name: String
  package let way: Way

  /// - Parameter folder: the folder that `.work` lies in, relative to the inbox; empty for itself.
  init(taking name: String, by way: Way, id: String, in folder: String) {
    let prefix = folder.isEmpty ? "" : "\(folder)/"
    path = "\(prefix)\(Self.folder)/\(way.rawValue)-\(id)/\(name)"
    self.name = name
    self.way = way
  }

  /// Reads a path that this type made; gives nothing for any other one.
  package init?(path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let work = parts.firstIndex(of: Self.folder[...]), parts.count > work + 2 else {
      return nil
    }
    let folder = parts[work + 1].split(separator: "-", maxSplits: 1)
    guard folder.count == 2, let way = Way(rawValue: String(folder[0])) else { return nil }
    self.path = path
    self.name = parts[(work + 2)...].joined(separator: "/")
    self.way = way
  }
}
