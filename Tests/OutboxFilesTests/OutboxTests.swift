import Glibc
import Records
import TestSupport
import Testing

@testable import OutboxFiles

@Suite struct OutboxTests {
  let pos = TestOutbox()

  @Test("check tells what is wrong with a folder, and makes nothing")
  func problems() {
    #expect(pos.outbox.problem(with: "orders") == nil)
    #expect(pos.outbox.problem(with: "") == nil)
    #expect(
      pos.outbox.problem(with: "changes")?.description
        == "Outbox/changes: the folder is missing. Mount the disk or share that it lies on, or "
        + "make the folder; what waits is written then.")
    #expect(pos.folder.names() == ["orders"])
  }

  @Test("a folder is made with all above it where that is asked for")
  func makeFolder() throws {
    pos.folder.remove("")
    try pos.outbox.makeFolder("orders/late")
    #expect(pos.folder.names(in: "orders") == ["late"])
    try pos.outbox.makeFolder("orders/late")
  }
}
