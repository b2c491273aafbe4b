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

  @Test("a folder is made with those that it lies in, but never the outbox itself")
  func makeFolder() throws {
    for _ in 1...2 { try pos.outbox.makeFolder("changes/late") }
    #expect(pos.folder.names(in: "changes") == ["late"])
    pos.folder.remove("")
    #expect(throws: Problem.self) { try pos.outbox.makeFolder("changes/late") }
    #expect(access(pos.folder.path, F_OK) != 0)
  }

  @Test("a link in the place of a folder or of its staging folder is told with the remedy")
  func links() throws {
    symlink("/etc", pos.folder.file("changes"))
    symlink("/etc", pos.folder.file("orders/.staging"))
    #expect(pos.outbox.problem(with: "changes")?.code == "link")
    let problem = pos.outbox.problem(with: "orders")
    #expect(
      problem?.description
        == "Outbox/orders: it cannot be written because Outbox/orders/.staging is a link, and none "
        + "is followed there. Put a folder in its place; what lies elsewhere can be mounted there "
        + "(mount --bind). Inbox and Outbox themselves may be links.")
    #expect(throws: Problem.self) { try pos.stage() }
  }
}
