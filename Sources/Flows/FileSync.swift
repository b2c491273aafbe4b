import Contract
import DStoreAPI
import Digests
import DurableFiles
import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings

/// Takes one export, or several files that belong together, from the inbox to D-Store.
struct FileSync {
  let flow: SyncProducts
  let entry: MappingShelf.Entry
  let sender: ProductSender
  let ender: FileEnder
  /// Requests of earlier runs that were sent again in this one.
  let tried: Set<String>

  var bench: Workbench { flow.bench }

  /// What remains to be done with a file that was read.
  enum Work {
    case nothing([FileReport])
    case endUnchanged([FileDesk.Taken])
    case reject([FileDesk.Taken], MappedExport)
    /// The lists of those stores that no newer file speaks of.
    case send([FileDesk.Taken], MappedExport, [SpooledProducts])
  }

  /// Takes files and reads them.
  ///
  /// - Parameter covered: stores that a newer file of the mapping speaks of.
  func read(_ files: [InboxWatch.Whole], covered: inout Set<String>) throws(Problem) -> Work {
    let stores = try storesBehind(files)
    covered.formUnion(stores)
    if !stores.isEmpty, entry.mapping.file.afterDone == .keep {
      try refresh(files)
      return .nothing(files.map { report($0.candidate.name, .unchanged) })
    }
    guard let taken = try take(files) else { return .nothing([]) }
    if !stores.isEmpty { return .endUnchanged(taken) }
    let mapped = try undoing(taken) { () throws(Problem) in
      try bench.inbox.withPaths(to: taken.map(\.file)) { paths throws(Problem) in
        try mapping.map(zip(taken, paths).map(ExportPass.Source.init), by: entry)
      }
    }
    guard try areUnchanged(taken) else {
      mapped.discard()
      for file in taken { try flow.desk.putBack(file) }
      return .nothing(taken.map { report($0.name, .waiting, "it was written while it was read") })
    }
    if mapped.isRefused { return .reject(taken, mapped) }
    return .send(
      taken, mapped, mapped.products.filter { covered.insert($0.store.posStoreId).inserted })
  }

  /// Sends what was read, and files it away.
  func finish(_ work: Work) async throws(Problem) -> [FileReport] {
    if case .send(let taken, let mapped, let current) = work {
      return try await send(current, mapped, taken)
    }
    return try end(work)
  }

  /// The same for what has nothing to send.
  func end(_ work: Work) throws(Problem) -> [FileReport] {
    switch work {
    case .nothing(let reports): reports
    case .endUnchanged(let taken): try end(taken, .unchanged, summary: Self.equal)
    case .reject(let taken, let mapped): try reject(taken, mapped)
    case .send: []
    }
  }

  static let equal = "it says what D-Store accepted last"

  var mapping: ExportMapping {
    ExportMapping(
      settings: bench.settings, contract: flow.shelf.contract, folder: bench.payloads,
      progress: bench.progress,
      acceptedPath: { store throws(Problem) in
        try bench.ledger.accepted(
          bench.scope(account: store.posAccountId), store: store.posStoreId
        ).map { bench.settings.payloads.path(of: $0.payloadPath) }
      })
  }

  /// The stores of this mapping, where the last sync of each came from this very content; none
  /// where any did not, or is not decided.
  private func storesBehind(_ files: [InboxWatch.Whole]) throws(Problem) -> Set<String> {
    let digest = Self.sourceDigest(files.map(\.look.digest))
    var stores: Set<String> = []
    for account in Set(bench.settings.stores.map(\.posAccountId)) {
      let scope = bench.scope(account: account)
      if try bench.ledger.openRequests(scope).contains(where: { $0.catalogue == entry.catalogue }) {
        return []
      }
      for sync in try bench.ledger.accepted(scope).values
      where sync.catalogue == entry.catalogue {
        guard sync.isKnown, sync.recipe == flow.shelf.recipe(of: entry), sync.sourceDigest == digest
        else { return [] }
        stores.insert(sync.store)
      }
    }
    if stores.isEmpty { return [] }
    return try isRefusedSomewhere ? [] : stores
  }

