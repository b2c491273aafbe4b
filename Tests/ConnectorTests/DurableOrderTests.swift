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

  @Test("in a first run the name of each new folder is on the disk before anything relies on it")
  func newFolders() async throws {
    try Tracer.require()
    let shop = Shop()
    // The simulator places orders, so that the outbox has its first files, too.
    shop.folder.write(
      "Mappings/connector.yaml", "environment: simulator\nstores: [S-1]\nsettle: 50ms\n")
    shop.drop(Shop.menu)
    let ending = await shop.shell(
      "strace -f -qq -y -s 200 -o trace "
        + "-e trace=rename,renameat,renameat2,mkdir,mkdirat,fsync,fdatasync $C run")
    #expect(ending.exit == 0, "\(ending)")
    let calls = shop.folder.text("trace").split(separator: "\n").map(String.init)
    func index(_ what: [String], after: Int = -1) throws -> Int {
      let found = calls.indices.first { index in
        index > after && what.allSatisfy { calls[index].contains($0) }
      }
      return try #require(found, "no \(what) after \(after)")
    }
    let commit = ["fdatasync", "ledger.sqlite-wal"]
    let folders: [(made: [String], parent: String, relied: [String])] = [
      (["mkdir(", "/.connector\""], shop.folder.path, commit),
      (["mkdir(", "/.connector/payloads\""], "/.connector", ["fsync", "/payloads/"]),
      (["mkdir(", "/Inbox/.work\""], "/Inbox", ["renameat", "/Inbox/products>"]),
      (["mkdirat", "\"claimed-"], "/Inbox/.work", ["renameat", "/Inbox/products>"]),
      (["mkdirat", "\"products\""], "", ["renameat", "/Inbox/products>"]),
      (["mkdirat", "\"archive\""], "/Inbox", ["renameat2", "/Inbox/archive/"]),
      (["mkdirat", "/Inbox/archive>"], "/Inbox/archive", ["renameat2", "/Inbox/archive/"]),
      (["mkdirat", "/Outbox>", "\"orders\""], "/Outbox", commit),
      (["mkdirat", "/Outbox/orders>", "\".staging\""], "/Outbox/orders", commit),
      (["mkdirat", "/Outbox/orders/.staging>"], "/Outbox/orders/.staging", commit),
    ]
    for (made, parent, relied) in folders {
      let begin = try index(made)
      // A folder below one whose name differs from test to test.
      let folder =
        parent.isEmpty
        ? try #require(calls[begin].firstMatch(of: /\/claimed-[0-9a-f]+/)).0 + ">" : parent + ">"
      let synced = try index(["fsync", String(folder)], after: begin)
      #expect(try synced < index(relied, after: begin), "\(made)")
    }
  }

  @Test("a new key and its name are on the disk before keys says that it is there")
  func key() async throws {
    try Tracer.require()
    let shop = Shop()
    shop.folder.write("own/.keep", "")
    let ending = await shop.shell(
      "strace -f -qq -y -s 200 -o trace -e trace=fsync,fdatasync,write $C keys --out own/pos.pem")
    #expect(ending.exit == 0)
    let calls = shop.folder.text("trace").split(separator: "\n").map(String.init)
    func index(_ what: String...) throws -> Int {
      try #require(
        calls.firstIndex { call in what.allSatisfy { call.contains($0) } }, "no \(what)")
    }
    let written = try index("write(", "/own/pos.pem>")
    let file = try index("fsync(", "/own/pos.pem>")
    let folder = try index("fsync(", "/own>")
    let said = try index("write(1<", "The private key is in")
    #expect(written < file && file < folder && folder < said, "\(calls)")
  }
}
