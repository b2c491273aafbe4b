import Digests
import Glibc
import Records
import TestSupport
import Testing

@testable import OutboxFiles

@Suite struct PurgeTests {
  let pos = TestOutbox()
  private let digest = Bytes.withBytes(of: "one", Digest.of)

  /// - Returns: the staged file's temporary.
  @discardableResult
  private func release() throws -> String {
    let staged = try pos.stage(marker: ".done")
    #expect(pos.outbox.release(staged, as: "orders/a.csv") == .released)
    return staged.temporary
  }

  private func remove(
    _ name: String = "orders/a.csv", size: Int64? = nil, marker: String? = nil,
    temporary: String = "0123456789abcdef/0123456789abcdef"
  ) throws -> Outbox.Removal {
    try pos.outbox.remove(name, size: size, digest: digest, marker: marker, temporary: temporary)
  }

  @Test("a file that nobody took goes, and its marker with it")
  func removed() throws {
    let temporary = try release()
    #expect(try remove(size: 3, marker: ".done", temporary: temporary) == .removed)
    #expect(pos.visible == [])
    #expect(try remove(size: 3, marker: ".done", temporary: temporary) == .gone)
  }

  @Test("another file of that name stays", arguments: ["two", "three", ""])
  func another(text: String) throws {
    pos.folder.write(text, to: "orders/a.csv")
    #expect(try remove("orders/a.csv") == .isAnother)
    #expect(try remove("orders/a.csv", size: 3) == .isAnother)
    #expect(pos.folder.text("orders/a.csv") == text)
  }

  @Test("a marker that holds something is not ours, and a folder is no file")
  func others() throws {
    try release()
    pos.folder.write("theirs", to: "orders/a.csv.done")
    #expect(try remove("orders/a.csv", marker: ".done") == .removed)
    #expect(pos.visible == ["a.csv.done"])
    mkdir(pos.folder.file("orders/a.csv"), 0o755)
    #expect(try remove("orders/a.csv") == .isAnother)
    symlink("/etc/hostname", pos.folder.file("orders/b.csv"))
    #expect(try remove("orders/b.csv") == .isAnother)
  }

  @Test("what is not seen is gone only where the folder is the one that it was written to")
  func away() throws {
    let temporary = try release()
    pos.move("orders", to: "away")
    #expect(try remove(temporary: temporary) == .away)
    mkdir(pos.folder.file("orders"), 0o755)
    #expect(try remove(temporary: temporary) == .away)
    try release()
    #expect(try remove("orders/b.csv", temporary: temporary) == .away)
    pos.folder.remove("orders")
    pos.move("away", to: "orders")
    #expect(try remove("orders/b.csv", temporary: temporary) == .gone)
    #expect(try remove(temporary: temporary) == .removed)
    pos.folder.remove("")
    #expect(try remove(temporary: temporary) == .away)
  }
}
