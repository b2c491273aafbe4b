import Glibc
import Records
import TestSupport
import Testing

@testable import OutboxFiles

@Suite struct StagingTests {
  let pos = TestOutbox()

  @Test("a staged file is whole, hidden and readable by its group, whatever the mask says")
  func whole() throws {
    let staged = try pos.stage(marker: ".done")
    #expect(pos.visible == [])
    #expect(pos.waiting == [staged.fileName, staged.markerName].sorted())
    let place = "orders/.staging/\(staged.home)/"
    #expect(pos.folder.text(place + staged.fileName) == "one")
    #expect(pos.folder.text(place + staged.markerName) == "")
    #expect(pos.folder.mode(of: place + staged.fileName) == 0o640)
    #expect(pos.folder.mode(of: place + staged.markerName) == 0o640)
    #expect(pos.outbox.settle([staged]) == [:])
  }

  @Test("a batch has one answer for each file, and one folder for all")
  func batch() throws {
    let files = (0..<150).map { TestOutbox.file("orders/\($0).csv", "text \($0)") }
    let missing = TestOutbox.file("changes/x.csv", in: "changes")
    let answers = pos.outbox.stage(files + [missing])
    #expect(answers.count == 151)
    for (index, answer) in answers.dropLast().enumerated() {
      #expect(pos.outbox.release(try answer.get(), as: "orders/\(index).csv") == .released)
      #expect(pos.folder.text("orders/\(index).csv") == "text \(index)")
    }
    #expect(throws: Problem.self) { try answers[150].get() }
    #expect(Set(try answers.dropLast().map { try $0.get().home }).count == 1)
  }

  @Test("folders below the fixed one are made, with a staging folder in each")
  func folders() throws {
    let staged = try pos.outbox.stage(TestOutbox.file("orders/S-1/late/a.csv"))
    #expect(staged.folder == "orders/S-1/late")
    #expect(pos.outbox.release(staged, as: "orders/S-1/late/a.csv") == .released)
    #expect(pos.folder.names(in: "orders/S-1/late") == [".staging", "a.csv"])
    let root = try pos.outbox.stage(TestOutbox.file("b.csv", in: ""))
    #expect(pos.outbox.release(root, as: "b.csv") == .released)
    #expect(pos.folder.names() == [".staging", "b.csv", "orders"])
  }

  @Test("a fixed folder that is missing is never made: its share may be gone")
  func missing() {
    pos.move("orders", to: "away")
    let problem = #expect(throws: Problem.self) {
      try pos.outbox.stage(TestOutbox.file("orders/S-1/a.csv"))
    }
    #expect(
      problem
        == Problem(
          "outbox-missing", at: Place(file: "Outbox/orders"), "the folder is missing",
          remedy: "Mount the disk or share that it lies on, or make the folder; what waits is "
            + "written then."))
    pos.folder.remove("")
    #expect(throws: Problem.self) { try pos.stage() }
    #expect(access(pos.folder.path, F_OK) != 0)
  }

  @Test("what stands in the way of a folder is named")
  func inTheWay() {
    pos.folder.write("x", to: "orders/S-1")
    let problem = #expect(throws: Problem.self) {
      try pos.outbox.stage(TestOutbox.file("orders/S-1/a.csv"))
    }
    #expect(
      problem?.description
        == "Outbox/orders/S-1/a.csv: it cannot be written because a file stands where a folder "
        + "belongs. Move that file away.")
  }

  @Test(
    "a marker that is no ending is refused",
    arguments: ["", "/x", ".do ne", ".\u{0}", ".", String(repeating: "x", count: 33)])
  func marker(text: String) {
    let problem = #expect(throws: Problem.self) { try pos.stage(marker: text) }
    #expect(problem?.code == "marker")
    #expect(pos.folder.names(in: "orders") == [])
  }

  @Test("a file that is not wanted leaves nothing behind")
  func discard() throws {
    pos.outbox.discard(try pos.stage(marker: ".done"))
    #expect(pos.waiting == [])
  }

  @Test("what cannot be settled is told for each file of its folder")
  func unsettled() throws {
    let here = try pos.stage()
    let gone = try pos.outbox.stage(TestOutbox.file("orders/S-1/a.csv"))
    pos.folder.remove("orders/S-1")
    let problems = pos.outbox.settle([here, gone])
    #expect(problems.keys.map(\.folder) == ["orders/S-1"])
    #expect(problems[gone]?.code == "no-such-file")
    #expect(pos.outbox.settleReleased([here, gone]).count == 1)
  }

  static let canMount = system("unshare -m true 2>/dev/null") == 0

  @Test(
    "a full disk leaves no half file and no temporary, and the next try goes on",
    .enabled(if: canMount))
  func fullDisk() throws {
    let disk = pos.folder.file("small")
    mkdir(disk, 0o755)
    try #require(system("mount -t tmpfs -o size=64k none '\(disk)'") == 0)
    defer { system("umount -l '\(disk)'") }
    let text = String(repeating: "x", count: 20_000)
    let files = (0..<6).map { TestOutbox.file("small/\($0).csv", in: "small", text, marker: ".ok") }
    let answers = pos.outbox.stage(files)
    let staged = answers.compactMap { try? $0.get() }
    #expect((1...3).contains(staged.count))
    for (index, answer) in answers.enumerated() {
      guard case .failure(let problem) = answer else { continue }
      #expect(
        problem
          == Problem(
            "disk-full", at: Place(file: "Outbox/small/\(index).csv"),
            "it cannot be written because no space is left on the disk",
            remedy: "Free some space; the next run goes on where this one stopped."))
    }
    let home = "small/.staging/\(try #require(staged.first).home)"
    #expect(pos.folder.names(in: home).count == 2 * staged.count)
    for (index, file) in staged.enumerated() {
      #expect(pos.outbox.release(file, as: "small/\(index).csv") == .released)
      #expect(pos.folder.text("small/\(index).csv") == text)
      pos.folder.remove("small/\(index).csv")
    }
    #expect(pos.folder.names(in: home) == [])
    let again = try pos.outbox.stage(files[5])
    #expect(pos.outbox.release(again, as: "small/5.csv") == .released)
  }
}
