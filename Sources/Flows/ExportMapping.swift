import Contract
import InboxFiles
import JSON
import LedgerStore
import Records
import RowMapping
import Settings

/// Turns an export into one list of products for each store, on disk.
struct ExportMapping {
  let settings: Settings
  let contract: Contract
  /// Where the lists are written.
  let folder: String
  let progress: any Progress
  /// The path of what D-Store last accepted for a store.
  let acceptedPath: (StoreSetting) throws(Problem) -> String?

  /// - Parameter sources: the main file, then those that belong to it.
  /// - Throws: our own trouble, such as a full disk; everything that is wrong with the file is in
  ///   the result.
  func map(
    _ sources: [ExportPass.Source], by entry: MappingShelf.Entry
  ) throws(Problem) -> MappedExport {
    let spools = ProductSpools(folder: folder, contract: contract, stores: settings.stores)
    let pass = ExportPass(
      entry.mapping, stores: settings.stores.map(\.posStoreId),
      progress: { [progress] read, size in
        progress.report(
          "Reading \(sources[0].display)",
          fraction: size > 0 ? min(1, Double(read) / Double(size)) : nil)
      })
    do throws(Problems) {
      let result = try pass.run(sources[0], joined: Array(sources.dropFirst()), to: spools)
      return try finish(result, spools, entry, sources[0])
    } catch {
      if let own = error.all.first(where: \.isOurTrouble) { throw own }
      return MappedExport(
        entry: entry, outcome: MappingOutcome(), products: [],
        problems: ProblemGroups(error.all), badRows: nil, notes: [], isRefused: true)
    }
  }

  private func finish(
    _ result: ExportPass.Result, _ spools: ProductSpools, _ entry: MappingShelf.Entry,
    _ source: ExportPass.Source
  ) throws(Problems) -> MappedExport {
    let outcome = result.outcome
    let policy = entry.mapping.badRows
    var groups = ProblemGroups(outcome.problems + outcome.leftOut)
    groups.addUnlisted(outcome.problemCount - outcome.problems.count)
    let table = result.rejectedRows
    guard policy.allows(outcome) else {
      if policy.skips, outcome.isWhole { groups.add(tooMany(outcome, source)) }
      return refused(entry, result, groups, table)
    }
    do throws(Problem) {
      var products = try spools.finish()
      do throws(Problem) {
        let reports = try settle(&products, outcome, entry, source)
        for report in reports { groups.add(report) }
      } catch {
        for list in products { list.discard() }
        if error.isOurTrouble { throw error }
        groups.add(baseLost(source))
        return refused(entry, result, groups, table)
      }
      if products.isEmpty {
        groups.add(nothing(outcome, source))
        return refused(entry, result, groups, table)
      }
      return MappedExport(
        entry: entry, outcome: outcome, products: products, problems: groups, badRows: table,
        notes: result.notes, isRefused: false)
    } catch {
      throw Problems([error])
    }
  }

  private func refused(
    _ entry: MappingShelf.Entry, _ result: ExportPass.Result, _ groups: ProblemGroups,
    _ table: RejectedRows?
  ) -> MappedExport {
    MappedExport(
      entry: entry, outcome: result.outcome, products: [], problems: groups, badRows: table,
      notes: result.notes, isRefused: true)
  }

  /// Puts what D-Store accepted last in the place of what bad rows would have made.
  ///
  /// - Returns: which other products that concerns.
  private func settle(
    _ products: inout [SpooledProducts], _ outcome: MappingOutcome, _ entry: MappingShelf.Entry,
    _ source: ExportPass.Source
  ) throws(Problem) -> [Problem] {
    var reports: [Problem] = []
    for (index, store) in settings.stores.enumerated() {
      guard outcome.repeated.indices.contains(index) else { continue }
      let (withheld, contested) = (outcome.repeated[index], outcome.contested[index])
      if withheld.isEmpty, contested.isEmpty { continue }
      let place = products.firstIndex { $0.store.posStoreId == store.posStoreId }
      let doubtful = DoubtfulProducts(
        contract: contract, folder: folder, store: store, withheld: withheld, contested: contested,
        isOfCatalogue: entry.mapping.catalogue != nil)
      let settled = try doubtful.settle(
        place.map { products[$0] }, accepted: try acceptedPath(store))
      reports += settled.problems.map { $0.filled(from: Place(file: source.display)) }
      if let place { products.remove(at: place).discard() }
      if let list = settled.list { products.insert(list, at: place ?? products.endIndex) }
    }
    return reports
  }

  private func baseLost(_ source: ExportPass.Source) -> Problem {
    Problem(
      "base-lost", at: Place(file: source.display),
      "it has bad rows, and what D-Store accepted last for their products is damaged, so it cannot "
        + "be sent again in their place",
      remedy: "Correct the rows in the POS and export again; the next sync sends everything.")
  }

  private func tooMany(_ outcome: MappingOutcome, _ source: ExportPass.Source) -> Problem {
    Problem(
      "too-many-bad-rows", at: Place(file: source.display),
      "\(outcome.badRecords) of \(outcome.records) records are bad, more than maxBadRows allows",
      remedy: "Fix the export, or raise maxBadRows in the mapping.")
  }

  private func nothing(_ outcome: MappingOutcome, _ source: ExportPass.Source) -> Problem {
    Problem(
      "no-products", at: Place(file: source.display),
      outcome.records == 0
        ? "the export has no records" : "none of the \(outcome.records) records makes a product",
      remedy: "An empty list would delist the whole store, so it is never sent. Export again, or "
        + "look at where:, unless: and when: in the mapping.")
  }
}

extension Problem {
  /// Whether it is about our disk or ledger and not about the file.
  var isOurTrouble: Bool { category == .ours || category == .ledger }

  var isLedgerTrouble: Bool { category == .ledger }
}
