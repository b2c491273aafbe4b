import DurableFiles
import Foundation
import Records
import TestSupport
import Testing

@testable import OutboxFiles

/// Several releasers and a POS at once, in real threads on a real folder.
@Suite struct ReleaseRaceTests {
  enum Way: CaseIterable { case exclusively, looking }

  @Test(
    "the POS gets each file once and whole, whoever releases it, and however fast it takes it",
    arguments: Way.allCases)
  func race(way: Way) throws {
    let pos = TestOutbox("taken")
    let outbox =
      way == .exclusively
      ? pos.outbox
      : Outbox(root: pos.folder.path, shown: "Outbox") { old, new throws(FileFault) in
        try DurableFile.lookAndRename(old, to: new)
      }
    let files = (0..<300).map { TestOutbox.file("orders/\($0).csv", "text \($0)", marker: ".ok") }
    let staged = try outbox.stage(files).map { try $0.get() }
    let outcomes = Outcomes()
    let till = Till(pos)
    let threads = (0..<3).map { _ in
      Thread {
        for (index, file) in staged.enumerated() {
          outcomes.add(outbox.release(file, as: "orders/\(index).csv"))
        }
        outcomes.end()
      }
    }
    for thread in threads { thread.start() }
    while outcomes.ended < threads.count { till.take() }
    till.take()
    #expect(till.seen == Dictionary(uniqueKeysWithValues: (0..<300).map { ("\($0).csv", 1) }))
    #expect(till.broken == [])
    #expect(outcomes.others == [])
    #expect(pos.waiting == [])
  }

  @Test("an outbox that comes and goes between any two calls loses nothing and doubles nothing")
  func comesAndGoes() throws {
    let pos = TestOutbox("taken")
    let till = Till(pos)
    let outcomes = Outcomes()
    let mover = Thread {
      for _ in 0..<400 {
        pos.move("orders", to: "away")
        pos.move("away", to: "orders")
        usleep(50)
      }
      outcomes.end()
    }
    mover.start()
    var released = 0
    while outcomes.ended == 0 || released < 50 {
      let name = "orders/\(released).csv"
      let file = TestOutbox.file(name, "text \(released)")
      guard let staged = try? pos.outbox.stage(file) else { continue }
      retry: while true {
        switch pos.outbox.release(staged, as: name) {
        case .released, .alreadyReleased: break retry
        case .failed, .stagingChanged: continue
        case .nameTaken:
          Issue.record("\(name) is taken")
          break retry
        }
      }
      released += 1
      till.take()
    }
    till.take()
    #expect(till.seen == Dictionary(uniqueKeysWithValues: (0..<released).map { ("\($0).csv", 1) }))
    #expect(till.broken == [])
  }
}

/// A POS that takes every file the moment it sees it.
private final class Till {
  private let pos: TestOutbox
  private(set) var seen: [String: Int] = [:]
  private(set) var broken: [String] = []

  init(_ pos: TestOutbox) { self.pos = pos }

  func take() {
    for name in pos.visible where name.hasSuffix(".csv") {
      guard rename(pos.folder.file("orders/\(name)"), pos.folder.file("taken/\(name)")) == 0 else {
        continue
      }
      seen[name, default: 0] += 1
      if pos.folder.text("taken/\(name)") != "text \(name.dropLast(4))" { broken.append(name) }
    }
  }
}

/// What several threads met; unchecked, because the lock guards all of it.
private final class Outcomes: @unchecked Sendable {
  private let lock = NSLock()
  private var unexpected: [ReleaseOutcome] = []
  private var finished = 0

  var others: [ReleaseOutcome] { lock.withLock { unexpected } }
  var ended: Int { lock.withLock { finished } }

  func add(_ outcome: ReleaseOutcome) {
    guard outcome != .released && outcome != .alreadyReleased else { return }
    lock.withLock { unexpected.append(outcome) }
  }

  func end() { lock.withLock { finished += 1 } }
}
