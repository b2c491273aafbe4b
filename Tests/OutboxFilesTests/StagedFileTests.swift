import OutboxFiles
import TestSupport
import Testing

@Suite struct StagedFileTests {
  @Test("what the ledger keeps is enough to have the staged file again", arguments: [nil, ".done"])
  func again(marker: String?) throws {
    let pos = TestOutbox()
    let staged = try pos.stage(marker: marker)
    let again = StagedFile(
      name: "orders/other.csv", temporary: staged.temporary, device: staged.device,
      inode: staged.inode)
    #expect(again == staged)
    #expect(again.marker == marker)
    #expect(again.folder == "orders")
  }

  @Test("a file of the outbox itself has no folder")
  func root() {
    #expect(StagedFile(name: "a.csv", temporary: "a/b", device: 1, inode: 1).folder == "")
  }

  @Test(
    "a record that is damaged asks for a person, and harms nothing",
    arguments: ["", "/", "a", "../../orders", "\u{0}", "0123456789abcdef/"])
  func damaged(temporary: String) throws {
    let pos = TestOutbox()
    pos.folder.write("x", to: "orders/x.csv")
    let staged = StagedFile(name: "orders/a.csv", temporary: temporary, device: 1, inode: 1)
    guard case .stagingChanged = pos.outbox.release(staged, as: "orders/a.csv") else {
      Issue.record("\(pos.outbox.release(staged, as: "orders/a.csv"))")
      return
    }
    pos.outbox.discard(staged)
    #expect(pos.visible == ["x.csv"])
  }
}
