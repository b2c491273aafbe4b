import Contract
import JSON
import Records
import RowMapping
import YAML

/// A mapping of order statuses in YAML and a status file in texts, run as a whole file is.
struct StatusBook {
  var yaml: String
  var overrides = ""
  var fileName = "day.csv"

  init(_ yaml: String) { self.yaml = yaml }

  /// What a file became.
  struct Result {
    var changes: [OrderChange] = []
    var problems: [String] = []
    var outcome = MappingOutcome()

    /// `order name:json,name:json@time`.
    var lines: [String] { changes.map { "\($0.order) \($0.content)" } }
  }

  func compile() throws(Problems) -> StatusMapping {
    let book = Workbook(yaml)
    let contract = try Contract.load(
      overrides: overrides.isEmpty ? [] : [("Mappings/contract.yaml", Array(overrides.utf8))])
    return try StatusMappingReader(contract: contract, defaults: book.defaults)
      .read(try book.tree(), name: "m", path: "m.yaml")
  }

  /// What is wrong with the mapping itself.
  func mistakes() -> [String] {
    do throws(Problems) {
      _ = try compile()
      return []
    } catch {
      return error.all.map(\.description)
    }
  }

  /// Runs rows of `a|b|c`, the header first, each on a line of its own.
  func run(_ table: String, faults: [Int: Problem] = [:]) -> Result {
    let (header, rows) = Workbook.table(table)
    return run(header: header) { mapper throws(Problem) in
      for index in 0..<rows.count {
        try mapper.take(rows[index], faults: faults[index + 1].map { [$0] } ?? [])
      }
    }
  }

  /// Runs a JSON text.
  func run(json: String) -> Result {
    run(header: []) { mapper throws(Problem) in
      let plan = try unwrapped().plan
      try Workbook.feed(json, plan) { element, key, line, root throws(Problem) in
        try mapper.take(element, key: key, line: line, root: root)
      }
    }
  }

  /// Runs a file of which nothing is read but its name.
  func runName() -> Result {
    run(header: []) { mapper throws(Problem) in try mapper.takeName() }
  }

  private func unwrapped() throws(Problem) -> StatusMapping {
    do throws(Problems) { return try compile() } catch { throw error.all[0] }
  }

  private func run(
    header: [String], _ feed: (StatusMapper) throws(Problem) -> Void
  ) -> Result {
    let made = MadeChanges()
    do throws(Problems) {
      let mapper = try StatusMapper(
        try compile(), file: (fileName, "Inbox/status/\(fileName)"), header: header, sink: made)
      do throws(Problem) {
        try feed(mapper)
      } catch {
        throw Problems([error])
      }
      let outcome = mapper.finish()
      return Result(
        changes: made.changes, problems: outcome.problems.map(\.description), outcome: outcome)
    } catch {
      return Result(problems: error.all.map(\.description))
    }
  }
}

/// Keeps every change.
final class MadeChanges: ChangeSink {
  var changes: [OrderChange] = []

  func append(_ change: OrderChange) { changes.append(change) }
}
