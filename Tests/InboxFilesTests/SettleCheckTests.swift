import Digests
import Foundation
import Glibc
import InboxFiles
import Records
import Testing

@Suite struct SettleCheckTests {
  let folder = TestInbox()

  private func check(_ name: String, _ change: () -> Void = {}) throws -> Readiness {
    let check = SettleCheck(folder.inbox, [.init(try folder.candidate(name))])
    change()
    return check.readiness()[0]
  }

  @Test("a file at rest is whole, and its look has the content's digest")
  func whole() throws {
    folder.write("Name;Price\nLaksa;6,50\n", to: "products/menu.csv")
    let candidate = try folder.candidate("products/menu.csv")
    let check = SettleCheck(folder.inbox, [.init(candidate)])
    #expect(check.needsWait)
    let digest = Bytes.withBytes(of: "Name;Price\nLaksa;6,50\n") { Digest.of($0) }
    #expect(check.readiness() == [.whole(Look(stamp: candidate.stamp, digest: digest))])
  }

  @Test("a file that changes between the looks is growing")
  func growing() throws {
    folder.write("a", to: "products/menu.csv")
    let answer = try check("products/menu.csv") {
      folder.write("b", to: "products/menu.csv", mode: "a")
    }
    #expect(answer == .growing(.changed))
    #expect(answer.reason == "it is still changing")
  }

  @Test("the same size and the same modification time do not hide other content")
  func fakedTime() throws {
    folder.write("aaaa", to: "products/menu.csv")
    let answer = try check("products/menu.csv") {
      var found = stat()
      stat(folder.path("products/menu.csv"), &found)
      folder.write("bbbb", to: "products/menu.csv", mode: "r+")
      let times = [found.st_atim, found.st_mtim]
      utimensat(AT_FDCWD, folder.path("products/menu.csv"), times, 0)
    }
    #expect(answer == .growing(.changed))
  }

