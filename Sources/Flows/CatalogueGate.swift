import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings

/// Keeps the exports of a catalogue back until each of its mappings has had one: a store's list
/// without the products of the others would delist them.
struct CatalogueGate {
  let bench: Workbench
  let shelf: MappingShelf

  /// - Returns: what may go on, and a report for each file that waits.
  func split(
    _ ready: [SyncProducts.Exports]
  ) throws(Problem) -> (open: [SyncProducts.Exports], waiting: [FileReport]) {
    var open: [SyncProducts.Exports] = []
    var waiting: [FileReport] = []
    let known = try mappingsWithParts().union(ready.map(\.entry.mapping.file.name))
    for group in ready {
      let missing = missing(to: group.entry, known)
      if missing.isEmpty {
        open.append(group)
      } else {
        waiting += group.files.joined().map { report($0, group.entry, missing) }
      }
    }
    return (open, waiting)
  }

  /// Why a file waits for those mappings.
  static func reason(_ missing: [String]) -> String {
    "it waits for a good export of \(missing.joined(separator: " and ")), which belongs to the same "
      + "catalogue"
  }

  private func missing(to entry: MappingShelf.Entry, _ known: Set<String>) -> [String] {
    let stores =
      if case .perRecord = entry.mapping.statedStore { bench.settings.stores } else {
        bench.settings.stores.filter {
          entry.mapping.possibleStores(of: bench.settings).contains($0.posStoreId)
        }
      }
    let members = stores.flatMap {
      shelf.members(ofCatalogueOf: entry, for: $0, bench.settings)
    }
    return Set(members).subtracting(known).sorted()
  }

  /// The mappings of which a file was accepted.
  func mappingsWithParts() throws(Problem) -> Set<String> {
    guard shelf.products.contains(where: { $0.mapping.catalogue != nil }) else { return [] }
    var names: Set<String> = []
    for store in bench.settings.stores {
      let scope = bench.scope(account: store.posAccountId)
      for part in try bench.ledger.parts(scope, store: store.posStoreId) {
        names.insert(part.mapping)
      }
    }
    return names
  }

  private func report(
    _ file: InboxWatch.Whole, _ entry: MappingShelf.Entry, _ missing: [String]
  ) -> FileReport {
    var report = FileReport(
      name: file.candidate.name, mapping: entry.mapping.file.name, outcome: .waiting)
    report.summary = Self.reason(missing)
    return report
  }
}
