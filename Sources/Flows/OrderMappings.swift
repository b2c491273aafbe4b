import Contract
import Glibc
import Records
import RowMapping
package import Settings

/// The order mappings of a program that runs for days: they are read again when something in
/// `Mappings/` was changed. While the new ones are wrong, the ones before go on.
package final class OrderMappings {
  private let workspace: String
  private let settings: Settings
  private var shelf: MappingShelf?
  private var stamps: [String]?
  private var problems: [Problem] = []
  /// Whether they are others than when they were asked for before, so that what they could not
  /// write may be possible now.
  private(set) var areNew = false

  /// - Parameter shelf: the mappings as they are now; nothing where they are still to be read.
  package init(workspace: String, settings: Settings, shelf: MappingShelf? = nil) {
    self.workspace = workspace
    self.settings = settings
    self.shelf = shelf
    stamps = shelf.map { _ in MappingFolder(workspace: workspace).stamps() }
  }

  /// What makes files of orders now.
  ///
  /// - Parameter report: takes what is wrong with the mappings as they stand in their files.
  /// - Returns: nothing where there never were any that could be used.
  func maker(_ report: inout OutboxReport) -> OrderFile? {
    refresh()
    for problem in problems { report.add(problem) }
    guard let shelf else { return nil }
    return OrderFile(
      shelf: shelf.orders, zone: settings.timeZone,
      initialStatus: shelf.contract.journey.first)
  }

  private func refresh() {
    areNew = false
    let now = MappingFolder(workspace: workspace).stamps()
    guard now != stamps else { return }
    stamps = now
    do throws(Problems) {
      let fresh = try MappingShelf.load(workspace: workspace, settings: settings)
      problems = fresh.orders.isUsable ? lost(by: fresh) : fresh.problems
      if problems.isEmpty || shelf == nil {
        shelf = fresh
        areNew = true
      }
    } catch {
      problems = error.all
    }
  }
}

extension OrderMappings {
  /// A mapping that is gone was perhaps renamed, or is being written anew: no order is written in
  /// another format because of that.
  private func lost(by fresh: MappingShelf) -> [Problem] {
    [MappingFile.Kind.orders, .orderChanges].compactMap { kind in
      guard let old = shelf?.orders.entries(of: kind), !old.isEmpty,
        fresh.orders.entries(of: kind).isEmpty
      else { return nil }
      let names = old.map(\.mapping.path).joined(separator: ", ")
      return Problem(
        "mapping-gone", at: Place(file: old[0].mapping.path),
        "there is no mapping of kind: \(kind.rawValue) any more; \(names) goes on as it was",
        remedy: "Put it back; or restart serve, and orders are written as plain JSON.")
    }
  }
}

extension MappingFolder {
  /// What tells whether a file in the folder was changed.
  fileprivate func stamps() -> [String] {
    names(endingIn: "").map { name in
      var status = stat()
      guard stat(real(name), &status) == 0 else { return name }
      let time = status.st_mtim
      return "\(name) \(status.st_ino) \(status.st_size) \(time.tv_sec).\(time.tv_nsec)"
    }
  }
}
