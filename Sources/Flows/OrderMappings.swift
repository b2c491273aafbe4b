import Contract
import Glibc
package import LedgerStore
import Records
import RowMapping
package import Settings
import Synchronization

/// The order mappings of a program that runs for days: they are read again when something in
/// `Mappings/` was changed. While a new one is wrong, the one before goes on, also in a program that
/// begins then: the ledger keeps it.
package final class OrderMappings {
  private let workspace: String
  private let settings: Settings
  private let ledger: Ledger
  private let trouble: MappingTrouble
  private var shelf: MappingShelf?
  private var stamps: [String]?
  private var problems: [Problem] = []
  /// Mappings that go on as they were although they are gone.
  private var lost: [OrderMapping] = []
  /// Whether they are others than when they were asked for before, so that what they could not
  /// write may be possible now.
  private(set) var areNew = false
  /// Whether the ledger has those that are there now.
  private var areKept = false

  /// - Parameters:
  ///   - shelf: the mappings as they are now; `nil` where they are not read yet.
  ///   - trouble: is told what is wrong with them.
  package init(
    workspace: String, settings: Settings, ledger: Ledger, shelf: MappingShelf? = nil,
    trouble: MappingTrouble = MappingTrouble()
  ) {
    self.workspace = workspace
    self.settings = settings
    self.ledger = ledger
    self.shelf = shelf
    self.trouble = trouble
    stamps = shelf.flatMap { _ in try? MappingFolder(workspace: workspace).stamps() }
  }

  /// What makes files of orders now.
  ///
  /// - Parameters:
  ///   - used: the mappings that the ledger knows.
  ///   - report: takes what is wrong with the mappings in their files.
  /// - Returns: nothing where there never were any that could be used.
  func maker(_ used: Set<UsedMapping>, _ report: inout OutboxReport) -> OrderFile? {
    refresh(used)
    for problem in problems { report.add(problem) }
    guard let shelf else { return nil }
    let gone = GoneMappings(used, shelf.orders)
    for problem in gone.problems { report.add(problem) }
    return OrderFile(
      shelf: shelf.orders, zone: settings.timeZone,
      initialStatus: shelf.contract.journey.first, gone: gone)
  }

  /// - Returns: the mappings of orders that are there now and that the ledger does not know.
  func unseen(by used: Set<UsedMapping>) -> [UsedMapping] {
    (shelf?.orders.entries ?? []).map(\.mapping)
      .filter { mapping in !used.contains { $0.isOf(mapping) && !$0.isGivenUp } }
      .map { UsedMapping(account: nil, kind: $0.kind.rawValue, name: $0.name) }
  }

  /// Has the ledger keep those that are there and good.
  ///
  /// - Parameter now: in milliseconds since 1970.
  func keep(at now: Int64) throws(Problem) {
    guard !areKept, let shelf else { return }
    try ledger.keep(
      shelf.orders.entries.map(\.version), besides: shelf.names,
      olderThan: now - settings.forget.milliseconds, Scope(ordersOf: settings), at: now)
    areKept = true
  }

  private func refresh(_ used: Set<UsedMapping>) {
    areNew = false
    let now = try? MappingFolder(workspace: workspace).stamps()
    let isGivenUp = lost.contains { $0.isGivenUp(in: used) }
    guard now != stamps || now == nil || isGivenUp else { return }
    stamps = now
    do throws(Problems) {
      let fresh = try MappingShelf.load(workspace: workspace, settings: settings)
        .usingLastGood(of: ledger, workspace: workspace, settings: settings)
      lost = []
      let isUsable = fresh.orders.isUsable
      problems = isUsable ? fresh.orders.problems + losses(by: fresh, used) : fresh.problems
      if isUsable && lost.isEmpty || shelf == nil {
        shelf = fresh
        areNew = true
        areKept = false
      }
    } catch {
      problems = error.all
    }
    trouble.note(problems.first)
  }
}

extension OrderMappings {
  /// A mapping that is gone was perhaps renamed, or is being written anew: no order is written in
  /// another format because of that.
  private func losses(by fresh: MappingShelf, _ used: Set<UsedMapping>) -> [Problem] {
    for kind in [MappingFile.Kind.orders, .orderChanges]
    where fresh.orders.entries(of: kind).isEmpty {
      lost += (shelf?.orders.entries(of: kind) ?? []).map(\.mapping)
        .filter { !$0.isGivenUp(in: used) }
    }
    return lost.map { mapping in
      Problem(
        "mapping-gone", at: Place(file: mapping.path),
        "there is no mapping of kind: \(mapping.kind.rawValue) any more; this one goes on as it was",
        remedy: GoneMappings.remedy(mapping.name))
    }
  }
}

extension OrderMapping {
  /// Whether a person said that orders go without it from now on.
  fileprivate func isGivenUp(in used: Set<UsedMapping>) -> Bool {
    used.contains { $0.isOf(self) && $0.isGivenUp }
  }
}

extension UsedMapping {
  fileprivate func isOf(_ mapping: OrderMapping) -> Bool {
    name == mapping.name && kind == mapping.kind.rawValue
  }
}

extension MappingFolder {
  /// What tells whether a file in the folder was changed.
  fileprivate func stamps() throws(Problem) -> [String] {
    try names(endingIn: "").map { name in
      var status = stat()
      guard stat(real(name), &status) == 0 else { return name }
      let time = status.st_mtim
      return "\(name) \(status.st_ino) \(status.st_size) \(time.tv_sec).\(time.tv_nsec)"
    }
  }
}

/// What is wrong with mappings of orders, for the health check.
package final class MappingTrouble: Sendable {
  private let first = Mutex<Problem?>(nil)

  package init() {}

  /// `nil` while nothing is wrong.
  var problem: Problem? { first.withLock { $0 } }

  func note(_ problem: Problem?) { first.withLock { $0 = problem } }
}
