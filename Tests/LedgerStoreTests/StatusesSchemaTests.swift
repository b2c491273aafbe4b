import Digests
import GRDB
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct StatusesSchemaTests {
  @Test("orders that were there before get the steps that they have had, and go on from there")
  func migrated() throws {
    let folder = TemporaryFolder()
    try fill(folder)
    let problem = #expect(throws: Problem.self) { try Ledger.openIfThere(folder: folder.path) }
    #expect(problem?.code == "ledger-older")
    let ledger = try Ledger.open(folder: folder.path)
    let begun = OrderStep("ORDER_SUCCESS", .initial, at: 10)
    let steps = try (1...4).map { try #require(try ledger.standing(of: $0)).steps }
    #expect(
      steps == [
        [OrderStep("NEW", .initial, at: 10)],
        [begun, OrderStep("CANCELLED", .channel, at: 22)],
        [begun],
        [
          begun, OrderStep("COMPLETED", .channel, at: 41),
          OrderStep("CANCELLED", .channel, at: 43),
        ],
      ])
    #expect(try #require(try ledger.standing(of: 1)).version == 1)
    #expect(try #require(try ledger.standing(of: 4)).version == 7)
    try ledger.take(Sample.change("late", of: "o3", status: "CANCELLED", at: 50))
    #expect(
      try ledger.standing(of: 3)?.steps == [begun, OrderStep("CANCELLED", .channel, at: 50)])
  }

  /// Leaves a ledger of the step before with four orders: an untouched one; one that was cancelled
  /// after a change that was not allowed, and then again; one with changes that moved nothing; one
  /// that moved twice.
  private func fill(_ folder: TemporaryFolder) throws {
    let old = try DatabaseQueue(path: folder.file("ledger.sqlite"))
    try LedgerSchema.migrator.migrate(old, upTo: "orders")
    try old.write { db in
      try db.execute(sql: "INSERT INTO scope VALUES (1, 'sandbox', 'gateway', 'client-1', '')")
      for (id, status) in ["NEW", "CANCELLED", "ORDER_SUCCESS", "CANCELLED"].enumerated() {
        try db.execute(
          sql: """
            INSERT INTO heldOrder (id, scopeId, requestOrderId, account, store, posOrderId, digest,
              status, receivedAt) VALUES (?1, 1, 'o' || ?1, 'a', 's', ?3, 'd', ?2, 10)
            """, arguments: [id + 1, status, PosOrderId.of("o\(id + 1)")])
      }
      let changes: [(Int64, Int64, String?)] = [
        (21, 2, "EATEN"), (22, 2, "CANCELLED"), (23, 2, "CANCELLED"),
        (31, 3, nil), (32, 3, "ORDER_SUCCESS"),
        (41, 4, "COMPLETED"), (42, 4, "COMPLETED"), (43, 4, "CANCELLED"),
      ]
      for (id, order, status) in changes {
        try db.execute(
          sql: """
            INSERT INTO heldChange (id, scopeId, requestId, orderId, orderStatus, digest,
              receivedAt) VALUES (?1, 1, 'c' || ?1, ?2, ?3, 'd', ?1)
            """, arguments: [id, order, status])
      }
      try db.execute(
        sql: """
          INSERT INTO orderFlag (scopeId, orderId, changeId, at, code, message) VALUES
            (1, 2, 21, 1, 'journey', ''), (1, 2, 22, 1, 'odd', ''), (1, 2, NULL, 1, 'journey', '')
          """)
    }
    try old.close()
  }

  @Test("whatever is asked while statuses come and go is found by an index that fits")
  func plans() throws {
    let (_, ledger) = try Ledger.fresh()
    try ledger.take(Sample.order("o1"), Sample.order("o2"))
    let plans = try ledger.plans {
      try recordSome(ledger)
      try sendSome(ledger)
      _ = try ledger.orderJourneys(Sample.gateway, since: 0, limit: 9)
      _ = try ledger.unattended(Sample.gateway, receivedBefore: 9000, since: 0)
      for state in [HeldStatusChange.State.waiting, .held, .refused] {
        _ = try ledger.changes(state)
      }
      try ledger.dismiss(changes: [2, 3], notifications: ["n2"], at: 9)
      #expect(
        try ledger.notificationCounts(Sample.gateway)
          == NotificationCounts(queued: 1, refused: 0, held: 0, waiting: 1))
      let file = try ledger.claim(Sample.claim("a.csv"), at: 1)
      try ledger.abandon(file)
    }
    #expect(plans.count > 30)
    let scans = plans.filter { plan in
      plan.value.contains { $0.hasPrefix("SCAN") && !Self.small.contains($0) }
    }
    #expect(scans == [:])
  }

  /// What is small: a row, the last orders, or the stores' parts of catalogues.
  private static let small: Set<String> = [
    "SCAN CONSTANT ROW", "SCAN (subquery-1)", "SCAN part", "SCAN openPart",
  ]

  private func recordSome(_ ledger: Ledger) throws {
    var waiting = StatusNews(
      mapping: "pos", change: try Sample.said("who"), outcome: .waiting(until: 1))
    var held = try Sample.news("", of: 1, refund: 5)
    held.outcome = .held(Sample.odd, meanwhile: [try Sample.draft("n2", "READY")])
    var refused = try Sample.news("", of: 2, "READY")
    refused.outcome = .refused(Sample.odd)
    try ledger.note(try Sample.news("n1", of: 1, "ACCEPTED"), held, refused, waiting)
    waiting.earlier = 4
    try ledger.note(waiting, try Sample.news("n3", of: 2, "ACCEPTED"))
  }

  private func sendSome(_ ledger: Ledger) throws {
    let head = try #require(
      try ledger.notificationsDue(Sample.gateway, limit: 9, at: 7000).first)
    try ledger.recordTry(notification: "n1", Sample.unknown, nextTryAt: 9000, at: 7000)
    try ledger.hurryNotifications(Sample.gateway)
    try ledger.accept(notification: "n1", Sample.accepted, at: 7001)
    #expect(try ledger.nextNotification(after: head, at: 7001)?.requestId == "n2")
    try ledger.refuse(notification: "n2", Sample.refused, at: 7002)
    try ledger.refuse(notification: "n3", Sample.refused, at: 7002)
    #expect(try ledger.notifications(Sample.gateway, in: .refused, limit: 9).count == 2)
    #expect(try ledger.retryNotification("n3", try Sample.draft("n4", "ACCEPTED"), at: 7003))
  }
}
