import Foundation
import Testing

/// The threat model names only tests that are there.
@Suite struct SecurityTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardized

  @Test("each test that the threat model names exists, and each promise names one")
  func tests() throws {
    let model = try String(
      contentsOf: Self.root.appendingPathComponent(".github/SECURITY.md"), encoding: .utf8)
    let promises = model.split(separator: "\n").filter {
      $0.hasPrefix("| ") && !$0.hasPrefix("| promise")
    }
    let named = model.matches(of: /`(\w+\/\w+\.swift)`: ([^|\n]+?)(?: \||\)\.\n)/)
    #expect(named.count == promises.count + 1)
    for test in named {
      let path = "Tests/\(test.1)"
      let source = try String(
        contentsOf: Self.root.appendingPathComponent(path), encoding: .utf8)
      let words = NSRegularExpression.escapedPattern(for: "\(test.2)")
      let title = try Regex("@Test\\(\\s*\"\(words)\"")
      #expect(source.contains(title), "\(path) has no test \"\(test.2)\"")
    }
  }

  /// Who may write to standard output and error: what shows text as one safe line, and what writes a
  /// body byte for byte.
  private static let writers = ["Log", "PayloadPrinter", "ProgressLine", "Terminal"]

  @Test("nothing is shown but as one safe line")
  func sinks() throws {
    let sources = Self.root.appendingPathComponent("Sources")
    let names = FileManager.default.enumerator(atPath: sources.path)?.allObjects as? [String] ?? []
    var found: Set<String> = []
    for name in names where name.hasSuffix(".swift") {
      let url = sources.appendingPathComponent(name)
      let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      let writes = lines.contains { line in
        line.contains(/STD(OUT|ERR)_FILENO|\bfputs\(|(^|[^.\w])(print|debugPrint|puts)\(/)
          && !line.contains("func print(")
      }
      if writes { found.insert(url.deletingPathExtension().lastPathComponent) }
      // A line end in a line would be shown by its name.
      #expect(!lines.contains { $0.contains(/\.(say|error|mention|heading)\("\\n/) }, "\(name)")
    }
    #expect(found.sorted() == Self.writers)
  }
}