  @Test(
    "a file that is mapped into memory for writing counts as open, its descriptor closed or not")
  func mappedMemory() throws {
    folder.write("aaaa", to: "products/menu.csv")
    let file = open(folder.path("products/menu.csv"), O_RDWR)
    let memory = try #require(
      mmap(nil, 4, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0))
    close(file)
    defer { munmap(memory, 4) }
    #expect(try check("products/menu.csv") == .growing(.openForWriting))
  }

  @Test("a file that another one replaced between the looks is not taken")
  func replaced() throws {
    folder.write("a", to: "products/menu.csv")
    let answer = try check("products/menu.csv") {
      folder.write("a", to: "products/new.tmp")
      rename(folder.path("products/new.tmp"), folder.path("products/menu.csv"))
    }
    #expect(answer == .growing(.changed))
  }

  @Test("a file that somebody has open for writing is not read, and needs no wait")
  func openForWriting() throws {
    folder.write("a", to: "products/menu.csv")
    let file = open(folder.path("products/menu.csv"), O_WRONLY | O_APPEND)
    let check = SettleCheck(folder.inbox, [.init(try folder.candidate("products/menu.csv"))])
    #expect(!check.needsWait)
    #expect(check.readiness() == [.growing(.openForWriting)])
    close(file)
    #expect(try folder.settledLook("products/menu.csv").stamp.size == 1)
  }

  @Test("a file that is opened for writing between the looks is growing")
  func openedBetween() throws {
    folder.write("a", to: "products/menu.csv")
    var file: Int32 = -1
    let answer = try check("products/menu.csv") {
      file = open(folder.path("products/menu.csv"), O_RDWR)
    }
    #expect(answer == .growing(.openForWriting))
    #expect(answer.reason == "another program has it open for writing")
    close(file)
  }

  @Test("a file that another program reads is whole")
  func openForReading() throws {
    folder.write("a", to: "products/menu.csv")
    let file = open(folder.path("products/menu.csv"), O_RDONLY)
    defer { close(file) }
    guard case .whole = try check("products/menu.csv") else {
      Issue.record("a reader kept the file from being taken")
      return
    }
  }

  @Test("a file that a server lends out under a lease is left to it")
  func lentOut() throws {
    folder.write("a", to: "products/menu.csv")
    let candidate = try folder.candidate("products/menu.csv")
    let file = open(folder.path("products/menu.csv"), O_RDWR)
    defer { close(file) }
    try #require(fcntl(file, 10, SIGURG) == 0)
    try #require(fcntl(file, 1024, F_WRLCK) == 0)
    let check = SettleCheck(folder.inbox, [.init(candidate)])
    #expect(check.readiness() == [.growing(.openForWriting)])
  }

  @Test("a writer that comes and goes all the time neither ends this process nor is overlooked")
  func concurrentWriter() throws {
    let name = folder.write("a", to: "products/menu.csv")
    let candidate = try folder.candidate(name)
    let writer = BusyWriter(folder.path(name))
    for _ in 0..<300 {
      let check = SettleCheck(folder.inbox, [.init(candidate)])
      if case .whole(let look) = check.readiness()[0] {
        #expect(look.stamp.size > 0)
      }
    }
    let rounds = writer.stop()
    #expect(rounds > 0)
    let size = try #require(folder.read(name)?.utf8.count)
    #expect(try folder.settledLook(name).stamp.size == Int64(size))
  }

  @Test("a marker is waited for, and its file is whole with it")
  func marker() throws {
    folder.write("a", to: "products/menu.csv")
    let candidate = try folder.candidate("products/menu.csv")
    let request = SettleCheck.Request(candidate, needsMarker: true)
    let without = SettleCheck(folder.inbox, [request])
    #expect(!without.needsWait)
    #expect(without.readiness() == [.waitsForMarker])
    folder.write("", to: "products/menu.csv.done")
    guard case .whole = SettleCheck(folder.inbox, [request]).readiness()[0] else {
      Issue.record("the marker was not seen")
      return
    }
  }

  @Test("the last line is checked once the file is at rest")
  func lastLine() throws {
    folder.write("a\nb\n", to: "products/menu.csv")
    let request = SettleCheck.Request(
      try folder.candidate("products/menu.csv"), lastLine: "END;*")
    let answer = SettleCheck(folder.inbox, [request]).readiness()[0]
    #expect(answer == .lastLineMissing(expected: "END;*"))
    #expect(answer.reason == "its last line is not \"END;*\", so it is not complete yet")
    folder.write("END;2\n", to: "products/menu.csv", mode: "a")
    guard case .whole = SettleCheck(folder.inbox, [request]).readiness()[0] else {
      Issue.record("the last line was not seen")
      return
    }
  }

  @Test("where the kernel cannot say who writes, the previous run must have seen the same")
  func earlierRun() throws {
    let system = Inbox(root: "/proc/sys/kernel")
    let candidate = Candidate(name: "ostype", stamp: .none)
    let first = SettleCheck(system, [.init(candidate)]).readiness()[0]
    guard case .waitsForNextRun(let look) = first else {
      Issue.record("not asked to wait: \(first)")
      return
    }
    let second = SettleCheck(system, [.init(candidate, earlier: look)]).readiness()[0]
    guard case .whole = second else {
      Issue.record("asked to wait again: \(second)")
      return
    }
    let other = Look(stamp: look.stamp, digest: Digest.of(.empty))
    let third = SettleCheck(system, [.init(candidate, earlier: other)]).readiness()[0]
    guard case .waitsForNextRun = third else {
      Issue.record("another content was taken for the same: \(third)")
      return
    }
  }

  @Test("a file that went away, or became a link or a pipe, is told for what it is")
  func gone() throws {
    for name in ["a", "b", "c", "d"] { folder.write("x", to: "products/\(name)") }
    let listing = try folder.inbox.listing()
    unlink(folder.path("products/a"))
    let check = SettleCheck(folder.inbox, listing.files.map { .init($0) })
    for name in ["b", "c"] { unlink(folder.path("products/\(name)")) }
    symlink("/etc/passwd", folder.path("products/b"))
    mkfifo(folder.path("products/c"), 0o600)
    let answers = check.readiness()
    #expect(answers[0] == .gone)
    for (answer, name) in [(answers[1], "b"), (answers[2], "c")] {
      #expect(
        answer
          == .unreadable(
            Problem(
              "not-a-file", at: Place(file: "Inbox/products/\(name)"),
              "it cannot be read because it is not a regular file",
              remedy: "Put the file itself there: no link, pipe or device.")))
    }
    guard case .whole = answers[3] else {
      Issue.record("one file's trouble reached another one")
      return
    }
  }

  @Test("no descriptor stays open, whatever a file turns out to be")
  func descriptors() throws {
    mkfifo(folder.path("products/pipe"), 0o600)
    mkdir(folder.path("products/folder"), 0o700)
    folder.write("x", to: "products/file")
    let requests = ["pipe", "folder", "file", "missing"].map {
      SettleCheck.Request(Candidate(name: "products/\($0)", stamp: .none))
    }
    _ = SettleCheck(folder.inbox, requests).readiness()
    let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
      .map { linkTarget("/proc/self/fd/\($0)") }
    #expect(open.filter { $0.hasPrefix(folder.root) } == [])
  }

  private func linkTarget(_ path: String) -> String {
    var target = [UInt8](repeating: 0, count: 4096)
    let count = target.withUnsafeMutableBytes {
      readlink(path, $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    return String(decoding: target.prefix(max(count, 0)), as: UTF8.self)
  }
}
