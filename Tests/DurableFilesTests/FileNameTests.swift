import DurableFiles
import Testing

@Suite struct FileNameTests {
  @Test(
    "a suffix goes before the ending",
    arguments: [
      ("menu.csv", "menu-1a.csv"), ("menu", "menu-1a"), ("menu.tar.gz", "menu.tar-1a.gz"),
      (".hidden", ".hidden-1a"), ("a.", "a-1a."),
    ])
  func adding(name: String, result: String) {
    #expect(FileName.adding("-1a", to: name) == result)
  }

  @Test("a name that gets too long is cut between characters, its ending stays")
  func long() {
    let name = String(repeating: "ü", count: 125) + ".csv"
    let result = FileName.adding("-1a2b", to: name, limit: 100)
    #expect(result == String(repeating: "ü", count: 45) + "-1a2b.csv")
    let odd = FileName.adding("-1a2b", to: "." + String(repeating: "x", count: 300), limit: 100)
    #expect(odd.utf8.count == 100)
    #expect(odd.hasSuffix("-1a2b"))
    let ending = FileName.adding("-1", to: "a." + String(repeating: "x", count: 300), limit: 100)
    #expect(ending.utf8.count == 100)
  }

  @Test("random words have 16 digits and differ")
  func random() {
    let words = Set((0..<100).map { _ in FileName.random() })
    #expect(words.count == 100)
    #expect(words.allSatisfy { $0.utf8.count == 16 })
  }
}
