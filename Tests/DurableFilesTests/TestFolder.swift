import DurableFiles
import Glibc
import TestSupport

/// A folder of its own, removed at the end of the test, that messages call `Outbox`.
final class TestFolder {
  private let folder = TemporaryFolder()

  func path(_ name: String) -> FilePath {
    FilePath(real: folder.path, shown: "Outbox").appending(name)
  }

  func write(_ text: String, to name: String) { folder.write(text, to: name) }

  func read(_ name: String) -> String? { folder.text(name) }

  func names(in name: String = "") -> [String] { folder.names(in: name) }
}
