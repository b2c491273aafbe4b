import Foundation
import GRDB
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct CheckpointsTests {
  @Test("while orders come the log is copied into the database's file, and a stop leaves no log")
  func copied() throws {
    let (folder, ledger) = try Ledger.fresh()
    try ledger.expectOrders()
    try ledger.take(Sample.order("o1", body: "Mrs Tan"))
    #expect(folder.text("ledger.sqlite")?.contains("Mrs Tan") == false)
    let deadline = Date(timeIntervalSinceNow: 20)
    var next = 2
    while folder.text("ledger.sqlite")?.contains("Mrs Tan") == false, Date() < deadline {
      try takeMany(next..<next + 100, ledger)
      next += 100
    }
    #expect(folder.text("ledger.sqlite")?.contains("Mrs Tan") == true)
    ledger.close()
    #expect(folder.bytes("ledger.sqlite-wal") == nil)
    let again = try Ledger.open(folder: folder.path)
    #expect(try again.newestRelease() == Int64(next - 1))
  }

  private func takeMany(_ numbers: Range<Int>, _ ledger: Ledger) throws {
    _ = try ledger.takeIn(
      numbers.map { Sample.order("o\($0)") }, Sample.gateway, initialStatus: "NEW",
      isAllowed: { _, _ in true })
  }

  @Test("each commit stays on the disk, with a memory of pages that has a limit")
  func durable() throws {
    let (folder, ledger) = try Ledger.fresh()
    defer { withExtendedLifetime(folder) {} }
    try ledger.expectOrders()
    let pragmas = ["synchronous", "secure_delete", "foreign_keys", "cache_size"]
    let values = try pragmas.map { pragma in
      try ledger.read { try Int.fetchOne($0, sql: "PRAGMA \(pragma)") }
    }
    #expect(values == [2, 1, 1, -16_000])
  }
}
