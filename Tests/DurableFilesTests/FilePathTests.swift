import DurableFiles
import Testing

@Suite struct FilePathTests {
  private let root = FileRoot("/srv/pos/Inbox", shown: "Inbox")

  @Test(
    "a path is folder and name, for the program and for people",
    arguments: [
      ("products/a.csv", "products", "a.csv", "Inbox/products/a.csv"),
      ("a.csv", "", "a.csv", "Inbox/a.csv"), ("x/y/b", "x/y", "b", "Inbox/x/y/b"),
    ])
  func parts(relative: String, folder: String, name: String, shown: String) {
    let path = FilePath(root, relative)
    #expect(path.shown == shown)
    #expect(path.folder == FilePath(root, folder))
    #expect(path.name == name)
    #expect(path.folder.appending(name) == path)
    #expect(path.adding(".done").shown == shown + ".done")
  }

  @Test("the root lies in itself, and nothing leads above it")
  func top() {
    #expect(FilePath(root).folder == FilePath(root))
    #expect(FilePath(root).shown == "Inbox")
  }
}
