import DurableFiles
import Glibc
import Records
import Testing

@Suite struct DurableFileTests {
  let folder = TestFolder()

  private func path(_ name: String) -> FilePath { folder.path(name) }

  @Test("a file is written whole, and replaced only where that is asked for")
  func write() throws {
    try DurableFile.write(Bytes("one"), to: path("a.csv"), replacing: false)
    try DurableFile.write(Bytes("two"), to: path("a.csv"), replacing: true)
    let problem = #expect(throws: Problem.self) {
      try DurableFile.write(Bytes("three"), to: path("a.csv"), replacing: false)
    }
    #expect(
      problem
        == Problem(
          "name-taken", at: Place(file: "Outbox/a.csv"),
          "it cannot be written because another file has that name",
          remedy: "Move one of the two away; the next run goes on."))
    #expect(folder.names() == ["a.csv"])
    #expect(folder.read("a.csv") == "two")
  }

  @Test("what cannot be written leaves nothing behind")
  func failures() {
    let missing = #expect(throws: Problem.self) {
      try DurableFile.write(Bytes("x"), to: path("nothing/a.csv"), replacing: true)
    }
    #expect(
      missing?.description
        == "Outbox/nothing/a.csv: it cannot be written because there is no such file or folder. "
        + "Look whether somebody moved it, or whether a disk or a share is not mounted.")
    let long = String(repeating: "x", count: 300)
    let name = #expect(throws: Problem.self) {
      try DurableFile.write(Bytes("x"), to: path(long), replacing: true)
    }
    #expect(name?.code == "name-too-long")
    #expect(folder.names() == [])
  }

  @Test("folders are made with those that they lie in, once or again")
  func folders() throws {
    for _ in 0..<2 { try DurableFile.makeFolder(path("a/b/c")) }
    try DurableFile.write(Bytes("x"), to: path("a/b/c/d"), replacing: false)
    #expect(folder.names(in: "a/b/c") == ["d"])
    let problem = #expect(throws: Problem.self) { try DurableFile.makeFolder(path("a/b/c/d/e")) }
    #expect(problem?.code == "not-a-folder")
  }

  @Test("no folder is made above the one that must be there")
  func floor() throws {
    #expect(throws: FileFault(.system(ENOENT), .made, path("a"))) {
      try DurableFile.makeFolders(path("a/b/c"), above: path("a"))
    }
    #expect(folder.names() == [])
    try DurableFile.makeFolders(path("b/c"), above: folder.root)
    #expect(folder.names(in: "b") == ["c"])
  }

  @Test("each way of moving moves, and none replaces", arguments: Way.allCases)
  func moves(way: Way) throws {
    folder.write("a", to: "a")
    try way.move(path("a"), path("b"))
    #expect(folder.names() == ["b"])
    folder.write("a", to: "a")
    #expect(throws: FileFault(.nameTaken, .moved, path("a"))) {
      try way.move(path("a"), path("b"))
    }
    #expect(folder.names() == ["a", "b"])
    #expect(throws: FileFault.self) { try way.move(path("missing"), path("c")) }
  }

  enum Way: CaseIterable {
    case atOnce, bySecondName, byLooking

    func move(_ old: FilePath, _ new: FilePath) throws {
      switch self {
      case .atOnce: try DurableFile.moveExclusively(old, to: new)
      case .bySecondName: try DurableFile.linkAndUnlink(old, to: new)
      case .byLooking: try DurableFile.lookAndRename(old, to: new)
      }
    }
  }
}
