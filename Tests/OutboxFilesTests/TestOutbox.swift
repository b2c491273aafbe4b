import Glibc
import Records
import TestSupport

@testable import OutboxFiles

/// An outbox in a folder of its own, removed at the end of the test.
final class TestOutbox: Sendable {
  let folder: TemporaryFolder
  let outbox: Outbox

  init(_ folders: String...) {
    folder = TemporaryFolder()
    outbox = Outbox(root: folder.path)
    for name in ["orders"] + folders { mkdir(folder.file(name), 0o755) }
  }

  static func file(
    _ name: String = "orders/a.csv", in fixed: String = "orders", _ text: String = "one",
    marker: String? = nil
  ) -> OutboxFile {
    OutboxFile(name: name, fixedFolder: fixed, bytes: Array(text.utf8), marker: marker)
  }

  /// Stages a file of one line at `orders/a.csv`.
  func stage(marker: String? = nil) throws -> StagedFile {
    try outbox.stage(Self.file(marker: marker))
  }

  /// What waits for the orders' folder, by name.
  var waiting: [String] {
    folder.names(in: "orders/.staging").flatMap { folder.names(in: "orders/.staging/\($0)") }
  }

  /// What the POS sees.
  var visible: [String] { folder.names(in: "orders").filter { !$0.hasPrefix(".") } }

  func move(_ name: String, to other: String) { rename(folder.file(name), folder.file(other)) }
}
