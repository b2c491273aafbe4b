import Digests
import Glibc
import Records
import TestSupport
import Testing

@testable import OutboxFiles

@Suite struct PurgeTests {
  let pos = TestOutbox()
  private let digest = Bytes.withBytes(of: "one", Digest.of)

  private func release() throws {
    #expect(pos.outbox.release(try pos.stage(marker: ".done"), as: "orders/a.csv") == .released)
  }

  @Test("a file that nobody took goes, and its marker with it")
  func removed() throws {
    try release()
    #expect(
      try pos.outbox.remove("orders/a.csv", size: 3, digest: digest, marker: ".done") == .removed)
    #expect(pos.visible == [])
    #expect(
      try pos.outbox.remove("orders/a.csv", size: 3, digest: digest, marker: ".done") == .gone)
  }

  @Test("another file of that name stays", arguments: ["two", "three", ""])
  func another(text: String) throws {
    pos.folder.write(text, to: "orders/a.csv")
    #expect(try pos.outbox.remove("orders/a.csv", digest: digest) == .isAnother)
    #expect(try pos.outbox.remove("orders/a.csv", size: 3, digest: digest) == .isAnother)
    #expect(pos.folder.text("orders/a.csv") == text)
  }

  @Test("a marker that holds something is not ours, and a folder is no file")
  func others() throws {
    try release()
    pos.folder.write("theirs", to: "orders/a.csv.done")
    #expect(try pos.outbox.remove("orders/a.csv", digest: digest, marker: ".done") == .removed)
    #expect(pos.visible == ["a.csv.done"])
    mkdir(pos.folder.file("orders/a.csv"), 0o755)
    #expect(try pos.outbox.remove("orders/a.csv", digest: digest) == .isAnother)
    symlink("/etc/hostname", pos.folder.file("orders/b.csv"))
    #expect(try pos.outbox.remove("orders/b.csv", digest: digest) == .isAnother)
  }

  @Test("an outbox that is away has nothing to remove")
  func away() throws {
    pos.folder.remove("")
    #expect(try pos.outbox.remove("orders/a.csv", digest: digest) == .gone)
  }
}
