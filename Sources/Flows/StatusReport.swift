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

  package private(set) var stores: [Store] = []
  package private(set) var attention: [Attention] = []
  package private(set) var recent: [FileRecord] = []

  /// - Parameter ledger: nothing before the first run.
  package init(_ settings: Settings, ledger: Ledger?) throws(Problem) {
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
    recent = try ledger.recentFiles(Scope(filesOf: settings), limit: 10)
  }

  package var rejected: [FileRecord] { attention.flatMap(\.rejected) }
  package var held: [FileRecord] { attention.flatMap(\.held) }
  package var refused: [SyncRequest] { attention.flatMap(\.refused) }
  package var open: [SyncRequest] { attention.flatMap(\.open) }
}
