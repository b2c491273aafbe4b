import DurableFiles
import Glibc
import Records

/// The folder in which request bodies wait, and in which the last accepted ones are kept.
///
/// The ledger knows them by their names, so that it holds wherever the workspace is moved to.
struct PayloadFolder {
  let path: String

  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Where a body lies that the ledger names.
  func path(of name: String) -> String { "\(path)/\(Self.name(of: name))" }

  /// Makes the folder, and waits until it is on the disk: the ledger refers to what is in it.
  func prepare() throws(Problem) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST {
      let folder = FileRoot(path, shown: path).above
      return try explained { () throws(FileFault) in try DurableFile.syncFolder(folder) }
    }
    throw Problem(
      "payload-folder", at: Place(file: path),
      "the folder for request bodies cannot be made: \(String(cString: strerror(errno)))",
      remedy: "Give the user that runs the connector the right to write there, or set state: in "
        + "connector.yaml.", category: .ours)
  }

  /// Takes away bodies that the ledger names no more.
  func remove(_ names: [String]) {
    for name in names { unlink(path(of: name)) }
  }

  /// Takes away what a run that was killed left behind.
  ///
  /// - Parameter used: names.
  func removeAll(but used: Set<String>) {
    guard let folder = opendir(path) else { return }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), !used.contains(name) { unlink("\(path)/\(name)") }
    }
  }
}
