import Dispatch
import Glibc
import LedgerStore
import Records
import Synchronization
import TestSupport
import Testing

@testable import Flows

/// Several processes at one ledger and one outbox, and a POS that takes what it sees.
@Suite struct OutboxRaceTests {
  /// Takes every file away at once, and remembers what it was given.
  private final class TillWithNoPatience: Sendable {
    let taken = Mutex<[String: Int]>([:])

    func look(_ shop: OrderShop) {
      for folder in ["orders", "changes"] {
        for name in shop.folder.names(in: "Outbox/\(folder)") where !name.hasPrefix(".") {
          guard unlink(shop.folder.file("Outbox/\(folder)/\(name)")) == 0 else { continue }
          taken.withLock { $0[name, default: 0] += 1 }
        }
      }
    }
  }

  @Test("releases that go on at the same time write each order once, and each change after it")
  func together() async throws {
    let shop = try OrderShop()
    let till = TillWithNoPatience()
    let numbers = 1...120
    let isStored = Mutex(false)
    let isReleased = Mutex(false)
    let (stores, releases, tills) = (DispatchGroup(), DispatchGroup(), DispatchGroup())
    start(in: stores) {
      defer { isStored.withLock { $0 = true } }
      for number in numbers {
        try shop.take(
          Sample.order("R-\(number)"), Sample.change("C-\(number)", of: "R-\(number)"))
      }
    }
    for _ in 1...3 {
      start(in: releases) {
        let release = try shop.release(try Ledger.open(folder: shop.folder.file(".connector")))
        var isLast = false
        while !isLast {
          isLast = isStored.withLock { $0 }
          var report = OutboxReport()
          try release.pass(into: &report)
          #expect(report.problems == [])
        }
      }
    }
    start(in: tills) {
      while !isReleased.withLock({ $0 }) { till.look(shop) }
    }
    await end(of: releases)
    isReleased.withLock { $0 = true }
    await end(of: tills)
    till.look(shop)
    let names = numbers.flatMap { ["R-\($0).json", "R-\($0)-C-\($0).json"] }
    #expect(till.taken.withLock { $0 } == Dictionary(uniqueKeysWithValues: names.map { ($0, 1) }))
    #expect(shop.waiting == [])
    #expect(try shop.summary.waitingCount == 0)
    #expect(try shop.summary.doubtful.isEmpty)
  }

  private func end(of group: DispatchGroup) async {
    await withCheckedContinuation { continuation in
      group.notify(queue: .global()) { continuation.resume() }
    }
  }

  /// Runs something as a process of its own would.
  private func start(in group: DispatchGroup, _ work: @escaping @Sendable () throws -> Void) {
    DispatchQueue(label: "process").async(group: group) {
      do { try work() } catch { Issue.record(error) }
    }
  }
}
