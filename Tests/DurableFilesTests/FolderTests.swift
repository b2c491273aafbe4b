import Foundation
import Records
import Testing

@testable import DurableFiles

@Suite struct FolderTests {
  let folder = TestFolder()
  /// Where no step may lead.
  let outside = TestFolder()

  /// Everything that is done to files by their paths.
  enum Step: CaseIterable {
    case read, write, make, look, list, sync, rename, take, move, link, remove

    func run(at path: FilePath, _ other: FilePath) throws {
      switch self {
      case .read: _ = try OpenFile(reading: path)
      case .write: try DurableFile.write(Bytes("new"), to: path, replacing: true)
      case .make: try DurableFile.makeFolder(path.folder.appending("new"))
      case .look: _ = try FileStatus.of(path)
      case .list: _ = try Folder.open(path.folder).names()
      case .sync: try DurableFile.syncFolder(path.folder)
      case .rename: try DurableFile.rename(other, to: path)
      case .take: try DurableFile.rename(path, to: other)
      case .move: try DurableFile.moveExclusively(path, to: other.adding("2"))
      case .link: try DurableFile.linkAndUnlink(path, to: other.adding("3"))
      case .remove: try DurableFile.remove(path)
      }
    }
  }

  @Test(
    "no step follows a link below the root, wherever it stands on the way", arguments: Step.allCases
  )
  func links(step: Step) throws {
    outside.write("theirs", to: "a")
    try DurableFile.makeFolder(folder.path("deep"))
    try DurableFile.makeFolder(outside.path("inner"))
    outside.write("theirs", to: "inner/a")
    symlink(outside.file(""), folder.file("first"))
    symlink(outside.file("inner"), folder.file("deep/last"))
    folder.write("ours", to: "b")
    for name in ["first/a", "first/inner/a", "deep/last/a"] {
      let error = #expect(throws: (any Error).self) {
        try step.run(at: folder.path(name), folder.path("b"))
      }
      let problem = (error as? FileFault)?.problem ?? error as? Problem
      #expect(problem?.code == "link", "\(name)")
    }
    #expect(outside.names() == ["a", "inner"])
    #expect(outside.names(in: "inner") == ["a"])
    #expect(folder.read("b") == "ours")
  }

  @Test("the root itself may be a link, and so may what lies above it")
  func root() throws {
    outside.write("here", to: "a")
    symlink(outside.file(""), folder.file("Inbox"))
    let path = FilePath(FileRoot(folder.file("Inbox"), shown: "Inbox"), "a")
    #expect(try OpenFile(reading: path).tail(10) == Array("here".utf8))
  }

  @Test(
    "no name leads out of the root",
    arguments: ["..", "../x", "a/../../x", "a/./x"])
  func names(name: String) {
    #expect(throws: FileFault(.system(EINVAL), .removed, folder.path(name).appending("a"))) {
      try DurableFile.remove(folder.path(name).appending("a"))
    }
    #expect(throws: Problem.self) {
      try DurableFile.write(Bytes("x"), to: folder.path(name), replacing: true)
    }
    #expect(folder.names() == [])
  }

  @Test(
    "a name with a NUL byte is none: no step reaches what the part before it names",
    arguments: Step.allCases)
  func nul(step: Step) throws {
    try DurableFile.makeFolder(folder.path("d"))
    for name in ["a", "b", "d/a"] { folder.write("ours", to: name) }
    for name in ["a\u{0}x", "d\u{0}x/a", "d/a\u{0}x"] {
      // Listing and making take the folder that the name is in.
      let isOfFolder = [.list, .make, .sync].contains(step)
      let path = folder.path(isOfFolder ? name + "/c" : name)
      #expect(throws: (any Error).self, "\(name.debugDescription)") {
        try step.run(at: path, folder.path("b"))
      }
    }
    #expect(folder.names() == ["a", "b", "d"])
    #expect(folder.names(in: "d") == ["a"])
    for name in ["a", "b", "d/a"] { #expect(folder.read(name) == "ours") }
  }

  @Test("a folder of the program's own must belong to its user, and says what to do")
  func foreign() throws {
    // Another user's folder is made by root, and found by anybody else.
    let root =
      geteuid() == 0 ? folder.root.root : FileRoot("/usr", shown: "Outbox", own: ["lib"])
    let name = geteuid() == 0 ? "archive" : "lib"
    if geteuid() == 0 {
      for name in ["archive/day", "theirs", ".staging"] {
        try DurableFile.makeFolder(folder.path(name))
      }
      for name in ["archive", "theirs", ".staging"] { chown(folder.file(name), 65534, 65534) }
      _ = try Folder.open(folder.path("theirs"))
      #expect(throws: FileFault.self) { try Folder.open(folder.path(".staging")) }
    }
    let owner: UInt32 = geteuid() == 0 ? 65534 : 0
    let problem = #expect(throws: Problem.self) {
      try DurableFile.makeFolder(FilePath(root, "\(name)/day"))
    }
    #expect(
      problem
        == Problem(
          "foreign-folder", at: Place(file: "Outbox/\(name)/day"),
          "it cannot be made because Outbox/\(name) belongs to user \(owner), and must belong to "
            + "the account that runs the connector (user \(geteuid()))",
          remedy: "Look at who made it and what it holds. Then move it away, and the connector "
            + "makes its own; or give it to that account with all that it holds (chown -R)."))
  }

  @Test("hidden folders are closed to everybody else")
  func hidden() throws {
    try DurableFile.makeFolder(folder.path(".staging/a"))
    #expect(folder.mode(of: ".staging") == 0o700)
    #expect(folder.mode(of: ".staging/a") == 0o700)
  }

  @Test("a folder that is swapped for a link at any moment leads nowhere else")
  func swapped() async throws {
    outside.write("theirs", to: "a")
    outside.write("theirs", to: "b")
    try DurableFile.makeFolder(folder.path("pos"))
    folder.write("ours", to: "c")
    let (real, aside, target) = (folder.file("pos"), folder.file("aside"), outside.file(""))
    let swapper = Task.detached {
      while !Task.isCancelled {
        rename(real, aside)
        symlink(target, real)
        unlink(real)
        rename(aside, real)
      }
    }
    for _ in 0..<500 {
      for step in Step.allCases where step != .rename {
        try? step.run(at: folder.path("pos/a"), folder.path("d"))
      }
      try? DurableFile.rename(folder.path("c"), to: folder.path("pos/c"))
      try? DurableFile.rename(folder.path("pos/c"), to: folder.path("c"))
    }
    swapper.cancel()
    await swapper.value
    #expect(outside.names() == ["a", "b"])
    #expect(outside.read("a") == "theirs")
  }
}
