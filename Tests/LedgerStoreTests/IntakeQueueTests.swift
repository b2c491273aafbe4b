import Digests
import Dispatch
import GRDB
import Records
import Synchronization
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct IntakeQueueTests {
  @Test("what is handed in alone is on the disk when the receipt comes")
  func alone() async throws {
    let (folder, ledger) = try Ledger.fresh()
    let queue = queue(ledger)
    #expect(try await queue.hand(Sample.order("o1")) == .stored(posOrderId: PosOrderId.of("o1")))
    let other = try Ledger.open(folder: folder.path)
    #expect(try other.open().map(\.order.requestOrderId) == ["o1"])
    #expect(try await queue.hand(Sample.order("o1")) == .repeated(posOrderId: PosOrderId.of("o1")))
    #expect(try await queue.hand(Sample.order("o1", body: "other")) == .conflicting)
    #expect(try await queue.hand(Sample.change("c1", of: "o9")) == .unknownOrder)
    #expect(try await queue.ask { _ in "an answer" } == "an answer")
  }

  @Test("what comes while a commit is under way goes with the next one, in its order")
  func group() async throws {
    let (_, ledger) = try Ledger.fresh()
    let queue = queue(ledger)
    let commits = CommitCounter()
    ledger.queue.add(transactionObserver: commits)
    let gate = try Gate(ledger)
    // The first waits for the gate, the others for the first.
    let tasks = try await handOneByOne(
      [Sample.order("first")] + (0..<10).map { Sample.order("o\($0)") }
        + (0..<10).map { Sample.change("c\($0)", of: "o\($0)") }, queue)
    gate.open()
    for task in tasks {
      guard case .stored = try await task.value else {
        Issue.record("not stored")
        return
      }
    }
    #expect(commits.count.withLock { $0 } == 2)
    #expect(
      try ledger.open().map(\.order.requestOrderId) == ["first"] + (0..<10).map { "o\($0)" })
  }

  @Test("each of many callers gets the receipt of its own order")
  func receipts() async throws {
    let (_, ledger) = try Ledger.fresh()
    let queue = queue(ledger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<600 {
        group.addTask {
          let receipt = try await queue.hand(Sample.order("o\(number)"))
          #expect(receipt == .stored(posOrderId: PosOrderId.of("o\(number)")))
        }
      }
      try await group.waitForAll()
    }
    let count = try ledger.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM heldOrder") }
    #expect(count == 600)
  }

  @Test("one that cannot be recorded fails alone")
  func badMember() async throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.limitPages()
    let queue = queue(ledger)
    let gate = try Gate(ledger)
    let large = Sample.order("large", body: String(repeating: "x", count: 1 << 20))
    let tasks = try await handOneByOne(
      [Sample.order("first"), Sample.order("o1"), large, Sample.order("o2")], queue)
    gate.open()
    var outcomes: [String] = []
    for task in tasks {
      do {
        _ = try await task.value
        outcomes.append("stored")
      } catch {
        outcomes.append((error as? Problem)?.code ?? "\(error)")
      }
    }
    #expect(outcomes == ["stored", "stored", "ledger-disk-full", "stored"])
    #expect(try ledger.open().map(\.order.requestOrderId) == ["first", "o1", "o2"])
  }

  @Test("while another process keeps the ledger locked all fail with that, after one wait")
  func busy() async throws {
    let (folder, other) = try Ledger.fresh()
    let ledger = try Ledger.open(folder: folder.path, patience: 1000)
    let queue = queue(ledger)
    let gate = try Gate(other)
    let tasks = try await handOneByOne((0..<10).map { Sample.order("o\($0)") }, queue)
    let start = ContinuousClock.now
    for task in tasks {
      let problem = await #expect(throws: Problem.self) { try await task.value }
      #expect(problem?.code == "ledger-busy")
    }
    #expect(ContinuousClock.now - start < .seconds(5))
    let problem = await #expect(throws: Problem.self) {
      try await queue.ask { ledger throws(Problem) in try ledger.canStore() }
    }
    #expect(problem?.code == "ledger-busy")
    gate.open()
    #expect(try await queue.hand(Sample.order("o1")) == .stored(posOrderId: PosOrderId.of("o1")))
  }

  private func queue(_ ledger: Ledger) -> IntakeQueue {
    IntakeQueue(
      ledger: ledger, scope: Sample.gateway, initialStatus: "ORDER_SUCCESS",
      isAllowed: Sample.onlyCancels)
  }

  /// Hands in from as many tasks, each a moment after the one before.
  private func handOneByOne(
    _ intakes: [Intake], _ queue: IntakeQueue
  ) async throws -> [Task<IntakeReceipt, any Error>] {
    var tasks: [Task<IntakeReceipt, any Error>] = []
    for intake in intakes {
      tasks.append(Task { try await queue.hand(intake) })
      try await Task.sleep(for: .milliseconds(10))
    }
    return tasks
  }
}

/// Keeps a ledger for itself until it is opened.
private final class Gate: Sendable {
  private let end = DispatchSemaphore(value: 0)

  init(_ ledger: Ledger) throws {
    let begun = DispatchSemaphore(value: 0)
    DispatchQueue(label: "gate").async { [end] in
      try? ledger.queue.inTransaction(.immediate) { _ in
        begun.signal()
        end.wait()
        return .rollback
      }
    }
    begun.wait()
  }

  func open() { end.signal() }
}

private final class CommitCounter: TransactionObserver, Sendable {
  let count = Mutex(0)

  func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
  func databaseDidChange(with event: DatabaseEvent) {}
  func databaseDidCommit(_ db: Database) { count.withLock { $0 += 1 } }
  func databaseDidRollback(_ db: Database) {}
}
