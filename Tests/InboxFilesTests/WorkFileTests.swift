import InboxFiles
import Testing

@Suite struct WorkFileTests {
  @Test(
    "a path tells which file it was and how it was taken",
    arguments: [
      (".work/claimed-1a/products/menu.csv", "products/menu.csv", WorkFile.Way.rename),
      (".work/copied-1a/menu.csv", "menu.csv", .copy),
      ("products/.work/claimed-1a/products/a/m.csv", "products/a/m.csv", .rename),
    ])
  func parse(path: String, name: String, way: WorkFile.Way) throws {
    let file = try #require(WorkFile(path: path))
    #expect(file.path == path)
    #expect(file.name == name)
    #expect(file.way == way)
  }

  @Test(
    "other paths are none",
    arguments: [
      "", "products/menu.csv", ".work", ".work/claimed-1a", ".work/other-1a/menu.csv",
      ".work/claimed/menu.csv", "x.work/claimed-1a/menu.csv",
    ])
  func refuse(path: String) {
    #expect(WorkFile(path: path) == nil)
  }

  @Test("every plan has a place of its own, which reads back")
  func plan() throws {
    let folder = TestInbox()
    let first = folder.inbox.planClaim(of: "products/menu.csv", by: .rename)
    let second = folder.inbox.planClaim(of: "products/menu.csv", by: .rename)
    #expect(first.path != second.path)
    #expect(first.path.hasPrefix(".work/claimed-"))
    #expect(WorkFile(path: first.path) == first)
  }
}
