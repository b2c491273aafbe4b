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
}
