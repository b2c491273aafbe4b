import Dispatch
package import Records
import Synchronization

/// Records what comes at the same moment in one transaction: whatever is handed in while a commit
/// is under way goes with the next one, in the order in which it came.
///
/// It has a thread of its own, so that no task of Swift's pool waits for a disk.
package final class IntakeQueue: Sendable {
  /// How many one transaction takes at most; more would make the first of them wait long.
  private static let groupLimit = 256

  private let ledger: Ledger
  private let scope: Scope
  private let initialStatus: String
  private let isAllowed: @Sendable (_ status: String, _ previous: String) -> Bool
  private let worker = DispatchQueue(label: "intake")
  private let line = Mutex(Line())

  /// - Parameters: see ``Ledger/takeIn(_:_:initialStatus:isAllowed:)``.
  package init(
    ledger: Ledger, scope: Scope, initialStatus: String,
    isAllowed: @escaping @Sendable (_ status: String, _ previous: String) -> Bool
  ) {
    self.ledger = ledger
    self.scope = scope
    self.initialStatus = initialStatus
    self.isAllowed = isAllowed
  }

  /// Hands something in; returns when it is on the disk.
  ///
  /// - Throws: why it could not be recorded; then nothing of it is.
  package func hand(_ intake: Intake) async throws(Problem) -> IntakeReceipt {
    try await withCheckedContinuation { continuation in
      let mustWake = line.withLock { $0.add(Waiting(intake: intake, continuation: continuation)) }
      if mustWake { worker.async { self.work() } }
    }.get()
  }

  /// Asks the ledger something, after what was handed in before.
  package func ask<Value: Sendable>(
    _ question: @escaping @Sendable (Ledger) throws(Problem) -> Value
  ) async throws(Problem) -> Value {
    try await withCheckedContinuation { continuation in
      worker.async { [ledger] in
        continuation.resume(
          returning: Result { () throws(Problem) in try question(ledger) })
      }
    }.get()
  }

  private func work() {
    let group = line.withLock { $0.next(Self.groupLimit) }
    if group.isEmpty { return }
    take(group)
    // Not a loop: a question that waits has its turn.
    worker.async { self.work() }
  }

  /// Takes all at once; where that fails, each alone, so that one that cannot be recorded fails
  /// none of the others.
  private func take(_ group: [Waiting]) {
    switch receipts(group) {
    case .success(let receipts):
      for (waiting, receipt) in zip(group, receipts) {
        waiting.continuation.resume(returning: .success(receipt))
      }
    case .failure(let problem):
      if group.count == 1 || problem.code == LedgerFault.busyCode {
        for waiting in group { waiting.continuation.resume(returning: .failure(problem)) }
      } else {
        for waiting in group { take([waiting]) }
      }
    }
  }

  private func receipts(_ group: [Waiting]) -> Result<[IntakeReceipt], Problem> {
    Result { () throws(Problem) in
      try ledger.takeIn(
        group.map(\.intake), scope, initialStatus: initialStatus, isAllowed: isAllowed)
    }
  }

  /// Somebody who waits until what he handed in is on the disk.
  private struct Waiting {
    let intake: Intake
    let continuation: CheckedContinuation<Result<IntakeReceipt, Problem>, Never>
  }

  /// Who waits, in the order of their coming.
  private struct Line {
    private var waiting: [Waiting] = []
    private var isWorking = false

    /// - Returns: whether nobody is working on the line yet.
    mutating func add(_ one: Waiting) -> Bool {
      waiting.append(one)
      defer { isWorking = true }
      return !isWorking
    }

    /// The first of the line; whoever gets none may stop working.
    mutating func next(_ limit: Int) -> [Waiting] {
      let group = Array(waiting.prefix(limit))
      waiting.removeFirst(group.count)
      isWorking = !group.isEmpty
      return group
    }
  }
}
