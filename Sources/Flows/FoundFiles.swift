import InboxFiles
import LedgerStore
import Records
import RowMapping

/// What stands in the inbox, sorted by the mapping that takes it.
struct FoundFiles {
  /// The files of one mapping that are there.
  struct Group {
    let mapping: InboxMapping
    /// The main file's candidates, the last by name last; then those of each joined file.
    var files: [[Candidate]]

    /// Whether every file that belongs together is there.
    var isComplete: Bool { files.allSatisfy { !$0.isEmpty } }
  }

  private(set) var groups: [Group] = []
  /// Files that no mapping takes, or more than one.
  private(set) var strays: [FileReport] = []

  init(_ listing: InboxListing, shelf: MappingShelf) {
    groups = shelf.inboxMappings.map { mapping in
      Group(mapping: mapping, files: mapping.file.files.map { _ in [] })
    }
    let patterns = groups.flatMap { $0.mapping.file.files.map(\.pattern) }
    for candidate in listing.files(for: patterns) { sort(candidate, shelf) }
    groups.removeAll { group in group.files.allSatisfy(\.isEmpty) }
  }

  private mutating func sort(_ candidate: Candidate, _ shelf: MappingShelf) {
    var taken: [(group: Int, file: Int)] = []
    for (index, group) in groups.enumerated() {
      let patterns = group.mapping.file.files
      if let file = patterns.firstIndex(where: {
        Inbox.matches(candidate.name, pattern: $0.pattern)
      }) {
        taken.append((index, file))
      }
    }
    if taken.count == 1 {
      groups[taken[0].group].files[taken[0].file].append(candidate)
    } else {
      strays.append(stray(candidate, taken.map { groups[$0.group].mapping }, shelf))
    }
  }

  /// That several mappings take one file.
  static func rivals(_ name: String, _ mappings: [InboxMapping]) -> Problem {
    let paths = mappings.map(\.file.path).joined(separator: " and ")
    return Problem(
      "two-mappings", at: Place(file: "Inbox/\(name)"),
      "\(mappings.count) mappings take this file: \(paths)",
      remedy: "Change files: in all but one of them.")
  }

  private func stray(
    _ candidate: Candidate, _ mappings: [InboxMapping], _ shelf: MappingShelf
  ) -> FileReport {
    var report = FileReport(name: candidate.name, mapping: nil, outcome: .waiting)
    let problem =
      mappings.isEmpty
      ? Problem(
        "no-mapping", at: Place(file: "Inbox/\(candidate.name)"),
        "no mapping takes this file",
        remedy: shelf.problems.isEmpty
          ? "Add a mapping whose files: matches it, or take it out of the inbox."
          : "Perhaps its mapping is one of those that are wrong; or add one whose files: matches.")
      : Self.rivals(candidate.name, mappings)
    report.problems = [problem]
    report.problemCount = 1
    report.needsPerson = true
    report.summary = problem.message
    return report
  }
}
