package import InboxFiles
package import LedgerStore
package import OutboxFiles
import Records
package import Settings

/// Forgets customers: whatever an order says goes when it is old enough, from the ledger and from
/// files that the POS never took. Ids, digests and answers stay, so that a repeat is still known.
/// Much later the ledger forgets what nobody needs any more, step by step.
package struct Retention {
  private let ledger: Ledger
  private let scope: Scope
  private let outbox: Outbox
  private let inbox: Inbox
  private let settings: Settings
  private let now: () -> Int64

  package init(
    ledger: Ledger, outbox: Outbox, inbox: Inbox, settings: Settings,
    now: @escaping () -> Int64
  ) {
    self.ledger = ledger
    scope = Scope(ordersOf: settings)
    self.outbox = outbox
    self.inbox = inbox
    self.settings = settings
    self.now = now
  }

  /// - Returns: the files that could not be removed now, and those of which people are told before
  ///   they go. The next run tries again; so it does, untold, where the folder of a file is away.
  func run() throws(Problem) -> [Problem] {
    // What crashes left in hidden folders holds customers' data, too.
    outbox.removeStrays(knownTemporaries: try ledger.releaseTemporaries())
    let files = try ledger.purge(scope, before: now() - settings.retention.milliseconds, at: now())
    try ledger.prune(
      before: now() - settings.forget.milliseconds, at: now(), isInInbox: inbox.holds)
    // On a disk or share that is away, what is not seen is not gone.
    if !files.isEmpty, let problem = outbox.problem(with: "") { return [problem] }
    var gone: [Int64] = []
    var problems: [Problem] = []
    var untaken = UntakenFiles(outbox: outbox, now: now())
    for file in files {
      do throws(Problem) {
        let removal = try untaken.remove(file)
        if removal != .away, removal != .left { gone.append(file.release) }
      } catch {
        problems.append(error)
      }
    }
    try ledger.removed(gone)
    try ledger.named(untaken.releases, at: now())
    return problems + [untaken.problem(in: settings.timeZone)].compactMap { $0 }
  }
}
