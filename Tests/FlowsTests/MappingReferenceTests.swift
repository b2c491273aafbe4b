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

  /// The text, with what a short example leaves out.
  var mapping: String {
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

  @Test("the reference has examples of what is right and what is wrong")
  func hasExamples() {
    #expect(ReferenceExample.all.count { $0.messages.isEmpty } > 15)
    #expect(ReferenceExample.all.count { !$0.messages.isEmpty } > 5)
  }

  @Test(
    "an example of the reference compiles and keeps its tests",
    arguments: ReferenceExample.all.filter(\.messages.isEmpty))
  func right(_ example: ReferenceExample) throws {
    do {
      let mapping = try Self.bench.compile(example.mapping, name: "example")
      #expect(Self.bench.failures(of: mapping, stores: ["S-001"]) == [])
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

  @Test("the reference names every key and every filter that there is")
  func isComplete() throws {
    let page = try MappingBench.text(of: MappingBench.repository + "/Mappings/README.md")
    let mapping = """
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
    let error = try #require(throws: Problems.self) {
      try Self.bench.compile(mapping, name: "all")
    }
    let names = error.all.flatMap { problem -> [Substring] in
      let list = problem.remedy.split(separator: "are: ").last ?? ""
      return list.dropLast().split(separator: ", ")
    }
    #expect(names.count > 60)
    let words = Set(page.split { !$0.isASCII || !$0.isLetter })
    #expect(names.filter { !words.contains($0) } == [])
  }
}
