import Glibc
import TestSupport
import Testing

@testable import OutboxFiles

@Suite struct StraysTests {
  let pos = TestOutbox()

  @Test("only temporaries go that nobody knows, with their markers, in all folders")
  func unknown() throws {
    let known = try pos.stage(marker: ".done")
    _ = try pos.stage(marker: ".done")
    _ = try pos.outbox.stage(TestOutbox.file("orders/S-1/late/a.csv"))
    _ = try pos.outbox.stage(TestOutbox.file("b.csv", in: ""))
    pos.folder.write("theirs", to: "orders/x.csv")
    #expect(pos.outbox.removeStrays(knownTemporaries: [known.temporary], olderThan: -1) == 4)
    #expect(pos.waiting == [known.fileName, known.markerName].sorted())
    #expect(pos.visible == ["S-1", "x.csv"])
    #expect(pos.outbox.release(known, as: "orders/a.csv") == .released)
  }

  @Test("a temporary that was just made is on its way into the ledger")
  func young() throws {
    let staged = try pos.stage()
    #expect(pos.outbox.removeStrays(knownTemporaries: []) == 0)
    #expect(pos.waiting == [staged.fileName])
  }

  @Test("a folder that is linked from elsewhere is looked at, once")
  func links() throws {
    _ = try pos.stage()
    symlink(pos.folder.path, pos.folder.file("orders/loop"))
    symlink("orders", pos.folder.file("also"))
    #expect(pos.outbox.removeStrays(knownTemporaries: [], olderThan: -1) == 1)
  }

  @Test("an outbox that is away has no strays")
  func away() {
    pos.folder.remove("")
    #expect(pos.outbox.removeStrays(knownTemporaries: [], olderThan: -1) == 0)
  }
}
