import Glibc
import InboxFiles
import Records
import Testing

@Suite struct InboxTests {
  @Test(
    "patterns keep to one folder and pass over points at the start",
    arguments: [
      ("products/menu.csv", "products/*.csv", true),
      ("products/menu.csv", "products/menu.csv", true),
      ("products/menu12.csv", "products/menu[0-9]?.csv", true),
      ("products/a/menu.csv", "products/*.csv", false),
      ("products/a/menu.csv", "products/*/*.csv", true),
      ("products/.menu.csv", "products/*.csv", false),
      ("products/menu.CSV", "products/*.csv", true),
      ("products/menu.csv", "products/*.CSV", true),
      ("products/menu.Csv", "products/menu.csv", true),
      ("products/MENU.csv", "products/menu.csv", false),
      ("products/menu.B.csv", "products/menu.B*", true),
      ("status/menu.csv", "products/*.csv", false),
      ("products/menu.csv", "*", false),
    ])
  func patterns(name: String, pattern: String, fits: Bool) {
    #expect(Inbox.matches(name, pattern: pattern) == fits)
  }

  @Test("a usable inbox has no problems")
  func usable() {
    let folder = TestInbox()
    #expect(folder.inbox.folderProblems() == [])
  }

  @Test("a missing inbox, or a file in its place, is told")
  func missing() {
    let folder = TestInbox()
    folder.write("", to: "file")
    for name in ["nothing", "file"] {
      #expect(
        Inbox(root: folder.path(name)).folderProblems() == [
          Problem(
            "no-inbox", at: Place(file: "Inbox"), "the inbox is missing",
            remedy: "Make the folder, or name the workspace that holds it with --workspace.")
        ])
    }
  }
}
