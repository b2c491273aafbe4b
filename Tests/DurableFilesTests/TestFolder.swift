import DurableFiles
import Glibc
import TestSupport

/// A folder of its own, removed at the end of the test, that messages call `Outbox`.
final class TestFolder {
  private let folder = TemporaryFolder()

  /// With `archive` as a folder of the program's own.
  var root: FilePath { FilePath(FileRoot(folder.path, shown: "Outbox", own: ["archive"])) }

  func path(_ name: String) -> FilePath { root.appending(name) }

  /// The path that the kernel is given.
  func file(_ name: String) -> String { folder.file(name) }

  func remove(_ name: String) { folder.remove(name) }

  func mode(of name: String) -> UInt32 { folder.mode(of: name) }

  func write(_ text: String, to name: String) { folder.write(text, to: name) }

  func read(_ name: String) -> String? { folder.text(name) }

  func names(in name: String = "") -> [String] { folder.names(in: name) }
}
