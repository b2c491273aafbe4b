import TestSupport
import Testing

@testable import Flows

@Suite struct PayloadFolderTests {
  @Test("a body is found by its name wherever the folder lies now")
  func moved() {
    let folder = PayloadFolder(path: "/new/payloads")
    #expect(PayloadFolder.name(of: "/old/payloads/1a.json") == "1a.json")
    #expect(folder.path(of: "1a.json") == "/new/payloads/1a.json")
    #expect(folder.path(of: "/old/payloads/1a.json") == "/new/payloads/1a.json")
  }

  @Test("what nobody uses goes, what is used stays")
  func removed() {
    let folder = TemporaryFolder()
    for name in ["a.json", "b.json", "c.json"] { folder.write("{}", to: name) }
    PayloadFolder(path: folder.path).removeAll(but: ["b.json"])
    #expect(folder.names() == ["b.json"])
  }

  @Test("request ids have 32 digits and never come twice")
  func requestIds() {
    let ids = (0..<1000).map { _ in RequestId.make() }
    #expect(Set(ids).count == 1000)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /[0-9a-f]{32}/) != nil })
  }
}
