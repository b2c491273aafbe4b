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

  @Test("links are not followed, neither to folders nor to staging folders nor to files")
  func links() throws {
    let outside = TestOutbox()
    _ = try outside.stage()
    outside.folder.write("theirs", to: "0123456789abcdef.tmp")
    let home = try pos.stage().home
    symlink(outside.folder.path, pos.folder.file("orders/elsewhere"))
    symlink(outside.folder.path, pos.folder.file("orders/.staging/0123456789abcdef"))
    mkdir(pos.folder.file("more"), 0o755)
    symlink(outside.folder.file("orders/.staging"), pos.folder.file("more/.staging"))
    symlink(
      outside.folder.file("0123456789abcdef.tmp"),
      pos.folder.file("orders/.staging/\(home)/fedcba9876543210.tmp"))
    #expect(pos.outbox.removeStrays(knownTemporaries: [], olderThan: -1) == 1)
    #expect(outside.folder.names() == ["0123456789abcdef.tmp", "orders"])
    #expect(outside.waiting.count == 1)
  }

  @Test(
    "only names go that staging makes",
    arguments: [
      ("0123456789abcdef.tmp", true), ("0123456789abcdef.marker.tmp", true),
      ("0123456789abcdef", false), ("0123456789abcdef.csv", false), ("ledger.sqlite", false),
      ("0123456789ABCDEF.tmp", false), ("x.tmp", false), (".tmp", false),
    ])
  func names(name: String, goes: Bool) throws {
    let staged = try pos.stage()
    pos.folder.write("x", to: "orders/.staging/\(staged.home)/\(name)")
    _ = pos.outbox.removeStrays(knownTemporaries: [staged.temporary], olderThan: -1)
    #expect(pos.waiting.sorted() == ([staged.fileName] + (goes ? [] : [name])).sorted())
  }

  @Test("an outbox that is away has no strays")
  func away() {
    pos.folder.remove("")
    #expect(pos.outbox.removeStrays(knownTemporaries: [], olderThan: -1) == 0)
  }
}
