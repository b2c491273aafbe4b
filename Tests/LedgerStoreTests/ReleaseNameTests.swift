import Testing

@testable import LedgerStore

@Suite struct ReleaseNameTests {
  @Test(
    "a name tells which order it may follow from",
    arguments: [
      ("orders/r-1.json", "r-1"), ("R-1.CSV", "r-1"), ("a/b/1.2.xml", "1.2"),
      ("orders/r-1", "r-1"), ("orders/ÄB.json", "Äb"), ("", ""), ("/x", "x"), ("orders/", ""),
      ("orders/.json", ""),
    ])
  func id(name: String, id: String) {
    #expect(ReleaseName.id(in: name) == id)
  }
}
