import LedgerStore
import Records
import RowMapping
import Settings

/// A newer list of a store, and the undecided one before it.
extension FileSync {
  /// The undecided syncs.
  func openRequests(
    _ products: [SpooledProducts]
  ) throws(Problem) -> [StoreSetting: SyncRequest] {
    var open: [StoreSetting: SyncRequest] = [:]
    for one in products {
      open[one.store] = try bench.ledger.openRequests(
        bench.scope(account: one.store.posAccountId), store: one.store.posStoreId
      ).first
    }
    return open
  }

  /// The first store, by name, whose undecided request keeps a newer list back.
  func busyStore(_ open: [StoreSetting: SyncRequest]) throws(Problem) -> String? {
    for request in open.values.sorted(by: { $0.store < $1.store })
    where try keepsBack(request, newer: [entry.mapping.file.name]) {
      return request.store
    }
    return nil
  }

  /// Why a newer list of a store waits.
  static func undecided(_ store: String) -> String {
    "the last sync of store \(store) is still undecided at D-Store"
  }

  /// Whether an undecided request keeps newer lists of its store back. It does so until D-Store has
  /// not decided on it for `giveUpAfter`, and not in this run either.
  ///
  /// In a catalogue only newer files of its own mappings take its place: a list that others make
  /// would not hold what its files say.
  /// - Parameter mappings: the names of those that have a newer file.
  func keepsBack(_ open: SyncRequest, newer mappings: Set<String>) throws(Problem) -> Bool {
    guard bench.now() - open.createdAt > bench.settings.giveUpAfter.milliseconds,
      tried.contains(open.requestId)
    else { return true }
    let others = Set(
      flow.shelf.products.filter { $0.catalogue == entry.catalogue }.map(\.mapping.file.name)
    ).subtracting(mappings)
    for file in open.files {
      if let mapping = try bench.ledger.file(file)?.mapping, others.contains(mapping) {
        return true
      }
    }
    return false
  }

  /// Ends the files behind requests that were given up for newer ones, where nothing else of them
  /// is open.
  func end(
    superseded requests: [SyncRequest], _ troubles: inout [Problem]
  ) throws(Problem) -> [FileReport] {
    var reports: [FileReport] = []
    for id in Set(requests.flatMap(\.files)).sorted() {
      do throws(Problem) {
        guard let record = try bench.ledger.file(id) else { continue }
        let end = try ender.endIfDecided(record)
        if let lost = end.lost { troubles.append(lost) }
        guard let summary = try bench.ledger.file(id)?.summary, end.outcome != .waiting
        else { continue }
        var report = FileReport(name: record.name, mapping: record.mapping, outcome: end.outcome)
        report.summary = summary
        reports.append(report)
      } catch {
        try troubles.note(error)
      }
    }
    return reports
  }
}
