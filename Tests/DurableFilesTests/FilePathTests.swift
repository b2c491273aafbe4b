import DurableFiles
import Testing

@Suite struct FilePathTests {
  @Test(
    "a path is folder and name, for the kernel and for people",
    arguments: [
      ("/srv/Inbox/a.csv", "/srv/Inbox", "a.csv"), ("/a.csv", "/", "a.csv"),
      ("a.csv", ".", "a.csv"),
    ])
  func parts(real: String, folder: String, name: String) {
    let path = FilePath(real: real, shown: "Inbox/a.csv")
    #expect(path.folder == FilePath(real: folder, shown: "Inbox"))
    #expect(path.name == name)
    #expect(path.folder.appending("b") == FilePath(real: "\(folder)/b", shown: "Inbox/b"))
  }
}
