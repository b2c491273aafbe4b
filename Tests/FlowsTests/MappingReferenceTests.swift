import Records
import RowMapping
import Testing

/// An example of `Mappings/README.md`.
struct ReferenceExample: Sendable, CustomTestStringConvertible {
  /// The line on which its text begins.
  let line: Int
  let text: String
  /// What the quotes below it say; none where the example is right.
  let messages: [String]

  var testDescription: String { "line \(line)" }

  /// What its first line states; products where it states nothing.
  var kind: MappingFile.Kind {
    let first = text.prefix { $0 != "\n" }
    return first.hasPrefix("kind: ")
      ? MappingFile.Kind(rawValue: String(first.dropFirst(6))) ?? .products : .products
  }

  /// The text, with what a short example of products leaves out.
  var mapping: String {
    guard kind == .products else { return text }
    var text = text
    let parts = [
      ("kind:", "kind: products\n"), ("files:", "files: products/*.csv\n"),
      ("products:", "products:\n  - {type: SINGLE, posProductId: '${Code}', status: AVAILABLE}\n"),
    ]
    for (key, part) in parts where !text.hasPrefix(key) && !text.contains("\n" + key) {
      text += part
    }
    return text
  }

  static let all: [ReferenceExample] = {
    let path = MappingBench.repository + "/Mappings/README.md"
    return read((try? MappingBench.text(of: path)) ?? "")
  }()

  private static func read(_ page: String) -> [ReferenceExample] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    var examples: [ReferenceExample] = []
    var index = 0
    while index < lines.count {
      index += 1
      guard lines[index - 1].hasPrefix("```yaml") else { continue }
      let isWrong = lines[index - 1].hasSuffix("wrong")
      let end = lines[index...].firstIndex(of: "```") ?? lines.count
      let text = lines[index..<end].map { $0 + "\n" }.joined()
      let below = lines[min(end + 1, lines.count)...]
      let messages = isWrong ? below.prefix { $0.isEmpty || $0.hasPrefix("> ") } : []
      examples.append(
        ReferenceExample(
          line: index + 1, text: text,
          messages: messages.filter { !$0.isEmpty }.map { String($0.dropFirst(2)) }))
      index = end + 1
    }
    return examples
  }
}

struct MappingReferenceTests {
  private static let bench = MappingBench(folder: MappingBench.repository + "/Mappings")
  private static let orders = OrderBench(folder: bench.folder)
  private static let statuses = StatusBench(folder: bench.folder)

  @Test("the reference has examples of what is right and what is wrong, of every kind")
  func hasExamples() {
    func count(_ kind: MappingFile.Kind) -> Int {
      ReferenceExample.all.count { $0.messages.isEmpty && $0.kind == kind }
    }
    #expect(count(.products) > 15)
    #expect(count(.orders) > 2)
    #expect(count(.orderChanges) > 0)
    #expect(count(.orderStatus) > 3)
    #expect(ReferenceExample.all.count { !$0.messages.isEmpty } > 5)
  }

  /// What is wrong with an example's own tests.
  private static func failures(of example: ReferenceExample) throws(Problems) -> [String] {
    switch example.kind {
    case .orders, .orderChanges:
      orders.failures(of: try orders.compile(example.text, name: "example", kind: example.kind))
    case .orderStatus: statuses.failures(of: try statuses.compile(example.text, name: "example"))
    case .products, .contract:
      bench.failures(
        of: try bench.compile(example.mapping, name: "example"), stores: ["S-001"])
    }
  }

  @Test(
    "an example of the reference compiles and keeps its tests",
    arguments: ReferenceExample.all.filter(\.messages.isEmpty))
  func right(_ example: ReferenceExample) throws {
    do {
      #expect(try Self.failures(of: example) == [])
    } catch {
      Issue.record(Comment(rawValue: error.all.map(\.description).joined(separator: "\n")))
    }
  }

