import Digests
import Glibc
import InboxFiles
import Records
import Testing

@Suite struct FilingTests {
  let folder = TestInbox()
  let name = "products/menu.csv"
  let day = Destination.archive(day: "2026-01-31")
  /// The first 12 digits of the SHA-256 of "new".
  let digits = "11507a0e2f5e"

  init() { folder.write("new", to: name) }

  private func file(_ file: ClaimedFile, as destination: Destination) throws -> String? {
    let target = try folder.inbox.target(for: file.work, digest: file.digest, as: destination)
    try folder.inbox.file(file.work.path, to: target)
    return target
  }

  @Test(
    "a file goes where it is sent, and no folder of work remains",
    arguments: [
      (Destination.archive(day: "2026-01-31"), "archive/2026-01-31/menu.csv"),
      (.rejected, "rejected/menu.csv"), (.held, "held/menu.csv"), (.inbox, "products/menu.csv"),
    ])
  func places(destination: Destination, place: String) throws {
    let target = try file(folder.claim(name, by: .rename), as: destination)
    #expect(target == place)
    #expect(folder.files == [place])
    #expect(folder.read(place) == "new")
    #expect(!folder.exists(".work"))
  }

  @Test("a deleted file leaves nothing, a copy leaves the original")
  func deleted() throws {
    folder.write("", to: "\(name).done")
    #expect(try file(folder.claim(name, by: .copy), as: .deleted) == nil)
    #expect(folder.files == [name, "\(name).done"])
    #expect(try file(folder.claim(name, by: .copy), as: .inbox) == nil)
    #expect(folder.files == [name, "\(name).done"])
    #expect(try file(folder.claim(name, by: .rename, withMarker: true), as: .deleted) == nil)
    #expect(folder.files == [])
  }

  @Test("a name that is taken gets the content's digest")
  func taken() throws {
    mkdir(folder.path("rejected"), 0o755)
    folder.write("old", to: "rejected/menu.csv")
    let target = try file(folder.claim(name, by: .rename), as: .rejected)
    #expect(target == "rejected/menu-\(digits).csv")
    #expect(folder.read("rejected/menu.csv") == "old")
    #expect(folder.read("rejected/menu-\(digits).csv") == "new")
    #expect(folder.files.count == 2)
  }

