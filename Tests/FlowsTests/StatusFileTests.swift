import Contract
import Flows
import JSON
import Records
import RowMapping
import Templates
import TestSupport
import Testing

/// A status file as one POS writes it, its mapping and the changes that must come out.
struct StatusFormat: Sendable, CustomTestStringConvertible {
  let mapping: String
  let file: String

  var testDescription: String { file }

  init(_ mapping: String, _ file: String) {
    self.mapping = mapping
    self.file = file
  }

  static let all = [
    StatusFormat("day-list", "day-list.csv"), StatusFormat("day-list", "day-list-later.csv"),
    StatusFormat("codes", "codes.txt"), StatusFormat("columns", "columns.csv"),
    StatusFormat("list", "list.json"), StatusFormat("events", "events.jsonl"),
    StatusFormat("done", "ORD-123.done"), StatusFormat("one-line", "124-A07.sta"),
  ]

  /// What must come out, a line for each change, then one for each problem.
  func wanted() throws(Problems) -> String {
    let name = file.split(separator: ".")[0]
    return try MappingBench.text(of: "\(MappingBench.fixtures)/status/\(name).changes")
  }

  func run(_ bench: StatusBench) throws(Problems) -> StatusBench.Result {
    try bench.run(
      try bench.mapping("status-\(mapping)"), "\(MappingBench.fixtures)/status/\(file)")
  }
}

/// Compiles mappings of order statuses and reads status files through them, as a run does.
struct StatusBench {
  /// Where the mappings and their tables stand.
  let folder: String

  /// What a file became.
  struct Result {
    let changes: [OrderChange]
    let outcome: MappingOutcome
    let dates: DateStyle

    /// A line for each change, then one for each problem.
    var text: String {
      let lines = changes.map(line) + outcome.problems.map { "problem: \($0.description)" }
      return lines.map { $0 + "\n" }.joined()
    }

    private func line(_ change: OrderChange) -> String {
      let line = change.place.line.map { "line \($0), " } ?? ""
      let values = change.fields.map { "\($0.name):\($0.json)" }.joined(separator: ",")
      let time = change.changedAt.map { " " + dates.iso8601(milliseconds: $0) } ?? ""
      return "\(line)\(change.matchBy.rawValue) \(change.order) {\(values)}\(time)"
    }
  }

  func mapping(_ name: String) throws(Problems) -> StatusMapping {
    try compile(try MappingBench.text(of: "\(folder)/\(name).yaml"), name: name)
  }

  func compile(_ text: String, name: String) throws(Problems) -> StatusMapping {
    let path = "Mappings/\(name).yaml"
    return try StatusMappingReader(
      contract: try Contract.load(), defaults: MappingBench(folder: folder).defaults
    ).read(try MappingBench.node(text, path), name: name, path: path)
  }

  func run(_ mapping: StatusMapping, _ path: String) throws(Problems) -> Result {
    let made = MadeChanges()
    let name = String(path.split(separator: "/").last ?? "")
    let result = try StatusPass(mapping)
      .run(ExportPass.Source(path: path, display: name, name: name), to: made)
    return Result(
      changes: made.changes, outcome: result.outcome, dates: mapping.file.styles.dates)
  }

  /// What is wrong with the mapping's own tests.
  func failures(of mapping: StatusMapping) -> [String] {
    mapping.tests.flatMap { test in
      StatusTestRun(mapping).problems(of: test) { test, sink throws(Problems) in
        try StatusPass(mapping).run(test, path: { "\(folder)/\($0)" }, to: sink)
      }
    }.map(\.description)
  }
}

/// Keeps every change.
private final class MadeChanges: ChangeSink {
  var changes: [OrderChange] = []

  func append(_ change: OrderChange) { changes.append(change) }
}

struct StatusFileTests {
  private static let bench = StatusBench(folder: MappingBench.fixtures + "/mappings")

  @Test("a status file becomes the changes that stand beside it", arguments: StatusFormat.all)
  func changes(_ format: StatusFormat) throws {
    #expect(try format.run(Self.bench).text == format.wanted())
  }

  @Test("every value keeps to the contract", arguments: StatusFormat.all)
  func contract(_ format: StatusFormat) throws {
    let contract = try Contract.load()
    for change in try format.run(Self.bench).changes {
      let fields = change.fields.map { "\"\($0.name)\":\($0.json)" }.joined(separator: ",")
      let problems = try problems(
        of: "{\"requestId\":\"r\",\"requestOrderId\":\"o\",\(fields)}", contract)
      #expect(problems == [])
    }
  }

  private func problems(of body: String, _ contract: Contract) throws -> [String] {
    let document = JSONDocument()
    return try Bytes.withBytes(of: body) { bytes in
      try document.parse(bytes)
      return contract.check(document.root, as: "notifyOrderChange").map(\.description)
    }
  }

  @Test("a mapping keeps its own tests", arguments: Set(StatusFormat.all.map(\.mapping)).sorted())
  func tests(_ name: String) throws {
    let mapping = try Self.bench.mapping("status-\(name)")
    #expect(Self.bench.failures(of: mapping) == [])
  }

  @Test(
    "UTF-8 under another statement is refused, in JSON as well",
    arguments: [("json", "[{\"No\":\"Café\"}]"), ("csv", "No,State\nCafé,1\n")])
  func mistakenEncoding(_ type: String, _ text: String) throws {
    let folder = TemporaryFolder()
    let path = folder.write(text, to: "day.\(type)")
    let rows = type == "json" ? "rows: {row: $}\n" : ""
    let mapping = try Self.bench.compile(
      """
      kind: order-status
      files: status/*.\(type)
      format: {type: \(type), encoding: windows-1252}
      \(rows)change: {order: '${\(type == "json" ? "row." : "")No}', orderStatus: READY}
      """, name: "day")
    #expect {
      try Self.bench.run(mapping, path)
    } throws: { error in
      (error as? Problems)?.all.map(\.description) == [
        "day.\(type): the file is UTF-8, although windows-1252 is stated. Write `encoding: utf-8` "
          + "in the mapping's `format`; read as windows-1252 the file's names would be garbled."
      ]
    }
  }

  @Test("a list that is written again holds the lines that it held, and equal lines are counted")
  func repeats() throws {
    let first = try StatusFormat("day-list", "day-list.csv").run(Self.bench).changes
    let later = try StatusFormat("day-list", "day-list-later.csv").run(Self.bench).changes
    #expect(later.prefix(first.count).map(\.content) == first.map(\.content))
    let counts = Dictionary(grouping: later) { "\($0.order) \($0.content)" }.values.map(\.count)
    #expect(counts.sorted() == [1, 1, 1, 1, 1, 1, 2])
  }

  @Test("a file with a bad line goes on only as far as its mapping allows")
  func badLines() throws {
    let allowed = try ["codes": "codes.txt", "day-list": "day-list-later.csv"].map { name, file in
      let format = StatusFormat(name, file)
      let outcome = try format.run(Self.bench).outcome
      return (name, try Self.bench.mapping("status-\(name)").badRows.allows(outcome))
    }
    #expect(Dictionary(uniqueKeysWithValues: allowed) == ["codes": true, "day-list": false])
  }
}
