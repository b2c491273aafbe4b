import Flows
import InboxFiles
import Records
import RowMapping

/// Finds the mapping that an export is previewed through.
struct PreviewChoice {
  let shelf: MappingShelf
  /// The export as the person names it.
  let file: String
  /// Its name below the inbox; nothing for one elsewhere.
  let name: String?

  /// - Parameter wanted: the name that the person gives; nothing where the file's place tells.
  func mapping(named wanted: String?) throws(Problem) -> InboxMapping {
    if let wanted { return try named(wanted) }
    let found = shelf.inboxMappings.filter { mapping in
      name.map { Inbox.matches($0, pattern: mapping.file.files[0].pattern) } ?? false
    }
    if found.count == 1 { return found[0] }
    Terminal.error(shelf.problems)
    guard !found.isEmpty else { throw unmatched }
    let paths = found.map(\.file.path).joined(separator: " and ")
    throw Problem(
      "two-mappings", at: Place(file: file), "\(found.count) mappings take this file: \(paths)",
      remedy:
        "A run leaves it alone: change files: in all but one of them. --mapping shows what one "
        + "of them would make of it.")
  }

  /// Why no mapping takes the file: it may be one that is wrong or missing.
  private var unmatched: Problem {
    let wrong = Set(shelf.problems.compactMap(\.place.file)).sorted()
    if names.isEmpty, wrong.isEmpty, let absence = shelf.absence { return absence }
    var ways: [String] = []
    if !wrong.isEmpty {
      let list = wrong.joined(separator: ", ")
      ways.append("If it is one of those that are wrong, fix it first: \(list).")
    }
    if !names.isEmpty {
      ways.append("Name one with --mapping; there are: \(names.joined(separator: ", ")).")
    }
    if ways.isEmpty { ways.append("Write one for it; Mappings/README.md shows how.") }
    return Problem(
      "no-mapping", at: Place(file: file), "no mapping's files: takes this file",
      remedy: ways.joined(separator: " "))
  }

  private func named(_ wanted: String) throws(Problem) -> InboxMapping {
    if let mapping = shelf.inboxMappings.first(where: { $0.file.name == wanted }) { return mapping }
    for problem in shelf.problems where problem.place.file == "Mappings/\(wanted).yaml" {
      throw problem
    }
    if shelf.orders.entries.contains(where: { $0.mapping.name == wanted }) {
      throw Problem(
        "no-preview", value: wanted, "this mapping writes orders and reads no export",
        remedy: "dstore-connector check runs its tests and shows what differs.")
    }
    throw Problem(
      "unknown-mapping", value: wanted, "Mappings/ has no mapping of exports of this name",
      remedy: suggestion(for: wanted, among: names).orElse(
        "It has: \(names.joined(separator: ", "))."))
  }

  private var names: [String] { shelf.inboxMappings.map(\.file.name) }
}
