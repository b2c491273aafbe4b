import DurableFiles
import Glibc
import Records
import TestSupport
import Testing

@testable import OutboxFiles

@Suite struct ReleaseTests {
  let pos = TestOutbox()
  private let name = "orders/a.csv"

  @Test("a file gets its name and then its marker, and nothing waits any more")
  func released() throws {
    let staged = try pos.stage(marker: ".done")
    #expect(pos.outbox.release(staged, as: name) == .released)
    #expect(pos.visible == ["a.csv", "a.csv.done"])
    #expect(pos.folder.text(name) == "one")
    #expect(pos.waiting == [])
    #expect(pos.outbox.settleReleased([staged]) == [:])
  }

  @Test("asking again releases nothing again, also when the POS has taken the file")
  func again() throws {
    let staged = try pos.stage(marker: ".done")
    _ = pos.outbox.release(staged, as: name)
    #expect(pos.outbox.release(staged, as: name) == .alreadyReleased)
    pos.folder.remove(name)
    pos.folder.remove(name + ".done")
    #expect(pos.outbox.release(staged, as: name) == .alreadyReleased)
    #expect(pos.visible == [])
  }

  enum Killed: CaseIterable { case beforeFile, beforeMarker, afterMarker }

  @Test("a release that was killed at any step is finished by the next", arguments: Killed.allCases)
  func killed(at step: Killed) throws {
    let staged = try pos.stage(marker: ".done")
    let home = "orders/.staging/\(staged.home)/"
    if step != .beforeFile { pos.move(home + staged.fileName, to: name) }
    if step == .afterMarker { pos.move(home + staged.markerName, to: name + ".done") }
    let expected = step == .afterMarker ? ReleaseOutcome.alreadyReleased : .released
    #expect(pos.outbox.release(staged, as: name) == expected)
    #expect(pos.visible == ["a.csv", "a.csv.done"])
    #expect(pos.waiting == [])
  }

  @Test("another file of that name stays as it is, and the order waits")
  func nameTaken() throws {
    pos.folder.write("theirs", to: name)
    let staged = try pos.stage(marker: ".done")
    #expect(pos.outbox.release(staged, as: name) == .nameTaken)
    #expect(pos.folder.text(name) == "theirs")
    #expect(pos.visible == ["a.csv"])
    #expect(pos.outbox.release(staged, as: "orders/a-2.csv") == .released)
    #expect(pos.visible == ["a-2.csv", "a-2.csv.done", "a.csv"])
  }

  @Test("a name whose marker is another file's is taken before anything is released")
  func markerTaken() throws {
    pos.folder.write("theirs", to: name + ".done")
    let staged = try pos.stage(marker: ".done")
    #expect(pos.outbox.release(staged, as: name) == .nameTaken)
    #expect(pos.visible == ["a.csv.done"])
  }

  @Test("a marker that came between serves where it is empty, and is left alone where not")
  func markerBetween() throws {
    let staged = try pos.stage(marker: ".done")
    pos.move("orders/.staging/\(staged.home)/\(staged.fileName)", to: name)
    pos.folder.write("theirs", to: name + ".done")
    #expect(
      pos.outbox.release(staged, as: name)
        == .failed(
          Problem(
            "name-taken", at: Place(file: "Outbox/orders/a.csv"),
            "it cannot be moved because another file has that name",
            remedy: "Move one of the two away; the next run goes on.")))
    pos.folder.write("", to: name + ".done")
    #expect(pos.outbox.release(staged, as: name) == .released)
    #expect(pos.waiting == [])
  }

  @Test("while the outbox is away a file waits, and is released when it is back")
  func away() throws {
    let staged = try pos.stage(marker: ".done")
    pos.move("orders", to: "away")
    guard case .failed(let problem) = pos.outbox.release(staged, as: name) else {
      Issue.record("released into nothing")
      return
    }
    #expect(
      problem.description
        == "Outbox/orders: the folder is missing. Mount the disk or share that it lies on, or "
        + "make the folder; what waits is written then.")
    pos.move("away", to: "orders")
    #expect(pos.outbox.release(staged, as: name) == .released)
    pos.folder.remove(name)
    pos.move("orders", to: "away")
    guard case .failed = pos.outbox.release(staged, as: name) else {
      Issue.record("nobody can know that while the folder is away")
      return
    }
    pos.move("away", to: "orders")
    #expect(pos.outbox.release(staged, as: name) == .alreadyReleased)
  }

  @Test("an outbox that was emptied and made anew asks for a person, even with the same inode")
  func anew() throws {
    for _ in 0..<8 {
      let staged = try pos.stage()
      pos.folder.remove("orders")
      mkdir(pos.folder.file("orders"), 0o755)
      let other = try pos.stage()
      let outcome = pos.outbox.release(staged, as: name)
      guard case .stagingChanged(let problem) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      #expect(
        problem
          == Problem(
            "staging-changed", at: Place(file: "Outbox/orders/a.csv"),
            "nobody can know whether it was released, because the folder in which it waited is "
              + "not in Outbox/orders/.staging any more",
            remedy: "Mount the disk or share that Outbox/orders lay on; where that is gone for "
              + "good, look whether the POS has the order, and write it again with `resend` if "
              + "not."))
      pos.outbox.discard(other)
    }
  }

  @Test("a folder that was copied elsewhere is another one, but what still waits in it is released")
  func copied() throws {
    let waits = try pos.stage()
    let gone = try pos.stage()
    _ = pos.outbox.release(gone, as: name)
    #expect(system("cp -r '\(pos.folder.file("orders"))' '\(pos.folder.file("copy"))'") == 0)
    pos.move("orders", to: "away")
    pos.move("copy", to: "orders")
    guard case .stagingChanged = pos.outbox.release(gone, as: name) else {
      Issue.record("a copy says nothing of what is gone")
      return
    }
    #expect(pos.outbox.release(waits, as: "orders/b.csv") == .released)
  }

  @Test("what the file system refuses is told, and the file waits on")
  func refused() throws {
    let staged = try pos.stage()
    let long = "orders/" + String(repeating: "x", count: 256)
    #expect(
      pos.outbox.release(staged, as: long)
        == .failed(
          Problem(
            "name-too-long", at: Place(file: "Outbox/\(long)"),
            "it cannot be moved because its name is too long", remedy: "Give it a shorter name.")))
    #expect(pos.waiting == [staged.fileName])
    #expect(pos.outbox.release(staged, as: name) == .released)
  }

  @Test("a file system that cannot rename exclusively keeps every promise but the atomic look")
  func looking() throws {
    let outbox = Outbox(root: pos.folder.path, shown: "Outbox") { old, new throws(FileFault) in
      try DurableFile.lookAndRename(old, to: new)
    }
    let staged = try outbox.stage(TestOutbox.file(marker: ".done"))
    pos.folder.write("theirs", to: name)
    #expect(outbox.release(staged, as: name) == .nameTaken)
    pos.folder.remove(name)
    #expect(outbox.release(staged, as: name) == .released)
    #expect(outbox.release(staged, as: name) == .alreadyReleased)
    pos.folder.remove(name)
    #expect(outbox.release(staged, as: name) == .alreadyReleased)
    #expect(pos.visible == ["a.csv.done"])
  }
}
