import DurableFiles
import Glibc
import Records
import Testing

@testable import InboxFiles

@Suite struct FileMoveTests {
  let folder = TestInbox()

  private func path(_ name: String) -> FilePath { folder.inbox.path(of: name) }

  @Test("a file that goes to another disk is copied there safely, and the original goes")
  func otherDisk() throws {
    let other = TestInbox(in: "/dev/shm")
    folder.write("new", to: "a.csv")
    let target = other.inbox.path(of: "archive/2026-01-31/menu.csv")
    try FileMove.move(path("a.csv"), to: target)
    #expect(folder.files == [])
    #expect(other.files == ["archive/2026-01-31/menu.csv"])
    #expect(other.read("archive/2026-01-31/menu.csv") == "new")
  }

  @Test("moving across leaves no temporary file, also where an earlier one was left")
  func across() throws {
    folder.write("new", to: "a.csv")
    let inode = try #require(try FileStatus.of(path("a.csv"))).stamp.inode
    folder.write("half", to: "products/.moving-\(inode)")
    try FileMove.moveAcross(path("a.csv"), to: path("products/a.csv"))
    #expect(folder.files == ["products/a.csv"])
    #expect(folder.read("products/a.csv") == "new")
  }

  @Test("moving across never replaces, and drops what is there already")
  func acrossTaken() throws {
    folder.write("new", to: "a.csv")
    folder.write("old", to: "b.csv")
    #expect(throws: FileFault(.nameTaken, .moved, path("a.csv"))) {
      try FileMove.moveAcross(path("a.csv"), to: path("b.csv"))
    }
    #expect(folder.files == ["a.csv", "b.csv"])
    folder.write("new", to: "b.csv")
    try FileMove.moveAcross(path("a.csv"), to: path("b.csv"))
    #expect(folder.files == ["b.csv"])
  }

  @Test("the same is the same content, whatever the names")
  func same() throws {
    folder.write("abc", to: "a")
    folder.write("abc", to: "b")
    folder.write("abd", to: "c")
    link(folder.path("a"), folder.path("d"))
    #expect(try FileMove.isSame(path("a"), path("b")))
    #expect(try FileMove.isSame(path("a"), path("d")))
    #expect(try !FileMove.isSame(path("a"), path("c")))
    #expect(try !FileMove.isSame(path("a"), path("products")))
    #expect(try !FileMove.isSame(path("a"), path("missing")))
  }
}
