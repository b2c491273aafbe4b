import Glibc
import InboxFiles
import Records
import Testing

@Suite struct InboxListingTests {
  let folder = TestInbox()

  @Test("files of all folders are listed by name, digits as numbers, with their stamps")
  func listing() throws {
    mkdir(folder.path("products/airport"), 0o755)
    for name in ["menu10.csv", "menu2.csv", "Ü 1.json", "airport/a.csv"] {
      folder.write("12345", to: "products/\(name)")
    }
    folder.write("", to: "status/s.csv")
    folder.write("", to: "stray.csv")
    let listing = try folder.inbox.listing()
    #expect(
      listing.files.map(\.name) == [
        "products/airport/a.csv", "products/menu2.csv", "products/menu10.csv",
        "products/Ü 1.json", "status/s.csv", "stray.csv",
      ])
    #expect(listing.problems == [])
    #expect(listing.leftovers == [])
    var found = stat()
    stat(folder.path("products/menu2.csv"), &found)
    let second = Int64(1_000_000_000)
    #expect(
      listing.files[1].stamp
        == FileStamp(
          size: 5, modified: Int64(found.st_mtim.tv_sec) * second + Int64(found.st_mtim.tv_nsec),
          changed: Int64(found.st_ctim.tv_sec) * second + Int64(found.st_ctim.tv_nsec),
          inode: UInt64(found.st_ino), device: UInt64(found.st_dev)))
  }

  @Test(
    "half-copied and hidden files, markers and the system's own files are passed over",
    arguments: [
      "Thumbs.db", "thumbs.DB", "desktop.ini", ".DS_Store", "._menu.csv", "$RECYCLE.BIN",
      "menu.csv.tmp", "menu.part", "menu.partial", "menu.csv.filepart", "menu.crdownload",
      "menu.CSV.TMP", ".menu.csv", "~$menu.xlsx", "menu.csv.done", "~$",
    ])
  func passedOver(name: String) throws {
    folder.write("x", to: "products/\(name)")
    let listing = try folder.inbox.listing()
    #expect(listing.files == [])
    #expect(listing.problems == [])
  }

  @Test(
    "a lone marker is a file for a pattern that ends so, and for no other",
    arguments: [
      ("status/1042.done", "status/*.done", true), ("status/1042.DONE", "status/*.DONE", true),
      ("status/1042.done", "status/*", false), ("status/1042.done", "products/*.done", false),
      ("status/7.csv.done", "status/*.done", false),
    ])
  func loneMarker(name: String, pattern: String, isListed: Bool) throws {
    folder.write("x", to: name)
    folder.write("x", to: "status/7.csv")
    let files = try folder.inbox.listing().files(for: [pattern]).map(\.name)
    #expect(files == (isListed ? ["status/7.csv", name] : ["status/7.csv"]))
  }

  @Test(
    "names that only look so are listed",
    arguments: [
      "tmp", "done", "partial.csv", "my-thumbs.db", "desktop.ini.csv", "~menu.csv", "menu.tmp.csv",
      "$~menu",
    ])
  func notPassedOver(name: String) throws {
    folder.write("x", to: "products/\(name)")
    #expect(try folder.inbox.listing().files.map(\.name) == ["products/\(name)"])
  }

  @Test("what was filed away is not listed, folders of those names below are")
  func filed() throws {
    for name in ["archive", "rejected", "held", "products/archive", ".work"] {
      mkdir(folder.path(name), 0o755)
      folder.write("x", to: "\(name)/menu.csv")
    }
    #expect(try folder.inbox.listing().files.map(\.name) == ["products/archive/menu.csv"])
  }

  @Test("links, pipes and sockets are never opened, and each is told")
  func links() throws {
    symlink("/etc/passwd", folder.path("products/a.csv"))
    symlink("/etc", folder.path("products/etc"))
    symlink("/nowhere", folder.path("products/broken.csv"))
    mkfifo(folder.path("products/pipe.csv"), 0o600)
    let listing = try folder.inbox.listing()
    #expect(listing.files == [])
    let texts = listing.problems.map(\.description).sorted()
    let link =
      "it is a link, and only regular files are read. Put the file itself there; a folder "
      + "that lies elsewhere can be mounted in its place."
    #expect(
      texts == [
        "Inbox/products/a.csv: \(link)",
        "Inbox/products/broken.csv: \(link)",
        "Inbox/products/etc: \(link)",
        "Inbox/products/pipe.csv: it is a pipe or socket, and only regular files are read. "
          + "Let the POS write a file, and remove this.",
      ])
  }

  @Test(
    "a link in the place of a folder that the program makes is told, and files are listed",
    arguments: ["archive", "rejected", "held", ".work"])
  func ownFolders(name: String) throws {
    symlink("/etc", folder.path(name))
    folder.write("x", to: "products/menu.csv")
    let listing = try folder.inbox.listing()
    #expect(listing.files.map(\.name) == ["products/menu.csv"])
    #expect(listing.leftovers == [])
    #expect(listing.problems.map(\.code) == ["link"])
    #expect(listing.problems.map(\.place.file) == ["Inbox/\(name)"])
    #expect(folder.inbox.folderProblems() == listing.problems)
  }

  @Test(
    "a name that is not UTF-8, or breaks lines, is told with its bytes",
    arguments: [
      ([0x6D, 0xFC, 0x2E, 0x63], "m\\xFC.c"), ([0x61, 0x0A, 0x62], "a\\x0Ab"),
      ([0x61, 0xC3, 0xA4, 0x07], "a\\xC3\\xA4\\x07"),
    ] as [([UInt8], String)])
  func badName(bytes: [UInt8], shown: String) throws {
    let path = Array("\(folder.root)/products/".utf8) + bytes + [0]
    let file = path.withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
    }
    try #require(file >= 0)
    close(file)
    defer {
      path.withUnsafeBytes {
        _ = unlink($0.baseAddress!.assumingMemoryBound(to: CChar.self))
      }
    }
    let listing = try folder.inbox.listing()
    #expect(listing.files == [])
    #expect(
      listing.problems == [
        Problem(
          "file-name", at: Place(file: "Inbox/products/\(shown)"),
          "its name is not UTF-8 text or holds control characters",
          remedy: "Rename it, or let the POS write names of plain letters and digits.")
      ])
  }

  @Test("folders that lie too deep are told, not walked forever")
  func deep() throws {
    var name = "products"
    for _ in 1...16 {
      name += "/d"
      mkdir(folder.path(name), 0o755)
    }
    folder.write("x", to: "\(name)/menu.csv")
    let listing = try folder.inbox.listing()
    #expect(listing.files == [])
    #expect(listing.problems.map(\.code) == ["too-deep"])
  }

  @Test("a missing inbox is thrown")
  func missing() {
    #expect(throws: Problem.self) { try Inbox(root: "/nowhere/Inbox").listing() }
  }

  @Test("what an interrupted run took is listed apart")
  func leftovers() throws {
    for name in ["b.csv", "a.csv"] { folder.write("x", to: "products/\(name)") }
    let renamed = try folder.claim("products/b.csv", by: .rename)
    let copied = try folder.claim("products/a.csv", by: .copy)
    let listing = try folder.inbox.listing()
    #expect(listing.files.map(\.name) == ["products/a.csv"])
    #expect(listing.leftovers == [renamed.work, copied.work])
  }
}