  @Test("a name whose digest is taken by other content gets the whole digest, then no more")
  func takenTwice() throws {
    mkdir(folder.path("rejected"), 0o755)
    folder.write("old", to: "rejected/menu.csv")
    folder.write("odd", to: "rejected/menu-\(digits).csv")
    let claimed = try folder.claim(name, by: .rename)
    let target = try folder.inbox.target(for: claimed.work, as: .rejected)
    #expect(target == "rejected/menu-\(claimed.digest.hex).csv")
    folder.write("ill", to: "rejected/menu-\(claimed.digest.hex).csv")
    let problem = #expect(throws: Problem.self) {
      try folder.inbox.target(for: claimed.work, as: .rejected)
    }
    #expect(problem?.code == "name-taken")
    #expect(folder.exists(claimed.work.path))
  }

  @Test("the same content under the same name is filed once")
  func same() throws {
    #expect(try file(folder.claim(name, by: .rename), as: day) == "archive/2026-01-31/menu.csv")
    folder.write("new", to: name)
    #expect(try file(folder.claim(name, by: .rename), as: day) == "archive/2026-01-31/menu.csv")
    #expect(folder.files == ["archive/2026-01-31/menu.csv"])
  }

  @Test("another file that comes first is never replaced, and the next decision goes on")
  func race() throws {
    let claimed = try folder.claim(name, by: .rename)
    let target = try folder.inbox.target(for: claimed.work, digest: claimed.digest, as: .held)
    mkdir(folder.path("held"), 0o755)
    folder.write("first", to: "held/menu.csv")
    let problem = #expect(throws: Problem.self) {
      try folder.inbox.file(claimed.work.path, to: target)
    }
    #expect(
      problem
        == Problem(
          "name-taken", at: Place(file: "Inbox/\(claimed.work.path)"),
          "it cannot be moved because another file has that name",
          remedy: "Move one of the two away; the next run goes on."))
    #expect(folder.read("held/menu.csv") == "first")
    #expect(folder.read(claimed.work.path) == "new")
    #expect(try file(claimed, as: .held) == "held/menu-\(digits).csv")
  }

  @Test("filing can be repeated from any point of an interruption")
  func repeated() throws {
    let claimed = try folder.claim(name, by: .rename, withMarker: true)
    let target = try folder.inbox.target(for: claimed.work, as: day)
    try folder.inbox.file(claimed.work.path, to: target)
    try folder.inbox.file(claimed.work.path, to: target)
    #expect(folder.files == ["archive/2026-01-31/menu.csv"])

    // Killed between the second name and the end of the first one.
    mkdir(folder.path(".work"), 0o755)
    mkdir(folder.path(".work/claimed-1"), 0o755)
    link(folder.path("archive/2026-01-31/menu.csv"), folder.path(".work/claimed-1/menu.csv"))
    try folder.inbox.file(".work/claimed-1/menu.csv", to: "archive/2026-01-31/menu.csv")
    #expect(folder.files == ["archive/2026-01-31/menu.csv"])
    #expect(!folder.exists(".work"))
  }

  @Test("a file that is at neither place is told")
  func lost() throws {
    let claimed = try folder.claim(name, by: .rename)
    unlink(folder.path(claimed.work.path))
    let problem = #expect(throws: Problem.self) {
      try folder.inbox.file(claimed.work.path, to: "held/menu.csv")
    }
    #expect(
      problem?.description
        == "Inbox/\(claimed.work.path): it cannot be moved because somebody moved or deleted it "
        + "while it was being worked on. Put the file into its folder of the inbox again if it is "
        + "still wanted.")
  }

  @Test("what an interrupted run took goes back, with its marker")
  func putBack() throws {
    folder.write("", to: "\(name).done")
    let claimed = try folder.claim(name, by: .rename, withMarker: true)
    #expect(try folder.inbox.putBack(claimed.work) == name)
    #expect(folder.files == [name, "\(name).done"])
    #expect(!folder.exists(".work"))
  }

  @Test("a newer file of the name is not touched by putting back")
  func putBackBesideNewer() throws {
    let claimed = try folder.claim(name, by: .rename)
    folder.write("newer", to: name)
    #expect(try folder.inbox.putBack(claimed.work) == "products/menu-\(digits).csv")
    #expect(folder.files == ["products/menu-\(digits).csv", name])
    #expect(folder.read(name) == "newer")
  }

  @Test("a run that was killed after the marker moved, before the file did, is undone")
  func markerOnly() throws {
    let work = folder.inbox.planClaim(of: name, by: .rename)
    #expect(try folder.inbox.putBack(work) == nil)
    let id = try #require(work.path.split(separator: "/").dropFirst().first)
    mkdir(folder.path(".work"), 0o755)
    mkdir(folder.path(".work/\(id)"), 0o755)
    mkdir(folder.path(".work/\(id)/products"), 0o755)
    folder.write("", to: "\(work.path).done")
    #expect(try folder.inbox.listing().leftovers.map(\.name) == ["\(name).done"])
    #expect(try folder.inbox.putBack(work) == nil)
    #expect(folder.files == [name, "\(name).done"])
    #expect(!folder.exists(".work"))
  }

  @Test("an unfinished copy goes")
  func unfinishedCopy() throws {
    let claimed = try folder.claim(name, by: .copy)
    folder.write("half", to: claimed.work.path)
    #expect(try folder.inbox.putBack(claimed.work) == nil)
    #expect(folder.files == [name])
  }

  @Test("a long name keeps room for its reports")
  func longName() throws {
    let long = "products/" + String(repeating: "ü", count: 125) + ".csv"
    mkdir(folder.path("rejected"), 0o755)
    for text in ["1", "2"] {
      folder.write(text, to: long)
      let target = try #require(try file(folder.claim(long, by: .rename), as: .rejected))
      let report = ProblemReport(headline: "Refused.", problems: .init(), next: "Fix it.")
      try folder.inbox.write(report, beside: target)
    }
    #expect(folder.names(in: "rejected").count == 4)
  }

  @Test("a rejected file can be brought back under a free name")
  func bringBack() throws {
    _ = try file(folder.claim(name, by: .rename), as: .rejected)
    folder.write("newer", to: name)
    let target = try folder.inbox.freeName(name, for: "rejected/menu.csv")
    try folder.inbox.file("rejected/menu.csv", to: target)
    #expect(folder.files == ["products/menu-\(digits).csv", name])
  }

  @Test("a file that is filed where it is stays there")
  func samePlace() throws {
    try folder.inbox.file(name, to: name)
    #expect(folder.files == [name])
    link(folder.path(name), folder.path("second"))
    try folder.inbox.file("second", to: name)
    #expect(folder.files == [name])
  }

  @Test("a folder of work beside the file serves as well, and is found again")
  func workBeside() throws {
    for part in ["products/.work", "products/.work/claimed-1", "products/.work/claimed-1/products"]
    {
      mkdir(folder.path(part), 0o755)
    }
    let work = try #require(WorkFile(path: "products/.work/claimed-1/\(name)"))
    rename(folder.path(name), folder.path(work.path))
    #expect(try folder.inbox.listing().leftovers == [work])
    #expect(try folder.inbox.putBack(work) == name)
    #expect(folder.files == [name])
    #expect(!folder.exists("products/.work"))
  }
}
