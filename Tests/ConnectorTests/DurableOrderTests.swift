import Foundation
import TestSupport
import Testing

/// In which order what belongs together gets onto the disk.
@Suite(.talksToPrograms) struct DurableOrderTests {
  @Test("what the ledger refers to is on the disk before the ledger is")
  func durableFirst() async throws {
    try Tracer.require()
    let shop = Shop()
    shop.drop(Shop.menu)
    let ending = await shop.shell(
      "strace -f -qq -y -s 200 -o trace -e trace=rename,renameat,renameat2,mkdir,mkdirat,fsync,fdatasync $C run"
    )
    #expect(ending.exit == 0)
    let calls = shop.folder.text("trace").split(separator: "\n").map(String.init)
    func index(_ what: String..., after: Int = -1) throws -> Int {
      let found = calls.indices.first { index in
        index > after && what.allSatisfy { calls[index].contains($0) }
      }
      return try #require(found, "no \(what) after \(after)")
    }
    let claim = try index("rename", "Inbox/products>, \"menu.csv\"", ".work/claimed-")
    let target = try index("fsync", ".work/claimed-", "/products>", after: claim)
    let source = try index("fsync", "Inbox/products>", after: claim)
    let recorded = try index("fdatasync", "ledger.sqlite-wal", after: claim)
    #expect(max(target, source) < recorded)
    let folder = try index("mkdir", ".connector/payloads")
    #expect(try index("fsync", ".connector>", after: folder) < claim)
    let filed = try index("rename", "archive/")
    let archive = try index("fsync", "Inbox/archive/", after: filed)
    let left = try index("fsync", ".work/claimed-", after: filed)
    #expect(try max(archive, left) < index("fdatasync", "ledger.sqlite-wal", after: filed))
  }
}
