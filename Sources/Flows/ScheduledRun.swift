import InboxFiles
import LedgerStore
package import Records

/// The job that cron runs: one pass over everything, then it ends.
///
/// Orders come first, since they are paid: what `serve` could not write is written now. Then what the
/// POS says of orders goes out, then products, and last what is too old to be kept goes.
package struct ScheduledRun {
  private let bench: Workbench
  private let shelf: MappingShelf
  private let release: OutboxRelease
  private let retention: Retention
  private let ignoresPauses: Bool
  private let visit: (Visit) async -> Result<[String], Problem>

  /// When D-Store's stand-in inside this process calls.
  package enum Visit: Sendable {
    /// Once it knows the products: it places orders.
    case first
    /// Once it was told of them: it cancels one.
    case second
  }

  /// - Parameters:
  ///   - ignoresPauses: whether what waits for its next try is tried now.
  ///   - visit: lets D-Store's stand-in inside this process call, where there is one, and says what it
  ///     did, a line for each call.
  package init(
    bench: Workbench, shelf: MappingShelf, release: OutboxRelease, retention: Retention,
    ignoresPauses: Bool = false,
    visit: @escaping (Visit) async -> Result<[String], Problem>
  ) {
    self.bench = bench
    self.shelf = shelf
    self.release = release
    self.retention = retention
    self.ignoresPauses = ignoresPauses
    self.visit = visit
  }

  /// Does everything; what goes wrong with one stage is in the report, and the next one goes on.
  package func run() async -> RunReport {
    var report = RunReport()
    do throws(Problem) {
      try await pass(&report)
    } catch {
      report.problems.append(error)
    }
    return report
  }

  /// - Throws: a ledger that cannot work, without which no stage can go on.
  private func pass(_ report: inout RunReport) async throws(Problem) {
    try await stage("Writing orders to Outbox/", &report) { report throws(Problem) in
      try release.pass(into: &report.outbox, isInsistent: true)
    }
    try await stage("Looking for orders that were refused", &report) { report throws(Problem) in
      report.problems += try UnheardOrders(ledger: bench.ledger, settings: bench.settings)
        .problems(since: bench.now() - StatusReport.recently)
    }
    let desk = FileDesk(bench: bench)
    let ender = FileEnder(bench: bench, desk: desk, shelf: shelf)
    let sender = RequestSender(bench: bench)
    let products = SyncProducts(
      bench: bench, shelf: shelf, desk: desk, ender: ender, sender: sender)
    let changes = NotifyOrderChanges(bench: bench, shelf: shelf, desk: desk, sender: sender)
    try await stage("Preparing requests", &report) { report throws(Problem) in
      try PayloadFolder(path: bench.payloads).prepare()
    }
    try await stage("Going on where an earlier run ended", &report) { report throws(Problem) in
      report.problems += try Recovery(bench: bench, desk: desk, ender: ender).run(bench.scopes)
    }
    if ignoresPauses {
      try await stage("Ending pauses", &report) { _ throws(Problem) in
        try bench.ledger.hurryRequests(bench.scopes)
        try bench.ledger.hurryNotifications(bench.orderScope)
      }
    }
    var found: Found = ([], [])
    try await stage("Looking for files in Inbox/", &report) { report throws(Problem) in
      found = try await findFiles(&report)
    }
    // Before the first order there is nothing to tell, and the stand-in's orders come after products.
    let isFirst = try !bench.ledger.hasOrders(bench.orderScope)
    if !isFirst {
      try await stage("Telling D-Store of orders", &report) { report throws(Problem) in
        try await changes.run(found.statuses, &report)
      }
    }
    try await stage("Repeating requests", &report) { report throws(Problem) in
      try await products.repeatOpenRequests(&report)
    }
    try await stage("Sending products", &report) { report throws(Problem) in
      try await products.run(found.exports, &report)
    }
    try await stage("Receiving orders of the simulator", &report) { report throws(Problem) in
      try await receive(.first, &report)
    }
    if isFirst || !report.visit.isEmpty {
      try await stage("Telling D-Store of orders", &report) { report throws(Problem) in
        try await changes.run(isFirst ? found.statuses : [], &report)
      }
    }
    try await stage("Looking for orders without a status", &report) { report throws(Problem) in
      report.problems += try Unattended.orders(bench.settings, bench.ledger, at: bench.now())
        .map { Unattended.problem(with: $0, bench.settings) }
    }
    try await stage("Receiving changes of the simulator", &report) { report throws(Problem) in
      try await receive(.second, &report)
    }
    try await stage("Removing what is too old", &report) { report throws(Problem) in
      report.problems += try retention.run()
    }
    try await stage("Removing what crashes left in Outbox/", &report) { _ throws(Problem) in
      try release.sweep()
    }
    try await stage("Recording what waits", &report) { report throws(Problem) in
      let waiting = try WaitingFiles.record(report.files, bench)
      for (name, problem) in waiting.problems(at: bench.now()) {
        report.note(problem, on: name)
      }
      try bench.ledger.noteFailures(report.failures, bench.fileScope, at: bench.now())
    }
    report.putOff = sender.putOff
    report.isOverdue = try !Undelivered(bench.settings, bench.ledger).problems.isEmpty
  }

  /// - Parameter name: for the next run, should this one hang there.
  private func stage(
    _ name: String, _ report: inout RunReport,
    _ body: (inout RunReport) async throws(Problem) -> Void
  ) async throws(Problem) {
    bench.progress.report(name, fraction: nil)
    do throws(Problem) {
      try await body(&report)
    } catch {
      try report.fail(error)
    }
  }

  private func receive(_ visit: Visit, _ report: inout RunReport) async throws(Problem) {
    let calls = try await self.visit(visit).get()
    if calls.isEmpty { return }
    report.visit += calls
    try release.pass(into: &report.outbox)
  }

  private typealias Found = (
    exports: [SyncProducts.Exports], statuses: [NotifyOrderChanges.Files]
  )

  /// What the POS dropped, as far as it can be taken now.
  private func findFiles(_ report: inout RunReport) async throws(Problem) -> Found {
    let listing = try bench.inbox.listing()
    report.problems += listing.problems
    try InboxWatch(bench: bench).forgetGone(listing)
    let found = FoundFiles(listing, shelf: shelf)
    let (ready, waiting) = try await InboxWatch(bench: bench).ready(found.groups)
    report.files += found.strays + waiting
    var exports: [SyncProducts.Exports] = []
    var statuses: [NotifyOrderChanges.Files] = []
    for group in ready {
      switch group.mapping {
      case .products(let entry): exports.append(.init(entry: entry, files: group.files))
      case .statuses(let entry): statuses.append(.init(entry: entry, files: group.files[0]))
      }
    }
    return (exports, statuses)
  }
}