  /// Whether D-Store refused what the mapping made for a store, and has accepted nothing since.
  private var isRefusedSomewhere: Bool {
    get throws(Problem) {
      for account in Set(bench.settings.stores.map(\.posAccountId)) {
        let scope = bench.scope(account: account)
        if try bench.ledger.hasRefused(scope, catalogue: entry.catalogue) { return true }
      }
      return false
    }
  }

  /// Of one file its own digest, of several the digest of theirs.
  static func sourceDigest(_ digests: [Digest]) -> String {
    if digests.count == 1 { return digests[0].hex }
    let joined = digests.map(\.hex).joined(separator: " ")
    return Bytes.withBytes(of: joined) { Digest.of($0).hex }
  }

  private func refresh(_ files: [InboxWatch.Whole]) throws(Problem) {
    let known = try bench.ledger.known(bench.fileScope, files.map(\.candidate.name))
    var stamps: [Int64: FileStamp] = [:]
    for file in files {
      if let id = known[file.candidate.name]?.id { stamps[id] = file.look.stamp }
    }
    try bench.ledger.refresh(stamps, at: bench.now())
  }

  private func areUnchanged(_ taken: [FileDesk.Taken]) throws(Problem) -> Bool {
    for file in taken where try !bench.inbox.isUnchanged(file.file) { return false }
    return true
  }

  /// All of the files, or none.
  private func take(_ files: [InboxWatch.Whole]) throws(Problem) -> [FileDesk.Taken]? {
    var taken: [FileDesk.Taken] = []
    for file in files {
      let next = try undoing(taken) { () throws(Problem) in
        try flow.desk.take(file, for: .products(entry))
      }
      guard let one = next else {
        for other in taken { try flow.desk.putBack(other) }
        return nil
      }
      taken.append(one)
    }
    return taken
  }

  func undoing<Value>(
    _ taken: [FileDesk.Taken], _ body: () throws(Problem) -> Value
  ) throws(Problem) -> Value {
    try flow.desk.undoing(taken, body)
  }

  func report(
    _ name: String, _ outcome: FileOutcome, _ summary: String = FileSync.equal
  ) -> FileReport {
    var report = FileReport(name: name, mapping: entry.mapping.file.name, outcome: outcome)
    report.summary = summary
    return report
  }

  func end(
    _ taken: [FileDesk.Taken], _ outcome: FileOutcome, summary: String, mapped: MappedExport? = nil,
    reported: String? = nil
  ) throws(Problem) -> [FileReport] {
    var reports: [FileReport] = []
    for file in taken {
      try flow.desk.end(
        file, outcome, records: mapped?.outcome.records ?? 0,
        problems: mapped?.problems.total ?? 0, summary: summary, reported: reported)
      reports.append(report(file.name, outcome, summary))
    }
    if let mapped { mapped.fill(&reports[0]) }
    return reports
  }

  func reject(
    _ taken: [FileDesk.Taken], _ mapped: MappedExport
  ) throws(Problem) -> [FileReport] {
    let first = mapped.problems.groups.first?.first
    let summary = first?.message ?? "it has problems"
    var reports: [FileReport] = []
    for (index, file) in taken.enumerated() {
      try flow.desk.end(
        file, .rejected, records: mapped.outcome.records, problems: mapped.problems.total,
        summary: summary, report: index == 0 ? mapped.report(name: file.name) : nil)
      reports.append(report(file.name, .rejected, summary))
    }
    mapped.fill(&reports[0])
    reports[0].needsPerson = true
    return reports
  }
}

extension MappedExport {
  /// What the report of the main file says of its records.
  func fill(_ report: inout FileReport) {
    report.records = outcome.records
    report.problems = problems.groups.map(\.first)
    report.problemCount = problems.total
    if problems.total > 0 { report.needsPerson = true }
  }
}