  @Test(
    "a mistake of the reference is refused in the words that stand below it",
    arguments: ReferenceExample.all.filter { !$0.messages.isEmpty })
  func wrong(_ example: ReferenceExample) {
    let error = #expect(throws: Problems.self) {
      try Self.bench.compile(example.mapping, name: "example")
    }
    let messages = error?.all.map(\.message) ?? []
    for message in example.messages {
      #expect(messages.contains { $0.hasPrefix(message) }, "\(messages)")
    }
    #expect(messages.count == example.messages.count)
  }

  @Test("every text with ${…} that stands in the reference compiles")
  func inlineTexts() throws {
    let page = try MappingBench.text(of: MappingBench.repository + "/Mappings/README.md")
    let spans = try Regex("`([^`\n]*\\$\\{[^`\n]*)`")
    let texts = page.matches(of: spans).compactMap { $0.output[1].substring }
      .filter { !$0.contains("```") }
      .map { $0.replacing("\\|", with: "|").replacing("'", with: "''") }
    #expect(texts.count > 25)
    for text in texts {
      let mapping = """
        kind: products
        files: products/*.csv
        tables: {table: {a: b}, status: {a: b}}
        products:
          - {type: SINGLE, posProductId: x, status: AVAILABLE, name: '\(text)'}
        """
      #expect(throws: Never.self, "\(text)") { try Self.bench.compile(mapping, name: "text") }
    }
  }

  /// For each kind, mappings with keys that there are not; what is said of them lists those that
  /// there are.
  static let strange: [(kind: MappingFile.Kind, texts: [String], names: Int)] = [
    (
      .products,
      [
        """
        kind: products
        files: products/*.csv
        qqqqqqqqqqqqqqqq: 1
        format: {type: csv, qqqqqqqqqqqqqqqq: 1}
        numbers: {qqqqqqqqqqqqqqqq: 1}
        products:
          - type: SINGLE
            posProductId: ${x | qqqqqqqqqqqqqqqq}
            status: AVAILABLE
            qqqqqqqqqqqqqqqq: 1
        """
      ], 60
    ),
    (
      .orders,
      [
        """
        kind: orders
        file: ${requestOrderId}.csv
        qqqqqqqqqqqqqqqq: 1
        format: {type: csv, qqqqqqqqqqqqqqqq: 1}
        records: [{columns: {A: '${@qqqqqqqqqqqqqqqq}'}, qqqqqqqqqqqqqqqq: 1}]
        tests: [{json: '{}', makes: {text: x, qqqqqqqqqqqqqqqq: 1}, qqqqqqqqqqqqqqqq: 1}]
        """,
        """
        kind: orders
        file: ${requestOrderId}.xml
        format: {type: template, template: x, qqqqqqqqqqqqqqqq: 1}
        """,
      ], 30
    ),
    (
      .orderChanges,
      [
        """
        kind: order-changes
        file: ${requestId}.csv
        records: [{columns: {A: x}}]
        tests: [{json: '{}', makes: {text: x}, qqqqqqqqqqqqqqqq: 1}]
        """
      ], 3
    ),
    (
      .orderStatus,
      [
        """
        kind: order-status
        files: status/*.csv
        qqqqqqqqqqqqqqqq: 1
        change: {order: x, orderStatus: READY, qqqqqqqqqqqqqqqq: 1}
        tests: [{rows: [], makes: [], qqqqqqqqqqqqqqqq: 1}]
        """
      ], 25
    ),
  ]

  @Test("the reference names every key and every filter that there is", arguments: strange)
  func isComplete(_ kind: MappingFile.Kind, _ texts: [String], _ count: Int) throws {
    let page = try MappingBench.text(of: MappingBench.repository + "/Mappings/README.md")
    let names = try texts.flatMap { try Self.problems(of: $0, kind) }.flatMap { problem in
      let list = problem.remedy.split(separator: "are: ").last?.split(separator: "knows @").last
      return (list ?? "").dropLast().split(separator: ", ").map { $0.drop { $0 == "@" } }
    }
    #expect(names.count > count, "\(names)")
    let words = Set(page.split { !$0.isASCII || !$0.isLetter })
    #expect(names.filter { !words.contains($0) } == [])
  }

  private static func problems(of text: String, _ kind: MappingFile.Kind) throws -> [Problem] {
    try #require(throws: Problems.self) {
      switch kind {
      case .orders, .orderChanges: _ = try orders.compile(text, name: "all", kind: kind)
      case .orderStatus: _ = try statuses.compile(text, name: "all")
      case .products, .contract: _ = try bench.compile(text, name: "all")
      }
    }.all
  }
}
