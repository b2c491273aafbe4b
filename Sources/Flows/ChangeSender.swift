import Contract
import DStoreAPI
import LedgerStore
import Records

/// Sends what is queued for D-Store, each order's in its order, several orders side by side.
struct ChangeSender {
  let bench: Workbench
  let sender: RequestSender
  let contract: Contract

  /// How many orders go side by side.
  private static let width = 16

  /// What became of one order's queue, and what ended it too early.
  private typealias Result = (report: NotificationReport, problem: Problem?)

  /// - Throws: a ledger that cannot work; what was sent before is in the report.
  func run(_ report: inout RunReport) async throws(Problem) {
    do throws(Problem) {
      try await sendDue(&report)
    } catch {
      try report.fail(error)
    }
    let counts = try bench.ledger.notificationCounts(bench.orderScope)
    report.notifications.waiting = counts.queued
    report.notifications.held = counts.held
  }

  /// - Throws: a failure of the ledger, or keys that cannot be used.
  private func sendDue(_ report: inout RunReport) async throws(Problem) {
    var seen: Set<Int64> = []
    while true {
      let due = try bench.ledger.notificationsDue(
        bench.orderScope, limit: 500, at: bench.now()
      ).filter { seen.insert($0.order).inserted }
      if due.isEmpty { return }
      bench.progress.report("Telling D-Store of \(due.count) orders", fraction: nil)
      let results = await send(due)
      for result in results { report.notifications.add(result.report) }
      for problem in results.compactMap(\.problem) { try report.fail(problem) }
    }
  }

  private func send(_ heads: [Notification]) async -> [Result] {
    await withTaskGroup(of: Result.self) { group in
      var rest = heads[...]
      var results: [Result] = []
      for _ in 0..<Self.width {
        if let head = rest.popFirst() { group.addTask { await sendQueue(head) } }
      }
      for await result in group {
        results.append(result)
        if let head = rest.popFirst() { group.addTask { await sendQueue(head) } }
      }
      return results
    }
  }

  /// Sends one order's queue as far as it goes.
  private func sendQueue(_ head: Notification) async -> Result {
    var report = NotificationReport()
    do throws(Problem) {
      var next: Notification? = head
      while let one = next {
        if try isOvertaken(one) {
          try bench.ledger.supersede(notification: one.requestId, at: bench.now())
        } else if try await !send(one, &report) {
          break
        }
        next = try bench.ledger.nextNotification(after: one, at: bench.now())
      }
      return (report, nil)
    } catch {
      return (report, error)
    }
  }

  /// Whether the channel has ended the order since, so that no status of the POS can follow.
  private func isOvertaken(_ one: Notification) throws(Problem) -> Bool {
    guard one.orderStatus != nil, one.refund == nil,
      let last = try bench.ledger.lastStep(of: one.order)
    else { return false }
    return last.origin == .channel && contract.journey.isFinal(last.status)
  }

  /// - Returns: whether D-Store has decided, so that the order's next one may go.
  private func send(
    _ one: Notification, _ report: inout NotificationReport
  ) async throws(Problem) -> Bool {
    let ending = try await sender.send(
      .bytes(one.body), as: NotificationBody.call, tries: one.tries
    ) { (delivery, next) throws(Problem) in
      try bench.ledger.recordTry(
        notification: one.requestId, delivery, nextTryAt: next, at: bench.now())
    }
    switch ending {
    case .settled(let delivery):
      try end(one, delivery)
      report.note(one, delivery, remedy: contract.remedy(for: delivery.resultCode))
      return true
    case .later(let delivery, let needsPerson):
      report.note(undecided: one, delivery, needsPerson: needsPerson)
      return false
    case .putOff: return false
    }
  }

  private func end(_ one: Notification, _ delivery: Delivery) throws(Problem) {
    if delivery.outcome == .accepted {
      let journey = contract.journey
      try bench.ledger.accept(notification: one.requestId, delivery, at: bench.now()) {
        journey.plan(from: $1, to: $0, by: .channel, fills: true).isPossible
      }
    } else {
      try bench.ledger.refuse(notification: one.requestId, delivery, at: bench.now())
    }
  }
}
