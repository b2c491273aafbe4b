import Digests
import Glibc
import InboxFiles
import Records
import Testing

@Suite struct ClaimTests {
  let folder = TestInbox()
  let name = "products/menu.csv"

  init() { folder.write("Name\nLaksa\n", to: name) }

  @Test("a renamed file is at the planned place only")
  func rename() throws {
    let work = folder.inbox.planClaim(of: name, by: .rename)
    #expect(folder.files == [name])
    let look = try folder.settledLook(name)
    guard case .taken(let file) = try folder.inbox.claim(work, look: look) else {
      Issue.record("not taken")
      return
    }
    #expect(folder.files == [work.path])
    #expect(file.digest == look.digest)
    #expect(file.stamp.inode == look.stamp.inode)
    #expect(try folder.inbox.isUnchanged(file))
  }

  @Test("a copied file stays where it is, and the copy is equal")
  func copy() throws {
    let file = try folder.claim(name, by: .copy)
    #expect(folder.files == [file.work.path, name])
    #expect(folder.read(file.work.path) == "Name\nLaksa\n")
    #expect(folder.read(name) == "Name\nLaksa\n")
    #expect(try folder.inbox.isUnchanged(file))
  }

  @Test(
    "a file that was changed after the looks is left where it is",
    arguments: [
      WorkFile.Way.rename, .copy,
    ])
  func changed(way: WorkFile.Way) throws {
    let look = try folder.settledLook(name)
    folder.write("more\n", to: name, mode: "a")
    let claim = try folder.inbox.claim(folder.inbox.planClaim(of: name, by: way), look: look)
    #expect(claim == .missed(.growing(.changed)))
    #expect(folder.files == [name])
    #expect(folder.read(name) == "Name\nLaksa\nmore\n")
    #expect(folder.names() == ["products", "status"])
  }

  @Test(
    "a file of equal size in its place is not taken for it",
    arguments: [
      WorkFile.Way.rename, .copy,
    ])
  func replaced(way: WorkFile.Way) throws {
    let look = try folder.settledLook(name)
    folder.write("Name\nRojak\n", to: "products/new.tmp")
    Glibc.rename(folder.path("products/new.tmp"), folder.path(name))
    let claim = try folder.inbox.claim(folder.inbox.planClaim(of: name, by: way), look: look)
    #expect(claim == .missed(.growing(.changed)))
    #expect(folder.files == [name])
    #expect(folder.read(name) == "Name\nRojak\n")
  }

  @Test(
    "a file that was opened for writing after the looks goes back",
    arguments: [
      WorkFile.Way.rename, .copy,
    ])
  func opened(way: WorkFile.Way) throws {
    let look = try folder.settledLook(name)
    let file = open(folder.path(name), O_WRONLY | O_APPEND)
    let claim = try folder.inbox.claim(folder.inbox.planClaim(of: name, by: way), look: look)
    #expect(claim == .missed(.growing(.changed)))
    Glibc.write(file, "late\n", 5)
    close(file)
    #expect(folder.files == [name])
    #expect(folder.read(name) == "Name\nLaksa\nlate\n")
  }

  @Test(
    "a file that is gone is told, and leaves no folders",
    arguments: [
      WorkFile.Way.rename, .copy,
    ])
  func gone(way: WorkFile.Way) throws {
    let look = try folder.settledLook(name)
    unlink(folder.path(name))
    let claim = try folder.inbox.claim(folder.inbox.planClaim(of: name, by: way), look: look)
    #expect(claim == .missed(.gone))
    #expect(folder.names() == ["products", "status"])
  }

  @Test("a link that took the file's place is put back unread")
  func link() throws {
    let look = try folder.settledLook(name)
    unlink(folder.path(name))
    symlink("/etc/passwd", folder.path(name))
    let work = folder.inbox.planClaim(of: name, by: .rename)
    #expect(try folder.inbox.claim(work, look: look) == .missed(.growing(.changed)))
    #expect(folder.files == [name])
  }

  @Test("a file that a server lent out after the looks goes back")
  func lentOut() throws {
    let look = try folder.settledLook(name)
    let file = open(folder.path(name), O_RDWR)
    defer { close(file) }
    try #require(fcntl(file, 10, SIGURG) == 0)
    try #require(fcntl(file, 1024, F_WRLCK) == 0)
    let work = folder.inbox.planClaim(of: name, by: .rename)
    #expect(try folder.inbox.claim(work, look: look) == .missed(.growing(.changed)))
    #expect(folder.files == [name])
  }

  @Test("writing to a file that was taken is seen after reading")
  func writtenAfterwards() throws {
    let file = try folder.claim(name, by: .rename)
    folder.write("x", to: file.work.path, mode: "a")
    #expect(try folder.inbox.isUnchanged(file) == false)
  }

  @Test("the marker is taken with its file, so that the next file needs its own")
  func marker() throws {
    folder.write("", to: "\(name).done")
    let file = try folder.claim(name, by: .rename, withMarker: true)
    #expect(folder.files == [file.work.path, "\(file.work.path).done"])
    #expect(try folder.inbox.listing().leftovers == [file.work])
  }

  @Test("the marker of a copied file stays with the file")
  func keptMarker() throws {
    folder.write("", to: "\(name).done")
    let file = try folder.claim(name, by: .copy, withMarker: true)
    #expect(folder.files == [file.work.path, name, "\(name).done"])
  }

  @Test("the marker goes back with a file that could not be taken")
  func markerBack() throws {
    folder.write("", to: "\(name).done")
    let look = try folder.settledLook(name)
    folder.write("more\n", to: name, mode: "a")
    let work = folder.inbox.planClaim(of: name, by: .rename)
    #expect(
      try folder.inbox.claim(work, look: look, withMarker: true) == .missed(.growing(.changed)))
    #expect(folder.files == [name, "\(name).done"])
  }

  @Test("a file that cannot be taken is where it was, and the problem says why")
  func refused() throws {
    let look = try folder.settledLook(name)
    folder.write("", to: ".work")
    let work = folder.inbox.planClaim(of: name, by: .rename)
    let problem = #expect(throws: Problem.self) { try folder.inbox.claim(work, look: look) }
    #expect(problem?.place.file == "Inbox/products/menu.csv")
    #expect(
      problem?.message == "it cannot be taken because a file stands where a folder belongs")
    #expect(folder.files == [".work", name])
  }

  @Test("no write of a busy POS is lost, whatever the moment of the claim")
  func busy() throws {
    let writer = BusyWriter(folder.path(name))
    var collected = 0
    for _ in 0..<200 {
      guard case .whole(let look) = try readiness() else { continue }
      let work = folder.inbox.planClaim(of: name, by: .rename)
      guard case .taken(let file) = try folder.inbox.claim(work, look: look) else { continue }
      #expect(try folder.inbox.putBack(file.work) == name)
      collected += 1
    }
    let rounds = writer.stop()
    #expect(folder.files == [name])
    #expect(folder.read(name)?.utf8.count == 11 + rounds)
    #expect(collected > 0)
  }

  private func readiness() throws -> Readiness {
    SettleCheck(folder.inbox, [.init(try folder.candidate(name))]).readiness()[0]
  }
}
