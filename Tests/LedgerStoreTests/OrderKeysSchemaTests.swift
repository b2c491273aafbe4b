import Digests
import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct OrderKeysSchemaTests {
  @Test("orders that were there before are found by each of their ids, and their changes go on")
  func migrated() throws {
    let folder = TemporaryFolder()
    try fill(folder)
    let problem = #expect(throws: Problem.self) { try Ledger.openIfThere(folder: folder.path) }
    #expect(problem?.code == "ledger-older")
    let ledger = try Ledger.open(folder: folder.path)
    for number in 1...Self.count {
      let id = "o\(number)"
      let pairs: [(MatchBy, String)] = [
        (.requestOrderId, id), (.posOrderId, PosOrderId.of(id)),
        (.channelOrderId, "GF-\(number)"), (.shortOrderNumber, "A\(number)"),
      ]
      for (key, value) in pairs {
        #expect(
          try ledger.orders(Sample.gateway, key, value, limit: 9).map(\.requestOrderId) == [id],
          "\(key)")
      }
    }
    try ledger.note(
      StatusNews(
        mapping: "pos", change: try Sample.said(PosOrderId.of("o7")), outcome: .waiting(until: 100))
    )
    #expect(try ledger.changesToTakeUp(Sample.gateway, at: 10).count == 1)
    let known = IntakeReceipt.repeated(posOrderId: PosOrderId.of("o7"))
    #expect(
      try ledger.take(
        Sample.order("o7", digest: "d"), Sample.order("o7"), Sample.change("c1", of: "o7"),
        .refused(Sample.refused("o7", digest: "d"))) == [
          known, .conflicting, .stored(posOrderId: PosOrderId.of("o7")), known,
        ])
  }

  @Test("names that were given before stay taken, and folders known")
  func names() throws {
    let folder = TemporaryFolder()
    try fill(folder)
    let ledger = try Ledger.open(folder: folder.path)
    for (folder, isUsed) in [("orders", true), ("Orders/kiosk", true), ("changes", false)] {
      #expect(try ledger.hasReleased(into: folder, Sample.gateway) == isUsed)
    }
    try ledger.take(Sample.order("r"), Sample.order("o61"))
    let new = try ledger.open().map(\.id)
    #expect(new.count == 2)
    #expect(
      try ledger.beginReleases([
        ReleaseStart(release: new[0], file: Sample.file("orders/kiosk/O7.json")),
        ReleaseStart(release: new[1], file: Sample.file("orders/kiosk/o61.json")),
      ]) == [.nameTaken, .won])
  }

  private static let count = 60

  /// Leaves a ledger of the step before with orders of as many days, whose ids and numbers are those
  /// that the program gave.
  private func fill(_ folder: TemporaryFolder) throws {
    let old = try DatabaseQueue(path: folder.file("ledger.sqlite"))
    try LedgerSchema.migrator.migrate(old, upTo: "files named before they are removed")
    try old.write { db in
      try db.execute(sql: "INSERT INTO scope VALUES (1, 'sandbox', 'gateway', 'client-1', '')")
      for number in 1...Self.count {
        try db.execute(
          sql: """
            INSERT INTO heldOrder (id, scopeId, requestOrderId, account, store, channelOrderId,
              posOrderId, shortOrderNumber, digest, status, receivedAt)
            VALUES (?1, 1, 'o' || ?1, 'a', 's', 'GF-' || ?1, ?2, 'A' || ?1, 'd', 'ORDER_SUCCESS',
              1700000000000 + ?1 * 86400000)
            """, arguments: [number, PosOrderId.of("o\(number)")])
        try db.execute(
          sql: """
            INSERT INTO orderRelease (scopeId, orderId, state, name)
            VALUES (1, ?1, 'released', 'orders/kiosk/o' || ?1 || '.json')
            """, arguments: [number])
      }
    }
    try old.close()
  }
}
