package import DStoreAPI
package import InboxFiles
package import LedgerStore
package import Records
package import Settings

/// The live parts that the flows share, made in one place by the program.
package struct Workbench: Sendable {
  package let workspace: String
  package let settings: Settings
  package let ledger: Ledger
  package let inbox: Inbox
  package let line: any DStoreLine
  package let policy: RetryPolicy
  /// Milliseconds since 1970.
  package let now: @Sendable () -> Int64
  package let sleep: @Sendable (Duration) async -> Void
  /// From 0 up to, and without, 1: by how much pauses are longer than the policy's shortest.
  package let chance: @Sendable () -> Double
  package let progress: any Progress
  /// Where request bodies are made, and kept until they are superseded.
  let payloads: String

  /// - Parameter payloads: `nil` for the folder beside the ledger.
  package init(
    workspace: String, settings: Settings, ledger: Ledger, inbox: Inbox, line: any DStoreLine,
    policy: RetryPolicy, now: @escaping @Sendable () -> Int64,
    sleep: @escaping @Sendable (Duration) async -> Void,
    chance: @escaping @Sendable () -> Double, progress: any Progress, payloads: String? = nil
  ) {
    self.workspace = workspace
    self.settings = settings
    self.ledger = ledger
    self.inbox = inbox
    self.line = line
    self.policy = policy
    self.now = now
    self.sleep = sleep
    self.chance = chance
    self.progress = progress
    self.payloads = payloads ?? settings.payloads.path
  }

  func scope(account: String) -> Scope { Scope(settings, account: account) }

  /// One scope for each account of the settings.
  var scopes: [Scope] {
    var seen: Set<String> = []
    return settings.stores.map(\.posAccountId).filter { seen.insert($0).inserted }.map(scope)
  }

  var fileScope: Scope { Scope(filesOf: settings) }

  var orderScope: Scope { Scope(ordersOf: settings) }

  /// The days of the archive are the merchant's.
  var today: String { day(at: now()) }

  /// - Parameter moment: in milliseconds since 1970.
  func day(at moment: Int64) -> String {
    let time = settings.timeZone.time(at: moment / 1000)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    return "\(time.year)-\(two(time.month))-\(two(time.day))"
  }
}

extension Settings {
  var payloads: PayloadFolder { PayloadFolder(path: "\(state)/payloads") }
}

extension Scope {
  /// What everything about a merchant's account is recorded under.
  package init(_ settings: Settings, account: String) {
    self.init(
      environment: settings.environment.rawValue, endpoint: settings.endpoint?.text ?? "embedded",
      clientId: settings.clientId, account: account)
  }

  /// What the files of the inbox are recorded under: they may speak of several accounts.
  package init(filesOf settings: Settings) {
    self.init(settings, account: "")
  }
}

/// The line to D-Store.
package protocol DStoreLine: Sendable {
  /// The client; made when the first request needs it, so that a run that finds nothing new starts
  /// no network.
  ///
  /// - Throws: keys that cannot be used.
  func client() async throws(Problem) -> DStoreClient
}

/// Hears how far long work is.
package protocol Progress: Sendable {
  /// - Parameters:
  ///   - what: in words, such as `Reading Inbox/products/menu.csv`.
  ///   - fraction: from 0 to 1; nothing where it cannot be told.
  func report(_ what: String, fraction: Double?)

  /// What was reported last goes on.
  func moves()
}

extension Progress {
  package func moves() {}
}
