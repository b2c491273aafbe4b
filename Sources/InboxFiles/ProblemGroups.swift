package import Records

/// Many problems as few: equal ones are told once, with their number and the first lines.
///
/// Memory is bounded, however many problems there are: what differs only in value and place is one
/// group, and only the first ``groupLimit`` groups are kept.
package struct ProblemGroups: Sendable {
  /// Equal problems.
  package struct Group: Hashable, Sendable {
    /// The first one that was found.
    package let first: Problem
    package internal(set) var count: Int
    /// Where the first ones were found, at most ``lineLimit`` lines.
    package internal(set) var lines: [Int]
  }

  package static let groupLimit = 100
  package static let lineLimit = 5

  /// In the order of their first problem.
  package private(set) var groups: [Group] = []
  /// All problems, those without a group too.
  package private(set) var total = 0

  private struct Key: Hashable {
    let code: String
    let file: String?
    let field: String?
    let message: String
  }

  private var places: [Key: Int] = [:]

  package init() {}

  package init(_ problems: [Problem]) {
    for problem in problems { add(problem) }
  }

  /// Counts problems that nobody kept the words of.
  package mutating func addUnlisted(_ count: Int) { total += count }

  package mutating func add(_ problem: Problem) {
    total += 1
    let place = problem.place
    let key = Key(
      code: problem.code, file: place.file, field: place.field, message: problem.message)
    if let index = places[key] {
      groups[index].count += 1
      if let line = place.line, groups[index].lines.count < Self.lineLimit {
        groups[index].lines.append(line)
      }
    } else if groups.count < Self.groupLimit {
      places[key] = groups.count
      groups.append(Group(first: problem, count: 1, lines: place.line.map { [$0] } ?? []))
    }
  }

  /// How many problems belong to no group that was kept.
  package var ungrouped: Int { total - groups.reduce(0) { $0 + $1.count } }
}

extension ProblemGroups.Group {
  /// One line: the problem, and where it was found again.
  package var description: String {
    guard count > 1 else { return first.description }
    var times = "\(count) times"
    if !lines.isEmpty {
      times += ", lines \(lines.map(String.init).joined(separator: ", "))"
      if count > lines.count { times += ", …" }
    }
    return "\(times); the first one: \(first.description)"
  }
}
