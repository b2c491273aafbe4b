package import InboxFiles
package import LedgerStore
package import Records
package import Settings

/// What the ledger knows: what went out, what waits, what needs a person.
package struct StatusReport {
  package struct Store {
    package let posStoreId: String
    /// What D-Store accepted last; nothing before the first sync.
    package let accepted: AcceptedSync?
    package let open: [SyncRequest]
  }

  /// What the POS said of orders, and what came of it.
  package struct Changes {
    package let journeys: [OrderJourney]
    package let held: [HeldStatusChange]
    package let refused: [HeldStatusChange]
    package let waiting: [HeldStatusChange]
    package let refusedByDStore: [Notification]
    /// What goes to D-Store with a later try.
    package let queued: [Notification]
    /// Why a person should ask the kitchen.
    package let unattended: [Problem]
    package let counts: NotificationCounts
  }

  package private(set) var stores: [Store] = []
  private var attention: [Attention] = []
  package private(set) var rejected: [FileRecord] = []
  /// Files that an interrupted run left and that no later one could bring to their place.
  package private(set) var setAside: [FileRecord] = []
  /// What kept parts of the last run from being done.
  package private(set) var failures: [Problem] = []
  /// What is wrong with the rows that files went on without, by the problem that names the file.
  package private(set) var badRows: [Problem: [String]] = [:]
  package private(set) var recent: [FileRecord] = []
  /// How orders stand; nothing before the first run.
  package private(set) var orders: OrderSummary?
  /// Nothing before the first run.
  package private(set) var changes: Changes?
  /// What the ledger may not know of, lately, newest first.
  package private(set) var gaps: [LedgerGap] = []
  /// Files for the POS that wait for approval, since it may have been given them before.
  package private(set) var heldReleases: [HeldRelease] = []
  /// Orders that only a person can bring to the kitchen.
  package private(set) var unheard: [Problem] = []
  /// Files of the inbox that wait, and for what.
  package private(set) var waiting: [WaitingFile] = []
  /// Settings or mappings that are wrong: as with `run`, the exit code is 2.
  package var wrong: [Problem] = []
  /// What else needs attention, most urgent first; `status` begins with it and ends with 1.
  package var problems: [Problem] = []

  /// What counts as lately, in words and in milliseconds.
  package static let lately = "7 days"
  static let recently: Int64 = 7 * 86_400_000

  /// - Parameters:
  ///   - inbox: where a person may have deleted a rejected file, which settles it.
  ///   - ledger: nothing before the first run.
  ///   - shelf: `nil` where the mappings cannot be read.
  ///   - now: in milliseconds since 1970.
  package init(
    _ settings: Settings, inbox: Inbox, ledger: Ledger?, shelf: MappingShelf?, at now: Int64
  ) throws(Problem) {
    if let shelf { wrong = shelf.problems + [shelf.absence].compactMap { $0 } }
    let waiting = try WaitingFiles(settings, inbox: inbox, ledger: ledger, shelf: shelf)
    self.waiting = waiting.files
    problems = waiting.problems(at: now).map(\.problem)
    guard let ledger else {
      stores = settings.stores.map { Store(posStoreId: $0.posStoreId, accepted: nil, open: []) }
      return
    }
    for store in settings.stores {
      let scope = Scope(settings, account: store.posAccountId)
      stores.append(
        Store(
          posStoreId: store.posStoreId,
          accepted: try ledger.accepted(scope, store: store.posStoreId),
          open: try ledger.openRequests(scope, store: store.posStoreId)))
    }
    var accounts = [""]
    for store in settings.stores where !accounts.contains(store.posAccountId) {
      accounts.append(store.posAccountId)
    }
    for account in accounts {
      attention.append(try ledger.attention(Scope(settings, account: account)))
    }
    rejected = attention.flatMap(\.rejected).filter { inbox.holds($0.target ?? $0.name) }
    setAside = try ledger.filesSetAside()
    // A person may have deleted the report, which settles it.
    let partial = attention.flatMap(\.partial).filter { $0.report.map(inbox.holds) ?? false }
    problems +=
      setAside.map { Self.setAside($0, because: $0.trouble ?? "") }
      + (try ledger.lostFiles()).map { FileDesk.lost($0.name) } + partial.map(Self.partial)
      + (try Undelivered(settings, ledger).problems)
    for file in partial {
      badRows[Self.partial(file)] = inbox.problems(inReport: file.report ?? "", limit: 10)
    }
    failures = try ledger.runFailures(Scope(filesOf: settings)).map { problem, at in
      var problem = problem
      let time = WireTime.text(epochMilliseconds: at, zone: settings.timeZone)
      problem.message = "\(problem.message) (in the last run, \(time))"
      return problem
    }
    recent = try ledger.recentFiles(Scope(filesOf: settings), limit: 10)
    let scope = Scope(ordersOf: settings)
    gaps = try ledger.gaps().filter { $0.noticedAt >= now - Self.recently }
    heldReleases = try ledger.heldReleases(scope, limit: 50)
    orders = try ledger.orderSummary(scope, since: now - Self.recently)
    unheard = try UnheardOrders(ledger: ledger, settings: settings).problems(
      since: now - Self.recently)
    changes = try Self.changes(settings, ledger, at: now)
  }

  /// What a person must know of a file that could not be recovered.
  static func setAside(_ file: FileRecord, because reason: String) -> Problem {
    Problem(
      "set-aside", at: Place(file: "Inbox/\(file.name)"), reason,
      remedy: "Every run tries again; to leave it as it is, run: dstore-connector dismiss "
        + "\(file.name).", category: .ours)
  }

  /// What a person must know of a file that went on without some of what it says.
  static func partial(_ file: FileRecord) -> Problem {
    let report = "Inbox/\(file.report ?? "rejected")"
    let count = file.problemCount == 1 ? "1 problem" : "\(file.problemCount) problems"
    let isThere = file.stays || file.target != nil
    let again =
      isThere
      ? "; where the mapping was wrong, correct that and run: "
        + ShellCommand.line("retry", file.name) : ""
    return Problem(
      "bad-rows", at: Place(file: "Inbox/\(file.name)"),
      "it went on without what \(report) lists (\(count))",
      remedy:
        "Correct it in the POS and have it write the file again\(again). If it is not wanted, "
        + "run: \(ShellCommand.line("dismiss", file.name)).")
  }

  private static func changes(
    _ settings: Settings, _ ledger: Ledger, at now: Int64
  ) throws(Problem) -> Changes {
    let scope = Scope(ordersOf: settings)
    func changes(_ state: HeldStatusChange.State) throws(Problem) -> [HeldStatusChange] {
      try ledger.statusChanges(scope, in: state, limit: 50)
    }
    return Changes(
      journeys: try ledger.orderJourneys(scope, since: now - recently, limit: 10),
      held: try changes(.held), refused: try changes(.refused), waiting: try changes(.waiting),
      refusedByDStore: try ledger.notifications(scope, in: .refused, limit: 50),
      queued: try ledger.notifications(scope, in: .queued, limit: 50),
      unattended: try Unattended.orders(settings, ledger, at: now)
        .map { Unattended.problem(with: $0, settings) },
      counts: try ledger.notificationCounts(scope))
  }

  package var held: [FileRecord] { attention.flatMap(\.held) }
  package var refused: [SyncRequest] { attention.flatMap(\.refused) }
  package var open: [SyncRequest] { attention.flatMap(\.open) }
}
